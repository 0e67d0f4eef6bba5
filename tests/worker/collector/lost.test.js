// KV that has lost the history is given an hour to find it again.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "../harness.js";

const config = { services: { services: [{ id: "web", auth: { required: false } }] } };

describe("KV that has lost monitor:data", () => {
  let monitor, kv, old;
  before(async () => {
    monitor = await startMonitor({ config });
    kv = await monitor.kv();
  });
  after(() => monitor.close());

  const minutesPass = (minutes) =>
    monitor.minutesPass(minutes, async () => {
      assert.equal((await monitor.post("/api/heartbeat", { serviceId: "web" })).status, 200);
    });
  const titles = async () => (await monitor.get("/api/alerts/recent")).body.alerts.map(({ title }) => title);

  test("and finds it again goes on as if nothing had been", async () => {
    await minutesPass(1);
    old = await kv.get("monitor:data");
    await kv.delete("monitor:data");
    await minutesPass(10);
    assert.equal(await kv.get("monitor:data"), null);
    assert.equal((await monitor.get("/healthz")).status, 200);
    const { body } = await monitor.get("/api/status");
    assert.deepEqual([body.summary.servicesUp, body.notices[0].kind], [1, "kv-lost"]);
    await kv.put("monitor:data", old);
    await minutesPass(6);
    const { summary } = (await monitor.get("/api/status")).body;
    assert.ok(Date.parse(summary.timestamp) > monitor.now - 6 * 60_000);
    assert.deepEqual(await titles(), ["KV has no monitor:data, or an old one"]);
  });

  for (const [name, lose] of Object.entries({
    "for good": () => kv.delete("monitor:data"),
    "for that of the day before": () => kv.put("monitor:data", old.replaceAll("2026-11-22", "2026-11-21")),
  })) {
    test(`${name} is written again after an hour, and that is said once`, async () => {
      const toldBefore = (await titles()).length;
      await lose();
      const lost = await kv.get("monitor:data");
      await minutesPass(59);
      assert.equal(await kv.get("monitor:data"), lost);
      await minutesPass(12);
      const data = JSON.parse(await kv.get("monitor:data"));
      assert.ok(data.revision > monitor.now - 12 * 60_000);
      const told = await titles();
      assert.deepEqual([told.length, told[0]], [toldBefore + 2, "The history was lost from KV"]);
      const { days } = (await monitor.get("/api/uptime?serviceId=web&days=1")).body;
      assert.ok(days[0].upChecks >= 60 && days[0].downChecks === 0, JSON.stringify(days));
    });
  }
});
