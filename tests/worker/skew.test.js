// For some minutes after a deploy, or a change of secrets, the Worker and the collector are of different versions,
// whichever is the older. Nothing may be lost, or refused by one of them that the other has let in.

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";

import { kEarlier, kPresent, kStart, startSkewed } from "../skew/skew.js";

const config = { services: { services: [{ id: "web" }, { id: "db" }] } };
const more = {
  services: { services: [{ id: "web" }, { id: "db" }, { id: "extra" }] },
  settings: { allowedOrigins: ["https://status.example"], api: { publicLogMetadata: true } },
};
const secrets = { API_KEYS: JSON.stringify({ "*": "key" }), ALERT_API_KEY: "alert" };
const changed = { API_KEYS: JSON.stringify({ "*": "key-2" }), ALERT_API_KEY: "alert-2" };

const earlier = { code: kEarlier, config, secrets };
const present = { code: kPresent, config, secrets };
const withMore = { ...present, config: more };
const withKeys = { ...present, secrets: changed };

let monitor;
afterEach(() => monitor.close());

const beat = (serviceId, key = "key", rest = {}) =>
  monitor.post("/api/heartbeat", { serviceId, ...rest }, { key });
const alert = (key) => monitor.post("/api/alert", { title: "Disk full", message: "/var" }, { key });
const logs = async (id, key) => (await monitor.get(`/api/logs?serviceId=${id}`, { key })).body.logs;

const pairs = [
  ["an earlier edge and the present collector", earlier, present],
  ["the present edge and an earlier collector", present, earlier],
  ["an edge with more services", withMore, present],
  ["a collector with more services", present, withMore],
];
for (const [title, edge, object] of pairs)
  describe(title, () => {
    test("heartbeats, checks, alerts, logs and the page work", async () => {
      monitor = await startSkewed({ edge, object });
      assert.equal((await beat("web", "key", { metadata: { host: "a" } })).status, 200);
      assert.equal((await beat("db", "key", { status: "down", message: "disk" })).status, 200);
      await monitor.minutePasses();
      assert.deepEqual([await monitor.statusOf("web"), await monitor.statusOf("db")], ["up", "down"]);
      assert.equal((await alert("alert")).status, 200);
      assert.equal((await alert("nobody")).status, 401);
      await monitor.minutesPass(5);
      const { alerts } = (await monitor.get("/api/alerts/recent")).body;
      assert.ok(alerts.some(({ title: told }) => told === "Disk full"));
      assert.deepEqual((await logs("web", "alert"))[0].metadata, { host: "a" });
      assert.equal((await monitor.get("/api/incidents?serviceId=db")).body.incidents.length, 1);
      assert.equal((await monitor.get("/api/self", { key: "alert" })).body.today.heartbeats, 2);
      assert.equal((await monitor.get("/healthz")).status, 200);
      assert.match((await monitor.get("/")).body, /^<!doctype html>/);
    });

    test("what one of them has stored the other one goes on with", async () => {
      monitor = await startSkewed({ edge, object });
      await beat("web");
      await monitor.minutesPass(2);
      await monitor.deploy({ edge: object, object: edge });
      assert.equal((await beat("web")).status, 200);
      await monitor.minutesPass(2);
      assert.equal(await monitor.statusOf("web"), "up");
      assert.equal((await logs("web")).length, 2);
    });
  });

describe("a key was changed", () => {
  const cases = [
    ["and the collector does not know it", withKeys, present, changed],
    ["and the edge does not know it", present, withKeys, secrets],
  ];
  for (const [title, edge, object, { API_KEYS, ALERT_API_KEY: key }] of cases) {
    test(`${title}: what the edge lets in is not refused behind it, and nobody else is let in`, async () => {
      monitor = await startSkewed({ edge, object });
      const metadata = { host: "a" };
      assert.equal((await beat("web", JSON.parse(API_KEYS)["*"], { metadata })).status, 200);
      assert.equal((await alert(key)).status, 200);
      assert.equal((await monitor.get("/api/self", { key })).status, 200);
      assert.deepEqual((await logs("web", key))[0].metadata, metadata);
      assert.equal((await logs("web"))[0].metadata, null);
      const other = key === "alert" ? "alert-2" : "alert";
      assert.equal((await alert(other)).status, 401);
      assert.equal((await monitor.get("/api/self", { key: other })).status, 401);
    });
  }
});

