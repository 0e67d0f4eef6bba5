import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { kStart, startMonitor } from "./harness.js";
import { kModes } from "./modes.js";

const config = {
  services: {
    groups: [{ id: "pair", name: "Pair", services: ["a", "b"] }],
    services: [
      { id: "web", auth: { required: false } },
      { id: "free2", auth: { required: false } },
      { id: "a" },
      { id: "b" },
      { id: "db" },
      { id: "off", enabled: false, auth: { required: false } },
    ],
  },
};
const secrets = { API_KEYS: JSON.stringify({ pair: "key-pair", db: "key-db", "*": "key-any" }) };
const timestamp = new Date(kStart).toISOString();

for (const { mode, collector, heartbeatsTouch } of kModes)
  describe(`POST /api/heartbeat ${mode}`, () => {
    let monitor;
    before(async () => (monitor = await startMonitor({ config, secrets, collector })));
    after(() => monitor.close());

    const beat = (body, key) => monitor.post("/api/heartbeat", body, { key });
    const accepted = { success: true, message: "Heartbeat received", timestamp };

    test("one, accepted and stored", async () => {
      const { status, body } = await beat({ serviceId: "web" });
      assert.deepEqual({ status, body }, { status: 200, body: accepted });
      assert.equal((await monitor.lastSeen()).web, timestamp);
      assert.deepEqual(Object.keys(await monitor.stored()), heartbeatsTouch);
    });

    test("the key is the service's, else its group's, else that of everybody", async () => {
      const cases = [
        ["db", "key-db", 200],
        ["db", "key-any", 401],
        ["a", "key-pair", 200],
        ["a", "key-any", 401],
        ["a", undefined, 401],
        ["db", "constructor", 401],
        ["web", "anything", 200],
        ["off", undefined, 200],
      ];
      const replies = await Promise.all(cases.map(([serviceId, key]) => beat({ serviceId }, key)));
      for (const [i, [serviceId, key, expected]] of cases.entries()) {
        assert.equal(replies[i].status, expected, `${serviceId} with ${key}`);
      }
      assert.equal((await monitor.lastSeen()).off, timestamp);
    });

    test("the scheme of the key may be written in any case", async () => {
      const headers = { Authorization: "bEARER key-db" };
      const { status } = await monitor.post("/api/heartbeat", { serviceId: "db" }, { headers });
      assert.equal(status, 200);
    });

    test("an unknown id is 404 whatever the key", async () => {
      for (const serviceId of [
        "nope",
        "__proto__",
        "constructor",
        "toString",
        "$reports",
        "*",
        "x".repeat(60_000),
      ]) {
        const { status, body } = await beat({ serviceId }, "wrong");
        assert.equal(status, 404, serviceId.slice(0, 20));
        assert.deepEqual(body, { error: "Unknown serviceId" });
      }
    });

    test("degraded and down are kept with their message", async () => {
      const [degraded] = await Promise.all([
        beat({ serviceId: "web", status: "degraded", message: "disk 91 %" }),
        beat({ serviceId: "db", status: "down" }, "key-db"),
      ]);
      assert.deepEqual(degraded.body, accepted);
      const { $reports } = await monitor.lastSeen();
      assert.deepEqual($reports.web, { status: "degraded", at: timestamp, message: "disk 91 %" });
      assert.equal($reports.db.status, "down");
    });

    test("a batch of which all are accepted", async () => {
      const { status, body } = await beat({ services: ["a", "b"] }, "key-pair");
      assert.equal(status, 200);
      assert.deepEqual(body, {
        success: true,
        message: "Batch heartbeat received for 2 service(s)",
        timestamp,
        results: [
          { serviceId: "a", success: true, timestamp },
          { serviceId: "b", success: true, timestamp },
        ],
      });
    });

    test("a batch of which some are accepted, in request order", async () => {
      const services = [
        "web",
        "nope",
        { serviceId: "db", token: "key-db", status: "up" },
        "a",
        { status: "up" },
        { serviceId: "web", status: "fine" },
      ];
      const { status, body } = await beat({ services }, "wrong");
      assert.equal(status, 207);
      assert.equal(body.success, true);
      assert.equal(body.message, "Partial success: 2 succeeded, 4 failed");
      assert.deepEqual(body.results, [
        { serviceId: "web", success: true, timestamp },
        { serviceId: "nope", success: false, error: "Unknown serviceId" },
        { serviceId: "db", success: true, timestamp },
        { serviceId: "a", success: false, error: "Invalid API key" },
        { serviceId: "unknown", success: false, error: "Invalid service format" },
        { serviceId: "web", success: false, error: "Invalid service format" },
      ]);
    });

    test("a batch of which none is accepted", async () => {
      const cases = [
        [["a", "b"], 401],
        [["no", "nor"], 404],
        [["a", "no"], 400],
        [[7, null], 400],
      ];
      for (const [services, expected] of cases) {
        const { status, body } = await beat({ services }, "wrong");
        assert.equal(status, expected, JSON.stringify(services));
        assert.equal(body.success, false);
        assert.equal(body.message, "All heartbeats failed");
        assert.equal(body.results.length, 2);
      }
    });

    test("an id of 100 kB is as unknown as any", async () => {
      const { status, body } = await beat({ services: ["x".repeat(100_000)] });
      assert.deepEqual([status, body.results.length], [404, 1]);
    });

    test("duplicates in a batch are each counted", async () => {
      const { status, body } = await beat({ services: ["web", "web"] });
      assert.equal(status, 200);
      assert.equal(body.message, "Batch heartbeat received for 2 service(s)");
    });

    test("metadata over 4 kB is left out and named", async () => {
      const { status, body } = await beat({ serviceId: "web", metadata: { text: "x".repeat(5000) } });
      assert.equal(status, 200);
      assert.match(body.warning, /metadata/i);
    });

    test("the one-line form", async () => {
      const cases = [
        ["/api/heartbeat/web", "", 200],
        ["/api/heartbeat/web/", "", 200],
        ["/api/heartbeat/%77eb", "all is well", 200],
        ["/api/heartbeat/web", '{"status":"up"}', 200],
        ["/api/heartbeat/web", "[1,2]", 200],
        ["/api/heartbeat/web", '{"serviceId":"web"}', 200],
        ["/api/heartbeat/web", '{"serviceId":"db"}', 400],
        ["/api/heartbeat/web", '{"services":["web"]}', 400],
        ["/api/heartbeat/web", '{"status":"fine"}', 400],
        ["/api/heartbeat/nope", "", 404],
        ["/api/heartbeat/db", "", 401],
        ["/api/heartbeat/web/more", "", 404],
      ];
      const replies = await Promise.all(cases.map(([path, body]) => monitor.post(path, body)));
      for (const [i, [path, body, expected]] of cases.entries()) {
        assert.equal(replies[i].status, expected, `${path} ${body}`);
      }
    });
  });

