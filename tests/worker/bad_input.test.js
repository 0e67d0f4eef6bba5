import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "./harness.js";

const config = { services: { services: [{ id: "web", auth: { required: false } }] } };
const deep = "[".repeat(100_000);
const utf8 = new Uint8Array([
  ...Buffer.from('{"serviceId":"web","message":"'),
  0xff,
  0xc0,
  0xed,
  0xa0,
  0x80,
  ...Buffer.from('"}'),
]);

// Body and status. Whatever comes, the answer is JSON and says what to change.
const bodies = {
  nothing: ["", 400],
  garbage: ["\u0000\u0001garbage", 400],
  "truncated JSON": ['{"serviceId":"we', 400],
  "more after the JSON": ['{"serviceId":"web"}x', 400],
  null: ["null", 400],
  "a number": ["7", 400],
  "a string": ['"web"', 400],
  "a list": ['["web"]', 400],
  "an empty object": ["{}", 400],
  "an empty batch": ['{"services":[]}', 400],
  "services that is no list": ['{"services":"web"}', 400],
  "a numeric id": ['{"serviceId":7}', 400],
  "an empty id": ['{"serviceId":""}', 400],
  "an unknown status": ['{"serviceId":"web","status":"fine"}', 400],
  "a numeric status": ['{"serviceId":"web","status":1}', 400],
  "a numeric message": ['{"serviceId":"web","message":1}', 400],
  "metadata that is a list": ['{"serviceId":"web","metadata":[]}', 400],
  "a duration that is text": ['{"serviceId":"web","durationMs":"7"}', 400],
  "100,000 brackets": [deep, 413],
  "100,000 brackets in a batch": [`{"services":${deep}`, 413],
  "100,000 closed brackets in a batch": [`{"services":${deep}${"]".repeat(100_000)}}`, 413],
  "deep nesting of objects": ['{"a":'.repeat(10_000), 400],
  "deep metadata": [
    `{"serviceId":"web","metadata":{"a":${deep.slice(0, 30_000)}${"]".repeat(30_000)}}}`,
    400,
  ],
  "a huge number": ['{"serviceId":"web","durationMs":1e999}', 400],
  "a huge number in metadata": ['{"serviceId":"web","metadata":{"n":1e999}}', 400],
  "a key twice, the later known": ['{"serviceId":"nope","serviceId":"web"}', 200],
  "a key twice, the later unknown": ['{"serviceId":"web","serviceId":"nope"}', 404],
  "invalid UTF-8": [utf8, 400],
  "a byte order mark": ["\ufeff" + '{"serviceId":"web"}', 200],
  "an id of 60 kB": [JSON.stringify({ serviceId: "x".repeat(60_000) }), 404],
  "one of 65,537 bytes": [JSON.stringify({ serviceId: "web" }).padEnd(65_537), 413],
  "a batch of 5,001": [JSON.stringify({ services: Array(5_001).fill("web") }), 413],
  "a batch of 1,048,577 bytes": [JSON.stringify({ services: ["web"] }).padEnd(1_048_577), 413],
  "10 MB": ["x".repeat(10 * 1024 * 1024), 413],
};

describe("bad bodies", () => {
  let monitor;
  before(async () => (monitor = await startMonitor({ config })));
  after(() => monitor.close());

  for (const [name, [body, expected]] of Object.entries(bodies)) {
    test(`${name}: ${expected}`, async () => {
      const reply = await monitor.request("POST", "/api/heartbeat", { body });
      assert.equal(reply.status, expected, JSON.stringify(reply.body));
      if (reply.status !== 200) assert.ok(reply.body.error ?? reply.body.results);
    });
  }

  test("the largest heartbeat and the largest batch are accepted", async () => {
    const [one, batch] = await Promise.all([
      monitor.post("/api/heartbeat", JSON.stringify({ serviceId: "web" }).padEnd(65_536)),
      monitor.post(
        "/api/heartbeat",
        JSON.stringify({ services: Array(5_000).fill("web") }).padEnd(1_048_576),
      ),
    ]);
    assert.deepEqual([one.status, batch.status, batch.body.results.length], [200, 200, 5_000]);
  });

  test("bad parameters are 400 and named", async () => {
    const cases = {
      "/api/uptime": "serviceId",
      "/api/uptime?serviceId=web&days=0": "days",
      "/api/uptime?serviceId=web&days=1e3": "days",
      "/api/uptime?serviceId=web&days=99999999999999999999": "days",
      "/api/logs": "serviceId",
      "/api/logs?serviceId=web&limit=1001": "limit",
      "/api/logs?serviceId=web&before=soon": "before",
      "/api/incidents": "serviceId",
      "/api/history": "ids",
      "/api/export.csv": "from",
      "/api/export.csv?from=2026-11-22&to=2026-11-21": "from",
      "/api/export.csv?from=2026-02-30&to=2026-03-01": "from",
      "/api/alerts/recent?hours=x": "hours",
      "/api/alerts/recent?limit=0": "limit",
      "/api/alerts/recent?since=yesterday": "since",
    };
    for (const [path, name] of Object.entries(cases)) {
      const { status, body } = await monitor.get(path);
      assert.equal(status, 400, path);
      assert.ok(body.error.includes(name), `${path}: ${body.error}`);
    }
  });

  test("unknown services are 404", async () => {
    for (const id of ["nope", "__proto__", "constructor", "%00", "%zz", "%ff", "x".repeat(5_000)]) {
      for (const path of ["uptime", "logs", "incidents"]) {
        const { status } = await monitor.get(`/api/${path}?serviceId=${id}`);
        assert.equal(status, 404, `${path} ${id.slice(0, 20)}`);
      }
    }
  });

  test("none of it has trapped", () => {
    assert.deepEqual(
      monitor.logs().filter(({ level }) => level === "error"),
      [],
    );
  });
});
