// The core that ships says what the native one says to the native tests.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { inRoot } from "../../scripts/lib/paths.mjs";
import { replay } from "./replay.js";

const module = new WebAssembly.Module(readFileSync(inRoot("build", "core.wasm")));
const record = readFileSync(inRoot("build", "calls.record"));

test("every call of the native tests has the same answer, byte for byte", (t) => {
  const { calls, instances, differences } = replay(module, record);
  assert.deepEqual(differences, []);
  t.diagnostic(`${calls} calls, ${instances} instances`);
  assert.ok(calls > 10_000 && instances > 500, `only ${calls} calls of ${instances} instances`);
});

test("an answer that differs in one byte is found", () => {
  const { end, header } = firstCalls(record, 2);
  const changed = Buffer.from(record.subarray(0, end));
  changed[header] ^= 1;
  const { calls, differences } = replay(module, changed);
  assert.equal(calls, 2);
  assert.equal(differences.length, 1);
});

// How many bytes so many calls take, and where the last one's answer begins.
function firstCalls(bytes, count) {
  let at = 0;
  let header = 0;
  const text = () => (at += 4 + bytes.readUInt32LE(at));
  for (let call = 0; call < count; call++) {
    at += 5;
    text();
    const parts = bytes.readUInt32LE(at);
    at += 4;
    header = at + 4;
    for (let part = 0; part < parts; part++) text();
  }
  return { end: at, header };
}