for (const { mode, collector } of kModes)
  describe(`API_KEYS ${mode}`, () => {
    const outcomes = {
      "": [401, 401, "Server misconfigured: API_KEYS not set"],
      "not json": [500, 500, "Server configuration error"],
      "[1]": [500, 500, "Server configuration error"],
      "{}": [401, 401, "No API key configured for this service"],
    };

    for (const [keys, [one, batch, error]] of Object.entries(outcomes)) {
      test(`${JSON.stringify(keys)} opens only what needs no key`, async () => {
        const monitor = await startMonitor({ config, secrets: { API_KEYS: keys }, collector });
        try {
          const refused = await monitor.post("/api/heartbeat", { serviceId: "db" }, { key: "key-db" });
          assert.equal(refused.status, one);
          assert.equal(refused.body.error, error);
          const refusedBatch = await monitor.post("/api/heartbeat", { services: ["db"] }, { key: "key-db" });
          assert.equal(refusedBatch.status, batch);
          const free = await monitor.post("/api/heartbeat", { serviceId: "web" });
          assert.equal(free.status, 200);
          const reasons = monitor.logs().filter(({ message }) => message.includes("API_KEYS"));
          assert.equal(reasons.length > 0, one === 500);
        } finally {
          await monitor.close();
        }
      });
    }
  });
