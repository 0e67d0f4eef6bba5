// What Cloudflare's button finds in the repository: it asks for each entry of .dev.vars.example, and offers its value.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import util from "node:util";
import { inRoot } from "../../scripts/lib/paths.mjs";

const asked = util.parseEnv(readFileSync(inRoot(".dev.vars.example"), "utf8"));
const { cloudflare } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));

test("no key is offered that others would have, too", () => {
  assert.deepEqual({ ...asked }, { API_KEYS: "", ALERT_API_KEY: "" });
});

test("whatever is asked for is explained", () => {
  for (const name of Object.keys(asked)) assert.ok(cloudflare.bindings[name]?.description, name);
});
