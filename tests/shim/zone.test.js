import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { utcOffsets, zoneOffsets } from "../../shim/zone.js";

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

// What the core is handed for one zone after another.
function tablesIn(bytes) {
  const view = new DataView(bytes.buffer);
  let at = 0;
  const u32 = () => view.getUint32((at += 4) - 4, true);
  const number = () => view.getFloat64((at += 8) - 8, true);
  const list = (read) => Array.from({ length: u32() }, read);
  const tables = list(() => list(() => ({ from: number(), minutes: number() })));
  assert.equal(at, bytes.length);
  return tables;
}

test("the zones of schedules are told from a year back to two years ahead, in their order", () => {
  const zones = zoneOffsets(["Asia/Tokyo", "Africa/Casablanca", "Europe/Berlin"]);
  const [tokyo, casablanca, berlin] = tablesIn(zones(at("2026-11-22T06:00:12Z"))).map(told);
  assert.deepEqual(tokyo, ["2025-11-21T06:00 540"]);
  assert.deepEqual(berlin, [
    "2025-11-21T06:00 60",
    "2026-03-29T01:00 120",
    "2026-10-25T01:00 60",
    "2027-03-28T01:00 120",
    "2027-10-31T01:00 60",
    "2028-03-26T01:00 120",
    "2028-10-29T01:00 60",
  ]);
  assert.equal(casablanca[3], "2027-02-07T02:00 0");
});

test("the changes of a zone are found once a day, and anew when the clock goes back", (t) => {
  const zones = zoneOffsets(["Europe/Berlin"]);
  const first = zones(at("2026-06-01T12:00:00Z"));
  const asked = t.mock.method(Intl.DateTimeFormat.prototype, "formatToParts");
  assert.equal(zones(at("2026-06-02T11:59:59Z")), first);
  assert.equal(asked.mock.callCount(), 0);
  assert.notEqual(zones(at("2026-06-02T12:00:00Z")), first);
  assert.notEqual(zones(at("2026-06-01T11:00:00Z")), first);
});
