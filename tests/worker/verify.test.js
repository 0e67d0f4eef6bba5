import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { kStart, startMonitor } from "./harness.js";
import { kModes } from "./modes.js";

const config = {
  services: { services: [{ id: "web" }, { id: "db" }] },
  settings: { allowedOrigins: ["https://status.example"] },
};
const secrets = { API_KEYS: JSON.stringify({ web: "key-web", db: "key-db" }) };
const timestamp = new Date(kStart).toISOString();

for (const { mode, collector } of kModes)
  describe(`POST /api/verify ${mode}`, () => {
    let monitor;
    before(async () => (monitor = await startMonitor({ config, secrets, collector })));
    after(() => monitor.close());

    const verify = (body, key) => monitor.post("/api/verify", body, { key });

    test("a request that would be refused as a heartbeat is, and nothing is stored", async () => {
      const cases = [
        [{ serviceId: "nobody" }, "key-web", 404, "Unknown serviceId"],
        [{ serviceId: "web" }, "key-db", 401, "Invalid API key"],
        [{ serviceId: "web" }, undefined, 401, "No key was sent; send it as Authorization: Bearer KEY"],
        ["{", "key-web", 400, "The body must be JSON"],
      ];
      for (const [body, key, status, error] of cases) {
        const reply = await verify(body, key);
        assert.deepEqual([reply.status, reply.body], [status, { error }]);
      }
      assert.deepEqual(await monitor.stored(), {});
    });

    test("one that would be accepted goes the whole way and counts for nobody", async () => {
      const { status, body } = await verify({ serviceId: "web", status: "down" }, "key-web");
      assert.equal(status, 200);
      const { success, stored, edge, results } = body;
      assert.deepEqual({ success, stored }, { success: true, stored: collector });
      assert.deepEqual(results, [{ serviceId: "web", success: true, timestamp }]);
      assert.equal(body.collector, collector ? edge : undefined);
      assert.deepEqual(Object.keys(await monitor.stored()), collector ? ["verify"] : []);
      await monitor.check();
      const { summary } = (await monitor.get("/api/status")).body;
      assert.equal(summary.servicesUnknown, 2);
    });

    test("of a batch each entry is answered", async () => {
      const { status, body } = await verify({ services: ["web", "db", "nobody"] }, "key-web");
      assert.equal(status, 207);
      const said = body.results.map(({ success, error }) => (success ? "ok" : error));
      assert.deepEqual(said, ["ok", "Invalid API key", "Unknown serviceId"]);
    });

    test("a page of an origin on the list may read it", async () => {
      const headers = { Origin: "https://status.example" };
      const { headers: answered } = await monitor.post(
        "/api/verify",
        { serviceId: "web" },
        { headers, key: "key-web" },
      );
      assert.equal(answered.get("Access-Control-Allow-Origin"), "https://status.example");
      const preflight = await monitor.request("OPTIONS", "/api/verify", { headers });
      assert.match(preflight.headers.get("Access-Control-Allow-Methods"), /POST/);
    });
  });

test("the collector is made where the settings want it", async () => {
  for (const collectorLocation of ["weur", undefined]) {
    const settings = { monitoring: { collectorLocation } };
    const monitor = await startMonitor({ config: { ...config, settings }, secrets });
    try {
      assert.equal((await monitor.post("/api/verify", { serviceId: "web" }, { key: "key-web" })).status, 200);
      assert.equal((await monitor.calls()).locationHint, collectorLocation);
    } finally {
      await monitor.close();
    }
  }
});

test("what was not stored is not verified", async () => {
  const monitor = await startMonitor({ config, secrets });
  try {
    await monitor.faults({ on: "rows.write", key: "verify", does: "throws" });
    const { status } = await monitor.post("/api/verify", { serviceId: "web" }, { key: "key-web" });
    assert.equal(status, 503);
  } finally {
    await monitor.close();
  }
});
