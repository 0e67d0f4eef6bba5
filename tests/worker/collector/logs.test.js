// /api/logs and /api/incidents as the collector has them: everything, a bounded part at a time.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "../harness.js";

const secrets = { ALERT_API_KEY: "key-alert" };
const config = {
  services: {
    services: ["web", "db", "seldom"].map((id) => ({
      id,
      stalenessThreshold: 86_400,
      auth: { required: false },
    })),
  },
};
const key = "key-alert";
const cf = { colo: "AMS", country: "NL" };

// One story told in order: each test goes on where the one before it ended.
describe("the log of heartbeats", () => {
  let monitor;
  before(async () => (monitor = await startMonitor({ config, secrets })));
  after(() => monitor.close());

  const iso = () => new Date(monitor.now).toISOString();
  const logs = async (query, options) => (await monitor.get(`/api/logs?${query}`, options)).body;
  const full = {
    status: "degraded",
    message: 'disk "91" %\n\u00fc',
    metadata: { host: "a", more: [1, null, { x: "y" }] },
    durationMs: 12.5,
  };

  test("has all that a heartbeat said and where it came in, before and after it is checkpointed", async () => {
    await monitor.post("/api/heartbeat", { serviceId: "web", ...full }, { cf });
    const expected = { timestamp: iso(), ...full, ...cf };
    for (const then of [() => {}, () => monitor.check(), () => monitor.evict()]) {
      await then();
      const { serviceId, logs: entries, next } = await logs("serviceId=web", { key });
      assert.deepEqual({ serviceId, entries, next }, { serviceId: "web", entries: [expected], next: null });
    }
  });

  test("has what is said for all in each of a batch", async () => {
    const services = ["web", { serviceId: "db", message: "mine", status: "down" }];
    await monitor.advance(1);
    await monitor.post("/api/heartbeat", { services, message: "all", metadata: { n: 1 } }, { cf });
    const [web] = (await logs("serviceId=web", { key })).logs;
    const [db] = (await logs("serviceId=db", { key })).logs;
    const all = { timestamp: iso(), metadata: { n: 1 }, durationMs: null, ...cf };
    assert.deepEqual(web, { ...all, status: "up", message: "all" });
    assert.deepEqual(db, { ...all, status: "down", message: "mine" });
  });

  test("hides metadata and where it came from from who has no key, and refuses a wrong one", async () => {
    for (const { metadata, colo, country } of (await logs("serviceId=web")).logs) {
      assert.deepEqual({ metadata, colo, country }, { metadata: null, colo: null, country: null });
    }
    assert.equal((await monitor.get("/api/logs?serviceId=web", { key: "wrong" })).status, 401);
  });

  test("is answered page by page, each heartbeat once, newest first, and few rows are read for each", async () => {
    const sent = (await logs("serviceId=web")).logs.map(({ timestamp }) => timestamp).toReversed();
    for (let hour = 0; hour < 20; hour++) {
      await monitor.minutesPass(3, async () => {
        sent.push(iso());
        await monitor.post("/api/heartbeat", { services: hour === 9 ? ["web", "seldom"] : ["web"] });
      });
      await monitor.advance(58 * 60);
    }
    const ofHourNine = sent.slice(2 + 9 * 3, 2 + 10 * 3);
    const { segments } = JSON.parse((await monitor.rows()).latest);
    assert.equal(segments.length, 20);

    for (const [id, limit, expected] of [
      ["web", 7, sent],
      ["web", 1000, sent],
      ["seldom", 2, ofHourNine],
    ]) {
      const seen = [];
      let pages = 0;
      for (let next = ""; next !== null; pages++) {
        const { rowsRead } = await monitor.calls();
        const page = await logs(`serviceId=${id}&limit=${limit}${next && `&before=${next}`}`);
        assert.ok((await monitor.calls()).rowsRead - rowsRead <= 100);
        assert.ok(page.logs.length <= limit);
        seen.push(...page.logs.map(({ timestamp }) => timestamp));
        next = page.next;
      }
      assert.deepEqual(seen, expected.toReversed());
      assert.ok(pages > 1);
    }
  });

  test("before a time leaves out that time", async () => {
    const [newest, second] = (await logs("serviceId=web&limit=2")).logs;
    const before = async (time) => (await logs(`serviceId=web&limit=1&before=${time}`)).logs[0].timestamp;
    assert.equal(await before(newest.timestamp), second.timestamp);
    assert.equal(await before(new Date(Date.parse(newest.timestamp) + 1).toISOString()), newest.timestamp);
  });
});

describe("incidents", () => {
  let monitor;
  before(async () => (monitor = await startMonitor({ config })));
  after(() => monitor.close());

  const beat = (status, message) => monitor.post("/api/heartbeat", { serviceId: "web", status, message });
  const incidents = async (query = "") => (await monitor.get(`/api/incidents?serviceId=web${query}`)).body;
  const at = (minute) => new Date(Date.parse("2026-11-22T06:00:00.000Z") + minute * 60_000).toISOString();

  test("begin and end with the status, have how long and why, and outlive the collector", async () => {
    const story = ["up", "down", "down", "up", "degraded"];
    for (const status of story) await monitor.minutesPass(1, () => beat(status, `it is ${status}`));
    await monitor.advance(30);
    await monitor.evict();
    assert.deepEqual(await incidents(), {
      serviceId: "web",
      incidents: [
        { status: "degraded", start: at(5), end: null, durationMs: 30_000, message: "it is degraded" },
        { status: "down", start: at(2), end: at(4), durationMs: 120_000, message: "it is down" },
      ],
      next: null,
    });
  });

  test("are answered page by page", async () => {
    const first = await incidents("&limit=1");
    assert.deepEqual([first.incidents[0].start, first.next === null], [at(5), false]);
    const second = await incidents(`&limit=1&before=${first.next}`);
    assert.deepEqual([second.incidents[0].start, second.next], [at(2), null]);
  });
});
