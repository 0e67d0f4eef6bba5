// Inputs as bytes: the core is told beforehand how many there are at most.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cronEvent, inputOf, Writer } from "../../shim/frames.js";

for (const changes of [0, 1, 40]) {
  test(`an input with all documents and ${changes} offsets of clocks has the size that is said of it`, () => {
    const keys = ["monitor:latest", "monitor:data", "recent:alerts"];
    const documents = keys.map((key) => ({ key, state: "found", bytes: new Uint8Array() }));
    const utcOffsets = Array(changes).fill({ from: 1, minutes: 60 });
    const { size, write } = inputOf({ now: 1, utcOffsets, documents }, cronEvent(1));
    assert.doesNotThrow(() => write(new Writer(new ArrayBuffer(size)))); // it is out of bounds where it does not fit
  });
}
