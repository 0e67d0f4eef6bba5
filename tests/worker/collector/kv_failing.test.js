// KV over its quota, or failing: heartbeats and checks go on in the collector, and readers are told.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "../harness.js";

const secrets = { ALERT_API_KEY: "key-alert" };
const config = {
  services: { services: ["web", "db"].map((id) => ({ id, auth: { required: false } })) },
};

// One story told in order: each test goes on where the one before it ended.
describe("KV that takes no writes", () => {
  let monitor;
  before(async () => (monitor = await startMonitor({ config, secrets })));
  after(() => monitor.close());

  const iso = () => new Date(monitor.now).toISOString();
  const beat = async (serviceId) =>
    assert.equal((await monitor.post("/api/heartbeat", { serviceId })).status, 200);
  const status = async () => (await monitor.get("/api/status")).body;
  const kinds = async () => (await status()).notices.map(({ kind }) => kind);
  const self = async () => (await monitor.get("/api/self", { key: "key-alert" })).body;
  const events = () => monitor.lines().map(({ event }) => event);
  let failedAt;

  test("does not stop heartbeats and checks", async () => {
    await monitor.minutesPass(1, async () => {
      await beat("web");
      await beat("db");
    });
    failedAt = iso();
    await monitor.faults({ on: "kv.put", does: "throws" });
    await monitor.minutesPass(8, () => beat("web"));
    const { services } = JSON.parse((await monitor.rows()).state);
    assert.deepEqual([services.web[0], services.db[0]], ["up", "down"]);
    const { body } = await monitor.get("/healthz");
    assert.deepEqual(body, { status: "ok", lastCheck: iso() });
    assert.deepEqual((await monitor.get("/api/incidents?serviceId=db")).body.incidents[0].status, "down");
    assert.equal((await monitor.get("/api/logs?serviceId=web")).body.logs[0].timestamp, iso());
  });

  test("leaves readers with what was, which says so once it is too old", async () => {
    assert.equal((await status()).summary.timestamp, failedAt);
    await monitor.advance(60);
    await beat("web");
    await monitor.check();
    assert.deepEqual(await kinds(), []);
    await monitor.advance(0.001);
    assert.deepEqual(await kinds(), ["check-stale"]);
    assert.match((await monitor.get("/")).body, /statuses are as of then/);
    await monitor.advance(-0.001);
  });

  test("is said once in the log and counted", async () => {
    assert.equal(events().filter((event) => event === "kv-failing").length, 1);
    const { today, publishingFailsSince } = await self();
    assert.ok(today.failedPuts >= 4, JSON.stringify(today));
    assert.ok(publishingFailsSince > failedAt && publishingFailsSince < iso());
  });

  test("is tried again at every regular turn, and no oftener", async () => {
    const { "kv.put": before } = await monitor.calls();
    await monitor.minutesPass(10, () => beat("web"));
    const { "kv.put": after } = await monitor.calls();
    assert.equal(after - before, 2 * 3);
  });

  test("has it all once it takes writes again, and nothing is announced twice", async () => {
    await monitor.faults();
    await monitor.minutesPass(5, () => beat("web"));
    const { summary, notices } = await status();
    const [web, db] = summary.results;
    assert.deepEqual([web.status, db.status, db.since], ["up", "down", "2026-11-22T06:07:00.000Z"]);
    assert.ok(web.lastSeen > failedAt);
    assert.deepEqual(notices, []);
    const { alerts } = (await monitor.get("/api/alerts/recent")).body;
    assert.deepEqual(
      alerts.map(({ title }) => title),
      ["db is down"],
    );
    assert.equal(events().filter((event) => event === "kv-recovered").length, 1);
    assert.equal((await self()).publishingFailsSince, null);
  });

  test("counts each minute once", async () => {
    await monitor.minutesPass(5, () => beat("web"));
    const { timestamp } = (await status()).summary;
    const minutes = 1 + (Date.parse(timestamp) - Date.parse("2026-11-22T06:01:00.000Z")) / 60_000;
    const { days } = (await monitor.get("/api/uptime?serviceId=web&days=1")).body;
    assert.deepEqual([days[0].upChecks, days[0].downChecks], [minutes, 0]);
  });

  test("nor does KV that cannot be read", async () => {
    await monitor.faults({ on: "kv.get", does: "throws" });
    await monitor.minutesPass(7, () => beat("web"));
    assert.equal((await monitor.get("/healthz")).status, 200);
    assert.equal((await monitor.get("/api/status")).status, 503);
    await monitor.faults();
    await monitor.minutesPass(6, () => beat("web"));
    assert.ok((await status()).summary.timestamp > new Date(monitor.now - 6 * 60_000).toISOString());
    assert.deepEqual(await kinds(), []);
  });

  for (const key of ["monitor:latest", "monitor:data", "recent:alerts"]) {
    test(`which is only that of ${key}, leaves the others, and is made good`, async () => {
      await monitor.faults({ on: "kv.put", key, does: "throws" });
      await monitor.minutesPass(6, async () => {
        await beat("web");
        await monitor.post("/api/heartbeat", { serviceId: "db", status: "degraded" });
      });
      const failed = await monitor.published();
      await monitor.faults();
      await monitor.minutesPass(6);
      const good = await monitor.published();
      assert.notEqual(good[key], failed[key]);
      assert.equal((await status()).summary.results[1].lastSeen, (await monitor.lastSeen()).db);
      await monitor.minutesPass(4);
      await beat("db");
      await monitor.minutesPass(2);
    });
  }
});
