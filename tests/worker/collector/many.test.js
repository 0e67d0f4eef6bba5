// Two hundred services at once, and how soon one without heartbeats is down.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "../harness.js";

const ids = Array.from({ length: 200 }, (_, i) => `s${i}`);
const config = {
  services: {
    services: ids.map((id) => ({ id, stalenessThreshold: 120, auth: { required: false } })),
  },
};

describe("two hundred heartbeats at once", () => {
  let monitor;
  before(async () => (monitor = await startMonitor({ config })));
  after(() => monitor.close());

  const everybody = () => Object.fromEntries(ids.map((id) => [id, new Date(monitor.now).toISOString()]));

  for (const run of [1, 2, 3]) {
    test(`are all in the next check and in the next publishing, run ${run}`, async () => {
      await monitor.advance(300);
      const replies = await Promise.all(ids.map((id) => monitor.post(`/api/heartbeat/${id}`, "")));
      assert.ok(replies.every(({ status }) => status === 200));
      assert.deepEqual(await monitor.lastSeen(), everybody());
      await monitor.check();
      const { services } = JSON.parse((await monitor.rows()).state);
      assert.ok(ids.every((id) => services[id][0] === "up"));
      assert.deepEqual(JSON.parse((await monitor.published())["monitor:latest"]), everybody());
      const { summary } = (await monitor.get("/api/status")).body;
      assert.equal(summary.servicesUp, 200);
    });
  }
});

describe("a service that falls silent", () => {
  let monitor;
  before(async () => (monitor = await startMonitor({ config })));
  after(() => monitor.close());

  const beats = (some) => monitor.post("/api/heartbeat", { services: some });
  const seen = async () => {
    const { summary } = (await monitor.get("/api/status")).body;
    return summary.results[0].status;
  };

  for (const offset of [0, 1, 30, 59]) {
    test(`${offset} s after a check is down in KV within a check interval after its threshold`, async () => {
      await beats(ids);
      await monitor.check();
      await monitor.advance(offset);
      await beats(ids);
      await monitor.advance(60 - offset);
      await beats(ids.slice(1));
      await monitor.check();
      assert.equal(await seen(), "up");
      const untilThreshold = 120 - (60 - offset);
      let waited = 0;
      while ((await seen()) === "up") {
        await monitor.minutesPass(1, () => beats(ids.slice(1)));
        waited += 60;
      }
      assert.equal(await seen(), "down");
      assert.ok(
        waited - untilThreshold > 0 && waited - untilThreshold <= 60,
        String(waited - untilThreshold),
      );
      const { alerts } = (await monitor.get("/api/alerts/recent?limit=1")).body;
      assert.equal(alerts[0].title, "s0 is down");
      await monitor.minutesPass(1, () => beats(ids));
      await monitor.minutesPass(1, () => beats(ids));
      await monitor.advance(60);
    });
  }
});
