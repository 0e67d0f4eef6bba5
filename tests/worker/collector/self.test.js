// What the collector saw of itself, and what it says when the day's quotas run short.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "../harness.js";

const key = "key-alert";
const secrets = { ALERT_API_KEY: key };
const services = { services: ["web", "db"].map((id) => ({ id, auth: { required: false } })) };

describe("/api/self", () => {
  let monitor;
  before(async () => (monitor = await startMonitor({ config: { services }, secrets })));
  after(() => monitor.close());

  const self = async () => (await monitor.get("/api/self", { key })).body;

  test("counts what was done today", async () => {
    await monitor.post("/api/heartbeat/nobody", "");
    await monitor.minutesPass(11, () => monitor.post("/api/heartbeat", { services: ["web", "db"] }));
    const { lastCheck, lastPublished, publishingFailsSince, kvLostSince, unfolded, day, today, days } =
      await self();
    assert.deepEqual(
      { lastCheck, lastPublished, publishingFailsSince, kvLostSince, unfolded, day, days },
      {
        lastCheck: "2026-11-22T06:11:00.000Z",
        lastPublished: "2026-11-22T06:11:00.000Z",
        publishingFailsSince: null,
        kvLostSince: null,
        unfolded: 0,
        day: "2026-11-22",
        days: [],
      },
    );
    const { heartbeats, checks, puts, failedPuts, refused } = today;
    assert.deepEqual(
      { heartbeats, checks, puts, failedPuts, refused },
      {
        heartbeats: 11,
        checks: 11,
        puts: (await monitor.calls())["kv.put"],
        failedPuts: 0,
        refused: { 404: 1 },
      },
    );
  });

  test("counts every row that is written, and every use of a quota", async () => {
    await monitor.minutesPass(1);
    const { today, quotas } = await self();
    assert.equal(today.rowsWritten, (await monitor.calls())["rows.write"] - 1); // not yet of this check itself
    const used = Object.fromEntries(quotas.map(({ name, used, limit }) => [name, [used, limit]]));
    assert.deepEqual(used.kvWrites, [today.puts, 1_000]);
    assert.deepEqual(used.rowsWritten, [today.rowsWritten, 100_000]);
    assert.deepEqual(used.workerRequests, [11 + 12 + 1, 100_000]);
    assert.deepEqual(used.collectorRequests, [today.requests, 100_000]);
  });

  test("counts every request to the collector, whatever it asks for", async () => {
    await monitor.get("/api/incidents?serviceId=web");
    await monitor.get("/api/logs?serviceId=web");
    await monitor.get("/healthz");
    const before = (await monitor.calls()).collector;
    await monitor.minutesPass(1);
    assert.equal((await self()).today.requests, before + 1);
  });

  test("counts what it died of, and what it complained of", async () => {
    const { errors } = (await self()).today;
    await monitor.faults({ on: "rows.write", does: "throws", times: 1 });
    assert.equal((await monitor.post("/api/heartbeat/web", "")).status, 503);
    await monitor.minutesPass(1);
    assert.equal((await self()).today.errors, errors + 1);
  });

  test("begins anew with the day, and remembers the one before", async () => {
    const { today } = await self();
    await monitor.advance(18 * 3600);
    assert.deepEqual(
      (await self()).days.map(({ date, usage }) => [date, usage.checks]),
      [["2026-11-22", 14]],
    );
    await monitor.check();
    const after = await self();
    assert.deepEqual([after.day, after.today.checks, after.today.heartbeats], ["2026-11-23", 1, 0]);
    assert.deepEqual(after.days, [{ date: "2026-11-22", usage: today }]);
  });
});

// Late in the day, when what is left may be used up: each change of a status is put at once, in three writes.
describe("a quota that runs short", () => {
  const settings = { monitoring: { recordSeconds: 3600, kvWritesPerDay: 100 } };
  let monitor;
  before(async () => {
    const now = Date.parse("2026-11-22T23:15:00.000Z");
    monitor = await startMonitor({ config: { services, settings }, secrets, now });
  });
  after(() => monitor.close());

  let count = 0;
  async function change() {
    const status = count++ % 2 === 0 ? "degraded" : "up";
    await monitor.minutesPass(1, () => monitor.post("/api/heartbeat", { serviceId: "web", status }));
    const { puts } = (await monitor.get("/api/self", { key })).body.today;
    return {
      puts,
      notices: (await monitor.get("/api/status")).body.notices.map(({ kind, text }) => [kind, text]),
    };
  }

  test("is a notice once more than 80 % were used, on the page too", async () => {
    let before = 0;
    for (let minute = 0; minute < 40; minute++) {
      const { puts, notices } = await change();
      if (puts === before) continue;
      const expected = [
        ["quota", `${before} % of the day's writes to KV are used; they begin anew at 00:00 UTC`],
      ];
      assert.deepEqual(notices, before > 80 ? expected : [], `with ${before} puts before`);
      before = puts;
    }
    assert.ok(before > 80 && before <= 90, String(before));
    assert.match((await monitor.get("/")).body, /writes to KV are used/);
  });

  test("is none the day after", async () => {
    await monitor.advance(10 * 60);
    await change();
    const { notices } = await change();
    assert.ok(!notices.some(([kind]) => kind === "quota"), String(notices));
  });
});
