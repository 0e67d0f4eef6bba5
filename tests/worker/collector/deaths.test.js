// The collector may die, or a write of it fail, at any point: what was acknowledged stays, and the next check goes on.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "../harness.js";

const kIds = ["web", "db", "mail", "flapping"];
const config = {
  services: { services: kIds.map((id) => ({ id, auth: { required: false } })) },
  settings: { monitoring: { recordSeconds: 60, kvWritesPerDay: 0 } },
};

describe("a collector that dies", () => {
  let monitor;
  let accepted; // heartbeats by service
  before(async () => (monitor = await startMonitor({ config })));
  after(() => monitor.close());

  const iso = () => new Date(monitor.now).toISOString();
  const log = async (id) => (await monitor.get(`/api/logs?serviceId=${id}&limit=1000`)).body.logs;
  async function beat(serviceId, status) {
    assert.equal((await monitor.post("/api/heartbeat", { serviceId, status })).status, 200);
    accepted[serviceId].push({ timestamp: iso(), status });
  }

  test("is new, and a first check is made", async () => {
    await monitor.check();
    accepted = Object.fromEntries(kIds.map((id) => [id, []]));
  });

  test("after any heartbeat or check has lost none of the heartbeats", async () => {
    for (let i = 0; i < 24; i++) {
      await monitor.advance(5);
      await beat(kIds[i % 3], i % 5 === 0 ? "degraded" : "up");
      if (i % 7 === 3) await monitor.check();
      if (i % 2 === 0) await monitor.evict();
      for (const id of kIds) assert.equal((await monitor.lastSeen())[id], accepted[id].at(-1)?.timestamp);
    }
  });

  // Every minute all send a heartbeat, and one of them changes, so that each check has something to write
  // everywhere.
  for (const does of ["dies", "dies after", "throws"]) {
    test(`wherever a check ${does}, the next one goes on`, async () => {
      const changes = accepted.flapping;
      for (let skip = 0, wentWrong = 1; wentWrong; skip++) {
        await monitor.advance(60);
        for (const id of ["web", "db", "mail"]) await beat(id, "up");
        await beat("flapping", changes.at(-1)?.status === "degraded" ? "up" : "degraded");
        await monitor.faults({ on: "*", does, skip, times: 1 });
        await monitor.check();
        ({ wentWrong } = await monitor.calls());
        await monitor.faults();
        await monitor.advance(60);
        await monitor.check();

        const { timestamp, results } = (await monitor.get("/api/status")).body.summary;
        assert.equal(timestamp, iso(), `after ${skip}`);
        for (const { serviceId, status, lastSeen } of results) {
          const last = accepted[serviceId].at(-1);
          assert.deepEqual(
            { status, lastSeen },
            { status: last.status, lastSeen: last.timestamp },
            serviceId,
          );
        }
        assert.ok(skip < 100);
      }
    });
  }

  test("has each heartbeat in its log, once", async () => {
    for (const id of kIds) {
      const seen = (await log(id)).map(({ timestamp, status }) => ({ timestamp, status }));
      assert.deepEqual(seen.toReversed(), accepted[id]);
    }
  });

  test("has announced each change once, and no other", async () => {
    const { alerts } = (await monitor.get("/api/alerts/recent?limit=1000")).body;
    const told = alerts.toReversed().filter(({ serviceId }) => serviceId === "flapping");
    const changes = accepted.flapping.map(({ status }) => status);
    assert.deepEqual(
      told.map(({ status }) => status),
      changes.slice(-told.length),
    );
    assert.ok(told.length > 30);
    assert.ok(!alerts.some(({ status }) => status === "down"));
    const { incidents } = (await monitor.get("/api/incidents?serviceId=flapping&limit=1000")).body;
    assert.equal(incidents.length, changes.filter((status) => status === "degraded").length);
  });
});