describe("a service was added", () => {
  test("and the collector does not know it: nothing that it says is lost", async () => {
    monitor = await startSkewed({ edge: withMore, object: present });
    assert.equal((await beat("extra")).status, 200);
    await monitor.minutePasses();
    assert.equal((await logs("extra")).length, 1);
    const incidents = await monitor.get("/api/incidents?serviceId=extra");
    assert.deepEqual([incidents.status, incidents.body.incidents], [200, []]);
    assert.equal((await monitor.get("/api/incidents?serviceId=nobody")).status, 404);
    await monitor.minutesPass(3);
    await monitor.deploy({ object: withMore });
    await monitor.minutePasses();
    assert.equal(await monitor.statusOf("extra"), "up");
    assert.equal((await logs("extra")).length, 1);
  });

  test("and the edge does not know it: it is unknown there, and the others are as ever", async () => {
    monitor = await startSkewed({ edge: present, object: withMore });
    assert.equal((await beat("extra")).status, 404);
    assert.equal((await beat("web")).status, 200);
    await monitor.minutePasses();
    assert.equal(await monitor.statusOf("web"), "up");
  });
});

test("the settings of the edge hold for what is read through it", async () => {
  monitor = await startSkewed({ edge: withMore, object: present });
  await beat("web", "key", { metadata: { host: "a" } });
  assert.deepEqual((await logs("web"))[0].metadata, { host: "a" });
  const headers = { Origin: "https://status.example" };
  const { headers: answered } = await monitor.get("/api/logs?serviceId=web", { headers });
  assert.equal(answered.get("Access-Control-Allow-Origin"), "https://status.example");
});

test("a deploy is seen to have reached the collector", async () => {
  const verify = async () => (await monitor.post("/api/verify", { serviceId: "web" }, { key: "key" })).body;
  monitor = await startSkewed({ edge: withMore, object: present });
  const before = await verify();
  assert.ok(before.stored && before.edge !== before.collector);
  await monitor.deploy({ object: withMore });
  const after = await verify();
  assert.deepEqual([after.stored, after.collector], [true, before.edge]);
});

describe("rows of a later version", () => {
  const row = '{"version":2,"states":"otherwise"}';

  for (const key of ["state", "tick", "outbox", "latest"]) {
    test(`${key} is left as it is, named in the log once, and heartbeats are kept behind it`, async () => {
      monitor = await startSkewed({ edge: present, object: present });
      await beat("web");
      await monitor.minutePasses();
      await monitor.putRow(key, row);
      assert.equal((await beat("web")).status, 200);
      await monitor.minutesPass(7);
      assert.equal(await monitor.row(key), row);
      const told = monitor.lines().filter(({ event }) => event === "later-version");
      assert.equal(told.length, 1);
      assert.match(told[0].message, new RegExp(`row ${key} .* later version`));
      assert.equal((await monitor.get("/healthz")).status, 503);
      assert.equal((await beat("db")).status, 200);
    });
  }

  test("an accepted request is kept until a version comes that can read it", async () => {
    monitor = await startSkewed({ edge: present, object: present });
    await monitor.minutePasses();
    const request = {
      seq: 1,
      version: 2,
      at: kStart + 60_000,
      colo: "",
      country: "",
      all: {},
      beats: ["web"],
    };
    await monitor.putRow("beat:0001", JSON.stringify(request));
    assert.equal((await beat("db")).status, 200);
    await monitor.minutesPass(6);
    assert.equal(await monitor.row("later"), `${JSON.stringify(request)}\n`);
    assert.equal(await monitor.statusOf("web"), "unknown");
    assert.equal((await logs("db")).length, 1);
    const told = monitor.lines().filter(({ event }) => event === "later-version");
    assert.equal(told.length, 1);

    await monitor.putRow("later", `${JSON.stringify({ ...request, version: 1 })}\n`);
    await monitor.minutesPass(7);
    assert.equal(await monitor.row("later"), "");
    assert.equal((await logs("web")).length, 1);
  });
});
