// Rows or requests over the day's quota, or a collector that cannot be reached: 503, and no false down afterwards.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "../harness.js";

const ids = ["web", "db", "mail"];
const secrets = { ALERT_API_KEY: "key-alert" };
const config = { services: { services: ids.map((id) => ({ id, auth: { required: false } })) } };

const outages = {
  "rows over quota": { on: "rows.write", does: "throws" },
  "a collector that cannot be reached": { on: "collector", does: "throws" },
  "a collector that dies of each write": { on: "rows.write", does: "dies" },
};

for (const [name, rule] of Object.entries(outages)) {
  describe(name, () => {
    let monitor;
    before(async () => {
      monitor = await startMonitor({ config, secrets });
      await monitor.minutesPass(3, beats);
    });
    after(() => monitor.close());

    const beats = () => monitor.post("/api/heartbeat", { services: ids });
    const told = async () => (await monitor.get("/api/alerts/recent")).body.alerts.map(({ title }) => title);
    const states = async () =>
      Object.values(JSON.parse((await monitor.rows()).state).services).map(([s]) => s);
    let untouched;

    test("refuses heartbeats with 503 and Retry-After, and judges nothing", async () => {
      untouched = await monitor.stored();
      await monitor.faults(rule);
      await monitor.minutesPass(30, async () => {
        const { status, headers, body } = await beats();
        assert.equal(status, 503);
        assert.ok(Number(headers.get("Retry-After")) > 0);
        assert.equal(typeof body.error, "string");
      });
      assert.deepEqual(await monitor.stored(), untouched);
    });

    test("has /healthz say so, and leaves what is read from KV", async () => {
      assert.equal((await monitor.get("/healthz")).status, 503);
      const { status, body } = await monitor.get("/api/status");
      assert.deepEqual([status, body.notices[0].kind], [200, "check-stale"]);
      assert.equal((await monitor.get("/")).status, 200);
    });

    test("is a gap afterwards: who was up is not called down before it was listened to for as long", async () => {
      await monitor.faults();
      await monitor.minutesPass(1);
      assert.equal((await monitor.get("/healthz")).status, 200);
      await monitor.minutesPass(4, () => monitor.post("/api/heartbeat", { serviceId: "web" }));
      assert.deepEqual(await states(), ["up", "up", "up"]);
      const titles = await told();
      assert.equal(titles.length, 1, String(titles));
      assert.ok(!titles[0].includes("is down"), titles[0]);
    });

    test("who is still silent after that is down", async () => {
      await monitor.minutesPass(1, () => monitor.post("/api/heartbeat", { serviceId: "web" }));
      assert.deepEqual(await states(), ["up", "down", "down"]);
    });

    test("counts as unknown, not as down", async () => {
      await monitor.minutesPass(1);
      const { days } = (await monitor.get("/api/uptime?serviceId=web&days=1")).body;
      const { unknownChecks, downChecks } = days[0];
      assert.ok(unknownChecks >= 30 && downChecks === 0, JSON.stringify(days[0]));
    });
  });
}

describe("while the collector cannot be reached", () => {
  let monitor;
  before(async () => {
    monitor = await startMonitor({ config, secrets });
    await monitor.faults({ on: "collector", does: "throws" });
  });
  after(() => monitor.close());

  for (const path of ["/healthz", "/api/logs?serviceId=web", "/api/incidents?serviceId=web", "/api/self"]) {
    test(`GET ${path} is 503 with Retry-After`, async () => {
      const { status, headers, body } = await monitor.get(path, { key: "key-alert" });
      assert.equal(status, 503);
      assert.ok(Number(headers.get("Retry-After")) > 0);
      assert.equal(typeof body.error, "string");
    });
  }

  for (const path of [
    "/",
    "/api/status",
    "/api/uptime?serviceId=web",
    "/api/alerts/recent",
    "/api/services",
  ]) {
    test(`GET ${path} is 200`, async () => assert.equal((await monitor.get(path)).status, 200));
  }

  test("a check says so in the log", async () => {
    await monitor.check();
    const { level, event } = monitor.lines().at(-1);
    assert.deepEqual([level, event], ["error", "collector-failed"]);
  });
});
