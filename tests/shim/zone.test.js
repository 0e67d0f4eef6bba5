import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { utcOffsets } from "../../shim/zone.js";

const at = (text) => Date.parse(text);
const told = (changes) =>
  changes.map(({ from, minutes }) => `${new Date(from).toISOString().slice(0, 16)} ${minutes}`);

// What holds at a time, as the core finds it in the list.
const offsetOf = (changes, ms) => changes.findLast(({ from }) => from <= ms).minutes;

// The first moment with another offset in each of these zones; one changes by half an hour, at a half.
const kChanges = [
  ["Europe/Berlin", "2026-03-29T01:00:00Z", 60, 120],
  ["America/New_York", "2026-11-01T06:00:00Z", -240, -300],
  ["Australia/Lord_Howe", "2026-10-03T15:30:00Z", 630, 660],
  ["Asia/Kathmandu", "1985-12-31T18:30:00Z", 330, 345],
];

for (const [zone, change, before, after] of kChanges) {
  test(`${zone} changes its offset to the millisecond, whatever was asked before`, () => {
    const offsets = utcOffsets(zone);
    const moment = at(change);
    const asked = [moment - 1, moment, moment - 1, moment + 1, moment - 900_000, moment];
    const found = asked.map((ms) => offsetOf(offsets(ms), ms));
    assert.deepEqual(found, [before, after, before, after, before, after]);
  });
}

test("a change of clocks of the last 400 days is told, a month of other clocks too", () => {
  assert.deepEqual(told(utcOffsets("Australia/Lord_Howe")(at("2026-11-22T06:00:12Z"))), [
    "2025-10-18T06:00 660",
    "2026-04-04T15:00 630",
    "2026-10-03T15:30 660",
  ]);
  const changes = told(utcOffsets("Africa/Casablanca")(at("2026-11-22T06:00:00Z")));
  assert.deepEqual(changes.slice(1), ["2026-02-15T02:00 0", "2026-03-22T02:00 60"]);
});

test("the platform is asked once in a quarter of an hour", (t) => {
  const offsets = utcOffsets("Europe/Berlin");
  offsets(at("2026-06-01T00:00:00Z"));
  const asked = t.mock.method(Intl.DateTimeFormat.prototype, "formatToParts");
  for (let minute = 1; minute <= 60; minute++) offsets(at("2026-06-01T00:00:00Z") + minute * 60_000);
  assert.equal(asked.mock.callCount(), 4);
});

test("UTC has no changes, and a zone that the platform does not know counts as UTC, and is logged", () => {
  const warned = mock.method(console, "warn", () => {});
  const minutes = ({ minutes }) => minutes;
  for (const zone of ["UTC", "Nowhere/Atlantis"]) assert.deepEqual(utcOffsets(zone)(0).map(minutes), [0]);
  assert.match(warned.mock.calls[0].arguments[0], /Nowhere\/Atlantis is not known/);
  mock.restoreAll();
});
