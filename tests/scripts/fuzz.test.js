// npm run fuzz: what it knows of tests/fuzz. That the targets compile is held by the ring native.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { targets } from "../../scripts/lib/fuzz.mjs";
import { inRoot } from "../../scripts/lib/paths.mjs";
import { command } from "./copy.js";

test("every target of the fuzzer has inputs to begin with, and there are no others", () => {
  assert.ok(targets().includes("step"));
  assert.deepEqual(readdirSync(inRoot("tests", "fuzz", "corpus")).toSorted(), targets().toSorted());
});

test("npm run fuzz refuses what is no target and no number of seconds", async () => {
  for (const [args, start] of [
    [["stpe"], "There is no target stpe."],
    [["--seconds", "0"], "--seconds is a whole number."],
  ]) {
    const running = command(inRoot(), "fuzz", args);
    assert.equal(await running.ended, 1);
    assert.ok(running.output.startsWith(start), running.output);
  }
});
