// What happens at the same time: checks, publishings that hang, and heartbeats.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "../harness.js";

const ids = Array.from({ length: 20 }, (_, i) => `s${i}`);
const secrets = { ALERT_API_KEY: "key-alert" };
const config = {
  services: { services: ids.map((id) => ({ id, stalenessThreshold: 120, auth: { required: false } })) },
};

describe("overlapping", () => {
  let monitor;
  before(async () => (monitor = await startMonitor({ config, secrets })));
  after(() => monitor.close());

  const iso = () => new Date(monitor.now).toISOString();
  const beats = (some = ids) =>
    Promise.all(some.map((serviceId) => monitor.post("/api/heartbeat", { serviceId })));
  const today = async () => (await monitor.get("/api/self", { key: "key-alert" })).body.today;
  const tick = async () => JSON.parse((await monitor.rows()).tick);
  const latest = async () => JSON.parse((await monitor.published())["monitor:latest"]);
  const everybody = () => Object.fromEntries(ids.map((id) => [id, iso()]));

  test("two deliveries of a run at the same time are one check", async () => {
    await beats();
    await Promise.all([monitor.check(), monitor.check()]);
    assert.equal((await today()).checks, 1);
    assert.deepEqual(await latest(), everybody());
  });

  test("a run that is delivered again, or late, changes nothing", async () => {
    await monitor.minutesPass(1, () => beats());
    const before = await monitor.stored();
    await monitor.advance(30);
    for (const earlier of [30_000, 30_001, 90_000]) await monitor.check(monitor.now - earlier);
    assert.deepEqual(await monitor.stored(), before);
    await monitor.check(monitor.now - 29_999);
    assert.notDeepEqual(await monitor.stored(), before);
    await monitor.advance(30);
  });

  test("while a publishing hangs, heartbeats are taken and checks go on", async () => {
    await monitor.minutesPass(2, () => beats());
    await monitor.faults({ on: "kv.put", does: "hangs", times: 2 });
    await monitor.advance(60);
    await beats();
    const hanging = monitor.check(); // five minutes after the last publishing
    await monitor.untilHanging(2);
    const then = iso();

    await monitor.minutesPass(2, () => beats(ids.slice(1)));
    assert.equal((await monitor.get("/healthz")).body.lastCheck, iso());
    assert.equal((await today()).checks, 8);
    assert.equal((await monitor.lastSeen()).s1, iso());
    assert.ok((await latest()).s1 > then, "the next check takes it for lost, and publishes");

    await monitor.faults();
    await hanging;
    assert.deepEqual(await latest(), Object.fromEntries(ids.map((id) => [id, then])));
  });

  test("what came while it hung is published next time", async () => {
    await monitor.minutesPass(5);
    assert.deepEqual(await latest(), await monitor.lastSeen());
    const told = (await monitor.get("/api/alerts/recent")).body.alerts;
    assert.ok(told.some(({ serviceId, status }) => serviceId === "s0" && status === "down"));
  });

  test("heartbeats and checks all at once are each counted once", async () => {
    const { next } = await tick();
    for (let minute = 0; minute < 12; minute++) {
      await monitor.advance(60);
      const [replies] = await Promise.all([beats(), monitor.check(), monitor.get("/api/logs?serviceId=s3")]);
      assert.ok(replies.every(({ status }) => status === 200));
      assert.deepEqual(await monitor.lastSeen(), everybody());
    }
    await monitor.minutesPass(1);
    assert.equal((await tick()).next, next + 12 * ids.length);
    const { logs } = (await monitor.get("/api/logs?serviceId=s3&limit=12", { key: "key-alert" })).body;
    assert.equal(new Set(logs.map(({ timestamp }) => timestamp)).size, 12);
  });
});

describe("a first check that hangs", () => {
  let monitor;
  before(async () => (monitor = await startMonitor({ config, secrets })));
  after(() => monitor.close());

  test("does not stop the next one, and ends at once when it can go on", async () => {
    await monitor.faults({ on: "kv.get", does: "hangs", times: 3 });
    const hanging = monitor.check();
    await monitor.untilHanging(3);
    await monitor.post("/api/heartbeat", { serviceId: "s0" });
    await monitor.minutesPass(1);
    const before = await monitor.stored();
    assert.equal(JSON.parse(before.state).services.s0[0], "up");
    await monitor.faults();
    await hanging;
    assert.deepEqual(await monitor.stored(), before);
  });
});
