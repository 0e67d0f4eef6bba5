// A collector that is new, or comes back, goes on from what KV has.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "../harness.js";

const kKeys = ["monitor:latest", "monitor:data", "recent:alerts"];
const config = {
  services: {
    services: ["web", "db", "mail"].map((id) => ({ id, stalenessThreshold: 120, auth: { required: false } })),
  },
};

async function put(monitor, documents) {
  const kv = await monitor.kv();
  for (const [key, text] of Object.entries(documents)) await kv.put(key, text);
}

// Of what a monitor tells its readers.
async function view(monitor) {
  const { summary } = (await monitor.get("/api/status")).body;
  const { alerts } = (await monitor.get("/api/alerts/recent")).body;
  const { days } = (await monitor.get("/api/uptime?serviceId=web&days=1")).body;
  return {
    services: summary.results.map(({ serviceId, status, since, lastSeen }) => [
      serviceId,
      status,
      since,
      lastSeen,
    ]),
    told: alerts.map(({ title }) => title),
    downMinutes: days[0].downChecks,
  };
}
const statuses = async (monitor) =>
  Object.fromEntries((await view(monitor)).services.map(([id, status]) => [id, status]));

describe("taking over", () => {
  let alone, monitor;
  before(async () => {
    alone = await startMonitor({ config, collector: false });
    await alone.post("/api/heartbeat", { serviceId: "web" });
    await alone.minutesPass(5, () => alone.post("/api/heartbeat", { serviceId: "db" }));
    monitor = await startMonitor({ config, now: alone.now });
    await put(monitor, await alone.published());
  });
  after(() => Promise.all([alone.close(), monitor.close()]));

  test("a new collector has the statuses, times, alerts and minutes that KV has, and tells nothing again", async () => {
    const expected = await view(alone);
    assert.deepEqual(expected.told, ["web is down"]);
    await monitor.advance(60);
    assert.equal((await monitor.post("/api/heartbeat", { serviceId: "db" })).status, 200);
    await monitor.check();
    expected.services[1][3] = new Date(monitor.now).toISOString();
    const { downMinutes, ...seen } = await view(monitor);
    assert.deepEqual(seen, { services: expected.services, told: expected.told });
    assert.ok(downMinutes >= expected.downMinutes);
    assert.ok(monitor.lines().some(({ event }) => event === "taken-over"));
  });

  test("its incidents go on from the alerts", async () => {
    const { incidents } = (await monitor.get("/api/incidents?serviceId=web")).body;
    assert.deepEqual(
      incidents.map(({ status, end }) => [status, end]),
      [["down", null]],
    );
  });

  test("what a time of KV only decided is taken over after it", async () => {
    await put(alone, await monitor.published());
    await alone.advance(60);
    await alone.minutesPass(6, () => alone.post("/api/heartbeat", { serviceId: "mail" }));
    assert.deepEqual(await statuses(alone), { web: "down", db: "down", mail: "up" });
    await put(monitor, await alone.published());
    await monitor.advance(6 * 60);
    await monitor.post("/api/heartbeat", { serviceId: "web" });
    await monitor.check();
    assert.deepEqual(await statuses(monitor), { web: "up", db: "down", mail: "up" });
    assert.deepEqual((await view(monitor)).told, ["web is up", "db is down", "web is down"]);
  });

  test("a document of a later revision is taken over by the check after the publishing that met it", async () => {
    const data = JSON.parse((await monitor.published())["monitor:data"]);
    data.revision = monitor.now + 1;
    data.check.services.mail[0] = "degraded";
    await put(monitor, { "monitor:data": JSON.stringify(data) });
    await monitor.minutesPass(6, () => monitor.post("/api/heartbeat", { services: ["web", "mail"] }));
    const { incidents } = (await monitor.get("/api/incidents?serviceId=mail")).body;
    const told = (await view(monitor)).told;
    assert.equal(told[0], "mail is up", JSON.stringify({ told, incidents }));
  });

  test("one of an earlier revision is not, and is written over", async () => {
    const before = await monitor.published();
    const data = JSON.parse(before["monitor:data"]);
    data.revision -= 60_000;
    data.check.services.mail[0] = "degraded";
    data.summary.states.mail[0] = "degraded";
    await put(monitor, { "monitor:data": JSON.stringify(data) });
    await monitor.minutesPass(6, () => monitor.post("/api/heartbeat", { services: ["web", "mail"] }));
    assert.equal((await statuses(monitor)).mail, "up");
    assert.equal((await view(monitor)).told[0], "mail is up");
    assert.equal((await monitor.published())["recent:alerts"], before["recent:alerts"]);
  });
});

describe("a new collector that cannot read KV", () => {
  let monitor;
  before(async () => (monitor = await startMonitor({ config })));
  after(() => monitor.close());

  for (const key of kKeys) {
    test(`not even ${key}, stores heartbeats and judges nothing`, async () => {
      await monitor.renew();
      await monitor.faults({ on: "kv.get", key, does: "throws" });
      await monitor.minutesPass(2, async () => {
        assert.equal((await monitor.post("/api/heartbeat", { serviceId: "web" })).status, 200);
      });
      assert.deepEqual(Object.keys(await monitor.rows()), ["beat:0001", "beat:0002"]);
      const health = await monitor.get("/healthz");
      assert.deepEqual([health.status, health.body.lastCheck], [503, null]);
      assert.equal(monitor.lines().at(-1).event, "judged-nothing");

      await monitor.faults();
      await monitor.minutesPass(1);
      assert.equal((await statuses(monitor)).web, "up");
      assert.equal((await monitor.get("/healthz")).status, 200);
    });
  }

  for (const [name, text] of Object.entries({ empty: "", "cut off": '{"version":1,"su', nonsense: "[7]" })) {
    test(`starts at once when the documents are ${name}`, async () => {
      await monitor.renew();
      await put(monitor, Object.fromEntries(kKeys.map((key) => [key, text])));
      await monitor.minutesPass(1, () => monitor.post("/api/heartbeat", { serviceId: "db" }));
      assert.equal((await statuses(monitor)).db, "up");
      assert.equal(JSON.parse((await monitor.published())["monitor:data"]).version, 1);
    });
  }
});
