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
    assert.deepEqual([summary.servicesDown, summary.servicesDegraded, summary.servicesUnknown], [2, 1, 2]);
  });

  test("has a year of uptime, with bad days and a night that nobody knows", async () => {
    const { days } = await get("/api/uptime?serviceId=pg-primary&days=365");
    assert.equal(days.filter(({ totalChecks }) => totalChecks > 0).length, 365);
    assert.ok(days.some(({ downChecks }) => downChecks > 0));
    assert.ok(days.some(({ unknownChecks }) => unknownChecks > 100));
    const young = await get("/api/uptime?serviceId=price-feed&days=365");
    assert.equal(young.days.filter(({ totalChecks }) => totalChecks > 0).length, 76);
  });

  test("has the last 24 hours of every group and of everything", async () => {
    const html = await (await fetch(demo.url)).text();
    const data = JSON.parse(html.match(/<script type="application\/json" id="data">([^]*?)<\/script>/)[1]);
    const uptimes = [data.uptimes, ...data.groups.filter(([id]) => id).map(([, , uptimes]) => uptimes)];
    for (const [lastDay] of uptimes) assert.ok(lastDay > 90 && lastDay <= 100, JSON.stringify(uptimes));
    assert.ok(data.uptimes[0] < 100);
  });

  test("has an outage in each change of clocks, and a channel that is not set up", async () => {
    const { incidents } = await get("/api/incidents?serviceId=door&limit=1000");
    const isChange = ({ start, end }) => {
      const [hour, day, month] = [1, new Date(end).getUTCDate(), new Date(end).getUTCMonth()];
      const at = new Date(start).setUTCHours(hour, 0, 0, 0);
      const isLastSunday = new Date(end).getUTCDay() === 0 && day > 24 && (month === 2 || month === 9);
      return isLastSunday && Date.parse(start) < at && at < Date.parse(end);
    };
    assert.equal(incidents.filter(isChange).length, 2);
    const { channels } = await get("/api/status");
    assert.ok(channels.some(({ name }) => name === "#operations"));
  });

  test("has incidents, alerts, and a log with durations", async () => {
    const { incidents } = await get("/api/incidents?serviceId=stock-sync");
    assert.equal(incidents[0].end, null);
    assert.ok(incidents.length > 3);
    const { alerts } = await get("/api/alerts/recent?hours=720&limit=1000");
    assert.ok(new Set(alerts.map(({ source }) => source)).size >= 4);
    for (const title of [/^Everybody is silent/, /^The monitor was blind/, /^Fax gateway is down/]) {
      assert.ok(
        alerts.some((alert) => title.test(alert.title)),
        String(title),
      );
    }
    const { logs } = await get("/api/logs?serviceId=checkout&limit=1000");
    assert.ok(logs.length > 500);
    assert.ok(logs.every(({ durationMs }) => durationMs > 0));
  });
});
