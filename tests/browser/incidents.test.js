// A service's incidents as the snapshot has them, whatever the collector knows besides.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { incidentsOf } from "../../dashboard/model/incidents.ts";

const kChecked = Date.parse("2026-11-22T06:00:00Z");
const minutes = (count) => kChecked - count * 60_000;
const iso = (time) => time && new Date(time).toISOString();
const service = (status, since) => ({ serviceId: "a", status, since, message: "now" });
const answer = (...all) => ({
  incidents: all.map(([status, start, end]) => ({ status, start: iso(start), end: iso(end), message: null })),
});
const shown = (...args) =>
  incidentsOf(...args, kChecked).map(({ status, start, end }) => [status, start, end]);

describe("incidents", () => {
  test("what lasts is what the service is in, once, though the times differ a little", () => {
    for (const start of [minutes(10), minutes(10) - 59_000, minutes(10) + 59_000]) {
      assert.deepEqual(shown(answer(["down", start, null]), service("down", minutes(10))), [
        ["down", minutes(10), null],
      ]);
    }
    assert.deepEqual(shown(null, service("degraded", minutes(3))), [["degraded", minutes(3), null]]);
  });

  test("one that the collector has ended since the check still lasts, one that began since is not there", () => {
    assert.deepEqual(shown(answer(["down", minutes(10), kChecked + 1]), service("down", minutes(10))), [
      ["down", minutes(10), null],
    ]);
    assert.deepEqual(shown(answer(["down", kChecked + 1, null]), service("up", minutes(99))), []);
  });

  test("one that was loaded before it ended is ended when the service became what it is", () => {
    assert.deepEqual(shown(answer(["down", minutes(10), null]), service("up", minutes(2))), [
      ["down", minutes(10), minutes(2)],
    ]);
    assert.deepEqual(shown(answer(["degraded", minutes(10), null]), service("down", minutes(2))), [
      ["down", minutes(2), null],
      ["degraded", minutes(10), minutes(2)],
    ]);
  });

  test("none ends before it began", () => {
    assert.deepEqual(shown(answer(["down", minutes(1), null]), service("up", minutes(2))), [
      ["down", minutes(1), minutes(1)],
    ]);
  });
});
