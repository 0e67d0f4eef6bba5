// The demonstration: a year that the monitor itself takes for its own.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startDemo } from "../../scripts/demo/monitor.mjs";

describe("the demonstration", () => {
  let demo;
  const get = async (path) => (await fetch(new URL(path, demo.url))).json();
  before(async () => (demo = await startDemo()));
  after(() => demo?.stop());

  test("has some forty services in six groups, some of them in trouble", async () => {
    const { summary } = await get("/api/status");
    assert.equal(summary.totalServices, 41);
    assert.equal(new Set(summary.results.map(({ groupId }) => groupId)).size, 6);
    assert.deepEqual([summary.servicesDown, summary.servicesDegraded, summary.servicesUnknown], [2, 1, 1]);
  });

  test("has a year of uptime, with bad days and a night that nobody knows", async () => {
    const { days } = await get("/api/uptime?serviceId=pg-primary&days=365");
    assert.equal(days.filter(({ totalChecks }) => totalChecks > 0).length, 365);
    assert.ok(days.some(({ downChecks }) => downChecks > 0));
    assert.ok(days.some(({ unknownChecks }) => unknownChecks > 100));
  });

  test("has incidents, alerts, and a log with durations", async () => {
    const { incidents } = await get("/api/incidents?serviceId=stock-sync");
    assert.equal(incidents[0].end, null);
    assert.ok(incidents.length > 3);
    const { alerts } = await get("/api/alerts/recent?hours=720&limit=1000");
    assert.ok(new Set(alerts.map(({ source }) => source)).size >= 4);
    const { logs } = await get("/api/logs?serviceId=checkout&limit=1000");
    assert.ok(logs.length > 500);
    assert.ok(logs.every(({ durationMs }) => durationMs > 0));
  });
});
