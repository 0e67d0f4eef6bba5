// The address of a deployed monitor, out of what wrangler writes down.
import assert from "node:assert/strict";
import { test } from "node:test";
import { urlOf } from "../../scripts/lib/deployed.mjs";

const dev = "https://heartbeat-monitor.example.workers.dev";
const schedule = "schedule: * * * * *";
const entry = (targets) => `${JSON.stringify({ type: "deploy", targets })}\n`;

test("it is that of a custom domain, else of a route to all of a host, else of workers.dev", () => {
  assert.equal(urlOf(`{"type":"wrangler-session"}\n${entry([dev, schedule])}`), dev);
  for (const target of [
    "status.example.com (custom domain)",
    "status.example.com (custom domain - zone name: example.com)",
    "status.example.com (custom domain) [production: enabled]",
    "status.example.com/*",
    "status.example.com/* (zone name: example.com)",
    "https://status.example.com/* (zone id: 0123)",
  ]) {
    assert.equal(urlOf(entry([dev, target, schedule])), "https://status.example.com", target);
  }
});

test("a route to a part of a host, or to many hosts, is none", () => {
  for (const target of [
    "example.com/status/*",
    "*.example.com/*",
    "*example.com/* (zone name: example.com)",
    schedule,
  ]) {
    assert.equal(urlOf(entry([target])), undefined, target);
    assert.equal(urlOf(entry([target, dev])), dev, target);
  }
});
