import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startMonitor } from "./harness.js";
import { kModes } from "./modes.js";

const kOrigin = "https://status.example";
const config = {
  services: { services: [{ id: "web", name: "<b>Web</b>", auth: { required: false } }] },
  settings: { allowedOrigins: [kOrigin] },
  dashboard: { customCss: ".card { color: teal }", header: { title: "</script><script>alert(1)</script>" } },
};
const readable = [
  "/api/status",
  "/api/history?ids=web",
  "/api/uptime?serviceId=web",
  "/api/export.csv?from=2026-11-21&to=2026-11-22",
  "/api/logs?serviceId=web",
  "/api/incidents?serviceId=web",
  "/api/services",
  "/api/alerts/recent",
  "/custom.css",
  "/",
];

for (const { mode, collector, selfStatus } of kModes)
  describe(`HTTP ${mode}`, () => {
    let monitor;
    before(async () => (monitor = await startMonitor({ config, collector })));
    after(() => monitor.close());

    for (const path of readable) {
      test(`GET ${path} is answered, HEAD alike without a body`, async () => {
        const get = await monitor.get(path);
        assert.equal(get.status, 200);
        assert.ok(get.body);
        assert.equal(get.headers.get("X-Content-Type-Options"), "nosniff");
        assert.ok(get.headers.get("Referrer-Policy"));
        const head = await monitor.request("HEAD", path);
        assert.equal(head.status, 200);
        assert.equal(head.body, "");
        assert.equal(head.headers.get("Content-Type"), get.headers.get("Content-Type"));
      });

      test(`POST ${path} is 405 with Allow, OPTIONS is a preflight`, async () => {
        const post = await monitor.post(path, "{}");
        assert.equal(post.status, 405);
        assert.match(post.headers.get("Allow"), /GET/);
        assert.equal(typeof post.body.error, "string");
        const options = await monitor.request("OPTIONS", path);
        assert.deepEqual([options.status, options.body], [204, ""]);
      });
    }

    test("a trailing slash is accepted", async () => {
      for (const path of ["/api/status/", "/api/services/", "/custom.css/", "/api/uptime/?serviceId=web"]) {
        assert.equal((await monitor.get(path)).status, 200, path);
      }
    });

    test("unknown paths are 404 whatever the method", async () => {
      for (const path of ["/nope", "/api", "/api/nope", "/api/status/x", "/%2e%2e/x"]) {
        for (const method of ["GET", "POST", "DELETE", "OPTIONS"]) {
          const { status, body } = await monitor.request(method, path);
          assert.equal(status, 404, `${method} ${path}`);
          assert.equal(typeof body.error, "string");
        }
      }
    });

    test("a heartbeat is POST only, and OPTIONS never counts as one", async () => {
      for (const method of ["GET", "PUT", "DELETE", "PATCH", "MERGE"]) {
        const { status, headers } = await monitor.request(method, "/api/heartbeat");
        assert.equal(status, 405, method);
        assert.match(headers.get("Allow"), /POST/);
      }
      assert.equal((await monitor.request("OPTIONS", "/api/heartbeat/web")).status, 204);
      assert.deepEqual(await monitor.lastSeen(), {});
    });

    test("/api/self needs the collector, and a key", async () => {
      const { status, body } = await monitor.get("/api/self");
      assert.equal(status, selfStatus);
      assert.equal(typeof body.error, "string");
    });

    test("an origin on the list is allowed on every answer, errors included", async () => {
      for (const path of ["/api/status", "/api/uptime", "/nope"]) {
        const { headers } = await monitor.get(path, { headers: { Origin: kOrigin } });
        assert.equal(headers.get("Access-Control-Allow-Origin"), kOrigin, path);
        assert.match(headers.get("Vary"), /Origin/);
      }
    });

    test("other origins are not", async () => {
      for (const origin of ["https://evil.example", `${kOrigin}.evil.example`, "null"]) {
        const { headers } = await monitor.get("/api/status", { headers: { Origin: origin } });
        assert.equal(headers.get("Access-Control-Allow-Origin"), null, origin);
      }
    });

    test("a preflight names methods, headers and its age", async () => {
      const { status, headers } = await monitor.request("OPTIONS", "/api/heartbeat", {
        headers: { Origin: kOrigin },
      });
      assert.equal(status, 204);
      assert.match(headers.get("Access-Control-Allow-Methods"), /POST/);
      assert.equal(headers.get("Access-Control-Allow-Headers"), "Content-Type, Authorization");
      assert.equal(headers.get("Access-Control-Max-Age"), "600");
    });

    test("API answers are not cached", async () => {
      assert.equal((await monitor.get("/api/status")).headers.get("Cache-Control"), "no-store");
    });

    test("the page keeps scripts out, its own data included", async () => {
      const { headers, body } = await monitor.get("/");
      assert.match(headers.get("Content-Type"), /^text\/html/);
      assert.equal(headers.get("Cache-Control"), "no-store");
      const policy = headers.get("Content-Security-Policy");
      assert.match(policy, /frame-ancestors 'none'/);
      assert.doesNotMatch(policy, /unsafe-/);
      assert.ok(!body.includes("<b>Web</b>") && !body.includes("<script>alert(1)"));
      assert.match(body, /<script[^>]* type="application\/json"/);
    });

    test("/custom.css is the configured style", async () => {
      const { headers, body } = await monitor.get("/custom.css");
      assert.match(headers.get("Content-Type"), /^text\/css/);
      assert.ok(body.includes(".card { color: teal }"));
    });
  });

for (const { mode, collector } of kModes)
  describe(`switches ${mode}`, () => {
    const off = {
      enableHeartbeatEndpoint: ["/api/heartbeat", "/api/heartbeat/web", "/api/verify"],
      enableStatusEndpoint: ["/api/status"],
      enableUptimeEndpoint: ["/api/uptime", "/api/history"],
      enableLogsEndpoint: ["/api/logs", "/api/incidents"],
      enableServicesEndpoint: ["/api/services"],
      enableExportEndpoint: ["/api/export.csv"],
      enableAlertHistoryEndpoint: ["/api/alerts/recent"],
    };

    test("an endpoint that is switched off is 403 by its name, and its methods stay", async () => {
      const api = Object.fromEntries(Object.keys(off).map((name) => [name, false]));
      const monitor = await startMonitor({ config: { ...config, settings: { api } }, collector });
      try {
        for (const path of Object.values(off).flat()) {
          const method = off.enableHeartbeatEndpoint.includes(path) ? "POST" : "GET";
          const { status, body } = await monitor.request(method, path);
          assert.equal(status, 403, path);
          assert.deepEqual(body, { error: `${path} is disabled` });
          assert.equal((await monitor.request("PUT", path)).status, 405, path);
          assert.equal((await monitor.request("OPTIONS", path)).status, 204, path);
        }
        for (const path of ["/", "/custom.css"]) assert.equal((await monitor.get(path)).status, 200, path);
      } finally {
        await monitor.close();
      }
    });
  });
