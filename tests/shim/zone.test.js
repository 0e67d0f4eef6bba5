import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { utcOffsets } from "../../shim/zone.js";

// The first moment with another offset in each of these zones; one changes by half an hour, at a half.
const kChanges = [
  ["Europe/Berlin", "2026-03-29T01:00:00Z", 60, 120],
  ["America/New_York", "2026-11-01T06:00:00Z", -240, -300],
  ["Australia/Lord_Howe", "2026-10-03T15:30:00Z", 630, 660],
  ["Asia/Kathmandu", "1985-12-31T18:30:00Z", 330, 345],
];

for (const [zone, change, before, after] of kChanges) {
  test(`${zone} changes its offset to the millisecond, whatever was asked before`, () => {
    const offset = utcOffsets(zone);
    const at = Date.parse(change);
    assert.deepEqual([at - 1, at, at - 1, at + 1, at - 900_000, at].map(offset), [
      before,
      after,
      before,
      after,
      before,
      after,
    ]);
  });
}

test("the platform is asked once in a quarter of an hour", (t) => {
  const asked = t.mock.method(Intl.DateTimeFormat.prototype, "formatToParts");
  const offset = utcOffsets("Europe/Berlin");
  for (let minute = 0; minute < 60; minute++) offset(minute * 60_000);
  assert.equal(asked.mock.callCount(), 4);
});

test("a zone that the platform does not know counts as UTC, and is logged", () => {
  const warned = mock.method(console, "warn", () => {});
  assert.equal(utcOffsets("Nowhere/Atlantis")(0), 0);
  assert.match(warned.mock.calls[0].arguments[0], /Nowhere\/Atlantis is not known/);
  mock.restoreAll();
});
