import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { kStart, startMonitor } from "./harness.js";
import { kModes } from "./modes.js";

const config = {
  services: {
    services: [
      { id: "web", name: "Web", stalenessThreshold: 120, auth: { required: false } },
      { id: "db", name: "Database", stalenessThreshold: 86_400, auth: { required: false } },
    ],
  },
};
const at = (seconds) => new Date(kStart + seconds * 1000).toISOString();

// One story told in order: each test goes on where the one before it ended.
for (const { mode, collector, lagSeconds, ...differs } of kModes)
  describe(`a service from its first heartbeat to its recovery ${mode}`, () => {
    const lastUp = 120 + lagSeconds; // the last check at which it is up, in seconds
    const down = lastUp + 60;
    let monitor;
    before(async () => (monitor = await startMonitor({ config, collector })));
    after(() => monitor.close());

    async function seen(serviceId) {
      const { body } = await monitor.get("/api/status");
      return body.summary.results.find((result) => result.serviceId === serviceId);
    }
    const told = async () =>
      (await monitor.get("/api/alerts/recent")).body.alerts.map(
        ({ serviceId, status }) => `${serviceId} ${status}`,
      );

    test("before the first check there is no summary, and /healthz says so", async () => {
      assert.equal((await monitor.get("/api/status")).body.summary, null);
      const { status, body } = await monitor.get("/healthz");
      assert.deepEqual([status, body.lastCheck], [503, null]);
    });

    test("never heard is unknown", async () => {
      await monitor.check();
      assert.equal((await seen("web")).status, "unknown");
      const { status, body } = await monitor.get("/healthz");
      assert.deepEqual({ status, body }, { status: 200, body: { status: "ok", lastCheck: at(0) } });
    });

    test("it is up at the check after its heartbeat", async () => {
      await monitor.post("/api/heartbeat", { serviceId: "web" });
      assert.equal((await seen("web")).status, "unknown");
      await monitor.minutesPass(1);
      const { status, since, lastSeen, stalenessThreshold } = await seen("web");
      assert.deepEqual(
        { status, since, lastSeen, stalenessThreshold },
        { status: "up", since: at(60), lastSeen: at(0), stalenessThreshold: 120_000 },
      );
      assert.deepEqual(await told(), []);
    });

    test("it is up for exactly its threshold, and what KV may lag", async () => {
      await monitor.minutesPass((lastUp - 60) / 60);
      const { body } = await monitor.get("/api/status");
      assert.deepEqual(
        { ...body, summary: {} },
        { summary: {}, channels: [], notices: [], ...differs.status },
      );
      assert.equal((await seen("web")).status, "up");
    });

    test("it is down at the check after that, and the history says so", async () => {
      await monitor.minutesPass(1);
      const { status, since } = await seen("web");
      assert.deepEqual({ status, since }, { status: "down", since: at(down) });
      const { body } = await monitor.get("/api/alerts/recent");
      assert.deepEqual([body.success, body.count, body.periodHours], [true, 1, 24]);
      const { serviceId, status: alerted, timestamp } = body.alerts[0];
      assert.deepEqual(
        { serviceId, alerted, timestamp },
        { serviceId: "web", alerted: "down", timestamp: at(down) },
      );
    });

    test("it recovers with its next heartbeat", async () => {
      await monitor.post("/api/heartbeat", { serviceId: "web" });
      await monitor.minutesPass(1);
      assert.equal((await seen("web")).status, "up");
      assert.deepEqual(await told(), ["web up", "web down"]);
    });

    test("a reported failure is its status from the next check on", async () => {
      await monitor.post("/api/heartbeat", { serviceId: "db", status: "degraded", message: "disk 91 %" });
      await monitor.minutesPass(1);
      const { status, message } = await seen("db");
      assert.deepEqual({ status, message }, { status: "degraded", message: "disk 91 %" });
      assert.deepEqual((await told())[0], "db degraded");
      const { body } = await monitor.get("/api/logs?serviceId=db");
      const { logs, ...rest } = body;
      assert.deepEqual([logs[0].status, logs[0].message], ["degraded", "disk 91 %"]);
      assert.deepEqual(rest, { serviceId: "db", next: null, ...differs.logs });
    });

    test("an outage is an incident with an end", async () => {
      const { body } = await monitor.get("/api/incidents?serviceId=web");
      const { incidents, ...rest } = body;
      assert.deepEqual(rest, { serviceId: "web", next: null, ...differs.logs });
      assert.equal(incidents.length, 1);
      const { status, start, end, durationMs } = incidents[0];
      assert.deepEqual(
        { status, start, end, durationMs },
        { status: "down", start: at(down), end: at(down + 60), durationMs: 60_000 },
      );
    });

    test("minutes become uptime, packed for the page and readable for people", async () => {
      const { body } = await monitor.get("/api/uptime?serviceId=web&days=2");
      assert.equal(body.days.length, 2);
      assert.equal(body.days[0].uptimePercentage, null);
      const { date, totalChecks, downChecks, uptimePercentage } = body.days[1];
      assert.equal(date, "2026-11-22");
      assert.ok(
        downChecks >= 1 && totalChecks >= downChecks && uptimePercentage < 100,
        JSON.stringify(body.days[1]),
      );
      const { body: packed } = await monitor.get("/api/history?ids=web,nope");
      assert.deepEqual(
        [packed.lastDay, packed.days, Object.keys(packed.cells)],
        ["2026-11-22", 120, ["web"]],
      );
      assert.equal(packed.cells.web.length, 120 * 8);
    });

    test("the export has a row for each service and day", async () => {
      const { headers, body } = await monitor.get("/api/export.csv?from=2026-11-21&to=2026-11-22");
      assert.match(headers.get("Content-Type"), /^text\/csv; charset=utf-8/i);
      assert.match(headers.get("Content-Disposition"), /^attachment; filename=.*2026-11-21.*2026-11-22/);
      const rows = body.split("\r\n");
      assert.equal(
        rows[0],
        "Date,Service Name,Service ID,Group,Status,Uptime %,Total Checks,Up Checks,Degraded Checks,Down Checks,Unknown Checks",
      );
      assert.equal(rows.filter((row) => /^2026-11-2[12],/.test(row)).length, 4);
      assert.ok(
        rows.some((row) => row.startsWith("2026-11-21,Web,web,Ungrouped,No Data,N/A,0")),
        body,
      );
    });

    test("the services are listed as configured", async () => {
      const { body } = await monitor.get("/api/services");
      assert.deepEqual(
        body.map(({ id, name, stalenessThreshold }) => ({ id, name, stalenessThreshold })),
        [
          { id: "web", name: "Web", stalenessThreshold: 120 },
          { id: "db", name: "Database", stalenessThreshold: 86_400 },
        ],
      );
    });

    test("a run of the check that comes twice changes nothing", async () => {
      const before = await monitor.stored();
      await monitor.check();
      assert.deepEqual(await monitor.stored(), before);
    });

    test("/healthz notices when checks stop", async () => {
      await monitor.advance(differs.healthyForSeconds);
      assert.equal((await monitor.get("/healthz")).status, 200);
      await monitor.advance(0.001);
      assert.equal((await monitor.get("/healthz")).status, 503);
    });
  });
