// Who fails authentication costs neither a call to the collector nor one to KV, and can be held off.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "../harness.js";

const config = { services: { services: [{ id: "web" }, { id: "db" }] } };
const secrets = { API_KEYS: JSON.stringify({ web: "key-web", db: "key-db" }), ALERT_API_KEY: "key-alert" };
const ratelimits = [{ name: "REFUSALS", namespace_id: "1001", simple: { limit: 3, period: 60 } }];

const refused = {
  "a wrong key": ["POST", "/api/heartbeat", { serviceId: "web" }, "wrong", 401],
  "no key": ["POST", "/api/heartbeat/web", "", undefined, 401],
  "another service's key": ["POST", "/api/heartbeat/web", "", "key-db", 401],
  "a batch of wrong keys": ["POST", "/api/heartbeat", { services: ["web", "db"] }, "wrong", 401],
  "an unknown service": ["POST", "/api/heartbeat/nobody", "", "key-web", 404],
  "a body that is no heartbeat": ["POST", "/api/heartbeat", "[", "key-web", 400],
  "a wrong key for /api/self": ["GET", "/api/self", undefined, "wrong", 401],
  "no key for /api/self": ["GET", "/api/self", undefined, undefined, 401],
  "a wrong key for /api/logs": ["GET", "/api/logs?serviceId=web", undefined, "wrong", 401],
  "a preflight": ["OPTIONS", "/api/heartbeat/web", undefined, undefined, 204],
  "a method that is not taken": ["PUT", "/api/heartbeat/web", "", "key-web", 405],
  "what the edge asks of the collector": ["MERGE", "/monitor:latest", "{}", "key-alert", 404],
};

describe("who is refused", () => {
  let monitor;
  before(async () => (monitor = await startMonitor({ config, secrets })));
  after(() => monitor.close());

  for (const [name, [method, path, body, key, expected]] of Object.entries(refused)) {
    test(`for ${name} reaches neither the collector nor KV`, async () => {
      const calls = await monitor.calls();
      const text = typeof body === "object" ? JSON.stringify(body) : body;
      const { status } = await monitor.request(method, path, { body: text, key });
      assert.equal(status, expected);
      assert.deepEqual(await monitor.calls(), calls);
    });
  }

  test("in part reaches the collector once, with the rest", async () => {
    const { collector } = await monitor.calls();
    const services = [{ serviceId: "web", token: "key-web" }, { serviceId: "db", token: "wrong" }, "nobody"];
    assert.equal((await monitor.post("/api/heartbeat", { services })).status, 207);
    assert.equal((await monitor.calls()).collector, collector + 1);
    assert.deepEqual(Object.keys(await monitor.lastSeen()), ["web"]);
  });

  test("is counted with the next heartbeat that is accepted", async () => {
    await monitor.check();
    const { today } = (await monitor.get("/api/self", { key: "key-alert" })).body;
    assert.deepEqual(today.refused, { 400: 1, 401: 4, 404: 1 });
  });

  test("again and again is still answered 401 when there is no limit", async () => {
    for (let i = 0; i < 10; i++) assert.equal((await monitor.post("/api/heartbeat/web", "")).status, 401);
  });
});

describe("a limit of refusals", () => {
  let monitor;
  before(async () => (monitor = await startMonitor({ config, secrets, toml: { ratelimits } })));
  after(() => monitor.close());

  const beat = (key, address) =>
    monitor.post("/api/heartbeat/web", "", { key, headers: { "CF-Connecting-IP": address } });

  // The limit may begin anew on the way, so that twice as many pass.
  test("answers 429 with Retry-After to who was refused too often", async () => {
    const replies = [];
    for (let i = 0; i < 8; i++) replies.push(await beat("wrong", "192.0.2.1"));
    const statuses = replies.map(({ status }) => status);
    assert.equal(statuses[0], 401);
    assert.ok(statuses.includes(429), String(statuses));
    const { headers, body } = replies.find(({ status }) => status === 429);
    assert.ok(Number(headers.get("Retry-After")) > 0);
    assert.equal(typeof body.error, "string");
    assert.equal(headers.get("X-Content-Type-Options"), "nosniff");
  });

  test("lets what is right pass, from there too", async () => {
    for (let i = 0; i < 8; i++) assert.equal((await beat("key-web", "192.0.2.1")).status, 200);
    assert.equal((await monitor.get("/api/status")).status, 200);
  });

  test("is not reached by others, nor by what is wrong in other ways", async () => {
    assert.equal((await beat("wrong", "192.0.2.2")).status, 401);
    for (let i = 0; i < 8; i++) {
      const headers = { "CF-Connecting-IP": "192.0.2.3" };
      assert.equal((await monitor.post("/api/heartbeat/nobody", "", { headers })).status, 404);
    }
    assert.equal((await beat("wrong", "192.0.2.3")).status, 401);
  });
});

describe("the limit of readers, as it is shipped", () => {
  const kAsked = 125; // more than two minutes' worth, because the limit may begin anew on the way
  const logs = (options) => monitor.get("/api/logs?serviceId=web", options);
  let monitor;
  before(async () => (monitor = await startMonitor({ config, secrets, limits: true })));
  after(() => monitor.close());

  test("holds off who asks the collector too often without a key, and costs it nothing then", async () => {
    const { collector } = await monitor.calls();
    const replies = [];
    for (let i = 0; i < kAsked; i++) replies.push(await logs());
    const answered = replies.filter(({ status }) => status === 200).length;
    const heldOff = replies.filter(({ status }) => status === 429);
    assert.equal(answered + heldOff.length, kAsked);
    assert.ok(heldOff.length > 0);
    assert.equal((await monitor.calls()).collector - collector, answered);
    assert.equal(heldOff[0].headers.get("Retry-After"), "60");
    assert.match(heldOff[0].body.error, /without a key/);
  });

  test("leaves heartbeats alone, who has the key, other addresses, and what the edge answers", async () => {
    const headers = { "CF-Connecting-IP": "192.0.2.4" };
    assert.equal((await monitor.post("/api/heartbeat/web", "", { key: "key-web" })).status, 200);
    assert.equal((await logs({ key: "key-alert" })).status, 200);
    assert.equal((await logs({ headers })).status, 200);
    assert.equal((await monitor.get("/api/services")).status, 200);
  });
});
