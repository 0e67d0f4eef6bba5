// A heartbeat is answered 200 only when it is stored; what cannot be stored is 503, to be sent again.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "../harness.js";

const ids = Array.from({ length: 200 }, (_, i) => `s${i}`);
const config = {
  services: { services: ["web", "db", ...ids].map((id) => ({ id, auth: { required: false } })) },
};

describe("a heartbeat", () => {
  let monitor;
  before(async () => (monitor = await startMonitor({ config })));
  after(() => monitor.close());

  const beat = (body) => monitor.post("/api/heartbeat", body);
  const iso = () => new Date(monitor.now).toISOString();
  const lastSeen = async (id) => (await monitor.lastSeen())[id] === iso();

  // What goes wrong, whether it is answered 200 then, and whether it is stored.
  const cases = {
    "whose row cannot be written": [{ on: "rows.write", does: "throws" }, 503, false],
    "during which the collector dies": [{ on: "rows.write", does: "dies" }, 503, false],
    "that does not reach the collector": [{ on: "collector", does: "throws" }, 503, false],
    "whose answer is lost": [{ on: "answer", does: "throws" }, 503, true],
    "that meets a collector which just moved": [{ on: "collector", does: "retryable", times: 1 }, 200, true],
    "that meets it twice": [{ on: "collector", does: "retryable", times: 2 }, 503, false],
    "whose answer is lost as the collector moves": [{ on: "answer", does: "retryable", times: 1 }, 200, true],
    "that meets a collector with too much to do": [
      { on: "collector", does: "overloaded", times: 1 },
      503,
      false,
    ],
    "that meets a KV which is not there": [{ on: "kv.get", does: "throws" }, 200, true],
  };
  for (const [name, [rule, expected, isStored]] of Object.entries(cases)) {
    test(`${name} is ${expected}, and ${isStored ? "stored" : "not stored"}`, async () => {
      await monitor.advance(1);
      await monitor.faults(rule);
      const { status, headers, body } = await beat({ serviceId: "web" });
      await monitor.faults();
      assert.equal(status, expected, JSON.stringify(body));
      assert.equal(Number(headers.get("Retry-After")) > 0, expected === 503);
      assert.equal(await lastSeen("web"), isStored);
      assert.equal((await beat({ serviceId: "db" })).status, 200);
      await monitor.evict();
      assert.equal(await lastSeen("web"), isStored);
      assert.ok(await lastSeen("db"));
    });
  }

  test("that came twice, because its answer was lost, counts once for the service", async () => {
    await monitor.check();
    const { summary } = (await monitor.get("/api/status")).body;
    assert.deepEqual([summary.servicesUp, summary.servicesDown], [2, 0]);
  });

  test("whose sender hangs up takes no other with it", async () => {
    await monitor.advance(1);
    await monitor.faults({ on: "collector", does: "hangs", times: 1 });
    const hungUp = monitor.hangUp("/api/heartbeat/s0", 200);
    await monitor.untilHanging(1);
    assert.equal((await beat({ serviceId: "s1" })).status, 200);
    assert.equal(await hungUp, "TimeoutError");
    assert.equal((await beat({ serviceId: "s2" })).status, 200);
    await monitor.faults();
    assert.deepEqual([await lastSeen("s1"), await lastSeen("s2")], [true, true]);
  });
});

// Large heartbeats, so that few of them fill the write-ahead log as far as it may be before a checkpoint. The
// heartbeat log that they become takes nine rows.
describe("the heartbeat that makes a checkpoint", () => {
  const text = () => String(monitor.now).padEnd(4_000, "x");
  const large = () => ({
    services: ids.map((serviceId) => ({ serviceId, metadata: { serviceId, text: text() } })),
  });
  let monitor, sent;
  before(async () => (monitor = await startMonitor({ config, secrets: { ALERT_API_KEY: "key-alert" } })));
  after(() => monitor.close());

  const beat = async () => {
    await monitor.advance(1);
    const { status } = await monitor.post("/api/heartbeat", large());
    if (status === 200)
      sent.push({ timestamp: new Date(monitor.now).toISOString(), at: String(monitor.now) });
    return status;
  };
  const folded = async () => JSON.parse((await monitor.rows()).latest ?? '{"folded":0}').folded;
  const logged = async () => {
    const { logs } = (await monitor.get("/api/logs?serviceId=s199", { key: "key-alert" })).body;
    return logs
      .map(({ timestamp, metadata }) => ({ timestamp, at: metadata.text.slice(0, 13) }))
      .toReversed();
  };

  test("is the one after 8 MB", async () => {
    sent = [];
    while (sent.length < 11) assert.equal(await beat(), 200);
    assert.equal(await folded(), 0);
  });

  for (const [does, writes] of [
    ["throws", [0, 9, 10]],
    ["dies", [8]],
  ]) {
    test(`is 503 wherever it ${does}, and nothing is lost`, async () => {
      for (const skip of writes) {
        await monitor.faults({ on: "rows.write", does, skip, times: 1 });
        assert.equal(await beat(), 503, `write ${skip}`);
        assert.equal(await folded(), 0);
      }
      assert.equal((await monitor.lastSeen()).s199, sent.at(-1).timestamp);
    });
  }

  test("is 200 once it can, and every heartbeat is in the log, once", async () => {
    await monitor.faults();
    assert.equal(await beat(), 200);
    assert.equal(await folded(), 11);
    assert.deepEqual(await logged(), sent);
    await monitor.evict();
    assert.deepEqual(await logged(), sent);
    const lastSeen = await monitor.lastSeen();
    assert.ok(ids.every((id) => lastSeen[id] === sent.at(-1).timestamp));
  });

  test("does not look at parts that a longer document left behind", async () => {
    const leaveBehind = (key) => monitor.sql(`INSERT INTO doc VALUES ('${key}', x'7b7b')`);
    await monitor.check();
    for (const key of ["log:0/09", "state/01", "latest/01"]) await leaveBehind(key);
    await monitor.evict();
    assert.deepEqual(await logged(), sent);
    await monitor.minutesPass(1, async () => {
      await beat();
      await leaveBehind("beat:0013/01");
      await monitor.evict();
    });
    assert.deepEqual(await logged(), sent);
    assert.equal((await monitor.get("/healthz")).status, 200);
    assert.equal((await monitor.get("/api/status")).body.summary.servicesUp, 200);
  });
});
