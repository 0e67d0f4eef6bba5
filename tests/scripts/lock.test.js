import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/lib/paths.mjs";

const { packages } = JSON.parse(readFileSync(inRoot("package-lock.json"), "utf8"));

// A registry that lacks the packages of other platforms leaves them out, and `npm ci` then refuses the file.
test("the lock file has every package that another one asks for, whatever the platform", () => {
  const wanted = Object.values(packages).flatMap(({ dependencies, optionalDependencies }) =>
    Object.keys({ ...dependencies, ...optionalDependencies }),
  );
  const found = new Set(Object.keys(packages).map((path) => path.split("node_modules/").at(-1)));
  assert.deepEqual(
    wanted.filter((name) => !found.has(name)),
    [],
  );
});

test("the lock file leaves it to the machine which registry the packages come from", () => {
  assert.deepEqual(
    Object.keys(packages).filter((path) => packages[path].resolved),
    [],
  );
});

test("every package that we ask for is pinned to one version", () => {
  const { devDependencies } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  for (const [name, version] of Object.entries(devDependencies))
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
});
