import assert from "node:assert/strict";
import { test } from "node:test";

import { eventsOf, loads, outagesOf } from "../../bench/budget/loads.js";

const kMidnight = Date.parse("2026-11-22T00:00:00.000Z");
const kMinute = 60_000;
const flapping = loads.find(({ name }) => name === "flapping");

const countOf = (load, minutes, kind) =>
  Array.from({ length: minutes }, (_, minute) => eventsOf(load, kMidnight + minute * kMinute))
    .flat()
    .filter((event) => event.kind === kind).length;
const clock = (ms) => (ms === undefined ? undefined : new Date(ms).toISOString().slice(11, 16));
const outages = (i, minutes) =>
  outagesOf(flapping, i, kMidnight, kMidnight + minutes * kMinute).map(({ start, end }) =>
    [start, end].map(clock),
  );

test("a day of each load has as many heartbeats as the design says", () => {
  const counts = loads.map((load) => countOf(load, 24 * 60, "heartbeats"));
  assert.deepEqual(counts, [72_000, 72_000 - 5 * 432, 7_200, 72_000]);
});

test("a stranger asks each public route 50,000 times a day, no two times the same", () => {
  const stranger = loads.find(({ name }) => name === "stranger");
  const asked = Array.from({ length: 24 * 60 }, (_, minute) =>
    eventsOf(stranger, kMidnight + minute * kMinute),
  )
    .flat()
    .filter(({ kind }) => kind === "strangers")
    .map(({ path }) => path);
  assert.equal(asked.filter((path) => path.startsWith("/api/logs?")).length, 50_000);
  assert.equal(asked.length % 50_000, 0);
  assert.equal(new Set(asked).size, asked.length);
});

test("a minute has one check and three polls, in order of time", () => {
  const events = eventsOf(loads[0], kMidnight);
  assert.deepEqual(
    ["checks", "polls"].map((kind) => events.filter((event) => event.kind === kind).length),
    [1, 3],
  );
  assert.deepEqual(
    events.map(({ at }) => at),
    events.map(({ at }) => at).toSorted((one, other) => one - other),
  );
});

test("a service that falls silent is down from its threshold until its next heartbeat", () => {
  assert.deepEqual(outages(0, 20), [
    ["00:07", "00:10"],
    ["00:17", undefined],
  ]);
});

test("a service that says so is down until it says otherwise", () => {
  assert.deepEqual(outages(10, 20), [
    ["00:03", "00:09"],
    ["00:13", "00:19"],
  ]);
});
