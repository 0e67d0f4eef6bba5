import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "./harness.js";
import { kModes } from "./modes.js";

const config = { services: { services: ["web", "db"].map((id) => ({ id, auth: { required: false } })) } };
const readers = [
  "/",
  "/api/status",
  "/api/history?ids=web",
  "/api/uptime?serviceId=web",
  "/api/logs?serviceId=web",
];
const moreReaders = [
  "/api/incidents?serviceId=web",
  "/api/alerts/recent",
  "/api/export.csv?from=2026-11-22&to=2026-11-22",
];

const damaged = {
  empty: "",
  "cut off": '{"version":1,"summary":{"timest',
  "of another kind": '"text"',
  null: "null",
  "a list of nonsense": '[1,null,[[]],{"id":7},"x"]',
  "someone else's": '{"user":{"name":"x"},"web":{"a":1},"summary":7,"check":[],"uptime":"no","$reports":3}',
  binary: new Uint8Array([0xff, 0x00, 0x80, 0x7b]),
};

for (const { mode, collector, mendsInMinutes } of kModes)
  describe(`documents that are not as they should be ${mode}`, () => {
    let monitor, kv;
    before(async () => {
      monitor = await startMonitor({ config, collector });
      kv = await monitor.kv();
    });
    after(() => monitor.close());

    for (const [name, value] of Object.entries(damaged)) {
      test(`${name}: everything is answered, heartbeats and checks mend it`, async () => {
        for (const key of ["monitor:latest", "monitor:data", "recent:alerts"]) await kv.put(key, value);
        for (const path of [...readers, ...moreReaders])
          assert.equal((await monitor.get(path)).status, 200, path);
        assert.ok([200, 503].includes((await monitor.get("/healthz")).status));
        await monitor.minutesPass(mendsInMinutes, async () => {
          assert.equal((await monitor.post("/api/heartbeat", { serviceId: "web" })).status, 200);
        });
        const latest = JSON.parse(await kv.get("monitor:latest"));
        assert.equal((await monitor.lastSeen()).web, new Date(monitor.now).toISOString());
        const { summary } = (await monitor.get("/api/status")).body;
        assert.deepEqual([summary.totalServices, summary.timestamp], [2, latest.web]);
      });
    }

    test("a document of a later version is served and never written", async () => {
      const stored = JSON.parse(await kv.get("monitor:data"));
      const later = JSON.stringify({
        ...stored,
        revision: stored.revision + 1,
        version: 99,
        more: "to come",
      });
      await kv.put("monitor:data", later);
      await monitor.minutesPass(7);
      assert.equal(await kv.get("monitor:data"), later);
      assert.equal((await monitor.get("/api/status")).status, 200);
    });

    test("none of it has trapped", () => {
      const traps = monitor
        .logs()
        .filter(({ message }) => /unreachable|out of bounds|RuntimeError|stack/.test(message));
      assert.deepEqual(traps, []);
    });
  });

const ids = Array.from({ length: 20 }, (_, i) => `s${i}`);
const many = { services: { services: ids.map((id) => ({ id, auth: { required: false } })) } };

for (const { mode, collector } of kModes)
  describe(`many at once ${mode}`, () => {
    let monitor;
    before(async () => (monitor = await startMonitor({ config: many, collector })));
    after(() => monitor.close());

    test("twenty heartbeats from twenty senders are all answered and all stored", async () => {
      const replies = await Promise.all(ids.map((id) => monitor.post(`/api/heartbeat/${id}`, "")));
      assert.ok(replies.every(({ status }) => status === 200));
      assert.deepEqual(Object.keys(await monitor.lastSeen()).sort(), ids.toSorted());
    });
  });

describe("a sender that hangs up with KV only", () => {
  let monitor;
  before(async () => (monitor = await startMonitor({ config: many, collector: false })));
  after(() => monitor.close());

  test("takes nobody else's heartbeat with it", async () => {
    await monitor.advance(60);
    await monitor.post("/api/heartbeat/s0", "");
    const hungUp = monitor.hangUp("/api/heartbeat/s1", 200); // while the write waits for its turn
    const others = ["s2", "s3"].map((id) => monitor.post(`/api/heartbeat/${id}`, ""));
    const statuses = (await Promise.all(others)).map(({ status }) => status);
    assert.deepEqual([await hungUp, ...statuses], ["TimeoutError", 200, 200]);
    const latest = await monitor.lastSeen();
    for (const id of ["s0", "s2", "s3"]) assert.equal(latest[id], new Date(monitor.now).toISOString(), id);
  });
});

for (const { mode, collector } of kModes)
  describe(`a faulty configuration ${mode}`, () => {
    test("is 500 for every request, and the log has every fault", async () => {
      const faulty = {
        services: { services: [{ id: "" }, { id: "web" }, { id: "web" }] },
        settings: { uptime: { retentionDays: 0 } },
      };
      const monitor = await startMonitor({ config: faulty, collector });
      try {
        for (const path of ["/", "/api/status", "/healthz", "/nope"]) {
          const { status, body } = await monitor.get(path);
          assert.equal(status, 500, path);
          assert.equal(typeof body.error, "string");
          assert.ok(!body.error.includes("retentionDays"));
        }
        assert.equal((await monitor.post("/api/heartbeat", { serviceId: "web" })).status, 500);
        await monitor.check();
        const log = monitor
          .logs()
          .map(({ message }) => message)
          .join("\n");
        assert.match(log, /services\.json/);
        assert.match(log, /settings\.json.*retentionDays/);
        assert.deepEqual(await monitor.stored(), {});
      } finally {
        await monitor.close();
      }
    });
  });
