// What the Worker logs: one line of JSON for what is worth knowing, none for what happens every minute.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "../harness.js";

const secrets = { API_KEYS: '{"*":"key-any"}', ALERT_API_KEY: "key-alert" };
const config = { services: { services: [{ id: "web" }, { id: "db" }] } };

describe("the lines of the log", () => {
  let monitor, seen;
  before(async () => {
    monitor = await startMonitor({ config, secrets });
    await monitor.minutesPass(1, beats);
    seen = monitor.logs().length;
  });
  after(() => monitor.close());

  const beats = () => monitor.post("/api/heartbeat", { services: ["web", "db"] }, { key: "key-any" });
  function fresh() {
    const logs = monitor.logs().slice(seen);
    seen += logs.length;
    return logs.map(({ level, message }) => ({ ...JSON.parse(message), said: level }));
  }
  const events = () => fresh().map(({ level, event }) => `${level} ${event}`);

  test("are none for heartbeats, checks and publishings that are as they should be", async () => {
    await monitor.minutesPass(12, beats);
    for (const path of ["/", "/api/status", "/healthz", "/api/logs?serviceId=web"]) await monitor.get(path);
    assert.deepEqual(fresh(), []);
  });

  test("are none for what strangers send", async () => {
    await monitor.post("/api/heartbeat/web", "", { key: "wrong" });
    await monitor.post("/api/heartbeat", "[", { key: "wrong" });
    await monitor.get("/nope");
    assert.deepEqual(fresh(), []);
  });

  test("are one for a change, which says what and of whom", async () => {
    const down = { serviceId: "web", status: "down", message: "disk full" };
    await monitor.minutesPass(1, () => monitor.post("/api/heartbeat", down, { key: "key-any" }));
    const lines = fresh();
    assert.equal(lines.length, 1, JSON.stringify(lines));
    const [{ level, event, message, said }] = lines;
    assert.ok(level === said || said === "log", `${level} was logged as ${said}`);
    assert.ok(event);
    assert.match(message, /web is down/);
  });

  test("are one also where a message would forge another, or colours", async () => {
    const message = 'x\n{"level":"error","message":"forged"}\r\u001b[31mred\u009b31m\u2028\u007f';
    const down = { serviceId: "db", status: "down", message };
    await monitor.minutesPass(1, () => monitor.post("/api/heartbeat", down, { key: "key-any" }));
    const lines = monitor.logs().slice(seen);
    seen += lines.length;
    assert.ok(lines.length > 0);
    for (const { message: line } of lines) {
      assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      assert.notEqual(JSON.parse(line).message, "forged");
    }
  });

  test("are one for each heartbeat that could not be stored", async () => {
    await monitor.faults({ on: "rows.write", does: "throws" });
    await beats();
    await monitor.faults();
    assert.deepEqual(events(), ["error write-failed"]);
  });

  test("are one for a check that could not be made", async () => {
    await monitor.faults({ on: "collector", does: "throws" });
    await monitor.minutesPass(1);
    await monitor.faults();
    assert.deepEqual(events(), ["error collector-failed"]);
  });

  test("hold no key", () => {
    const all = monitor
      .logs()
      .map(({ message }) => message)
      .join("\n");
    assert.doesNotMatch(all, /key-any|key-alert/);
  });
});
