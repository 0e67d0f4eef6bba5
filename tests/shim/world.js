// The Worker in plain Node: the real core and the real shim, a KV with KV's bad habits, and a clock that the test
// moves.

import { readFileSync } from "node:fs";
import { mock } from "node:test";

import { keepingFor } from "../../shim/cache.js";
import { Core } from "../../shim/core.js";
import { handlers } from "../../shim/handlers.js";
import { KvStore } from "../../shim/kv.js";

export const kWasm = readFileSync(new URL("../../build/core.wasm", import.meta.url));
export const kStart = Date.parse("2026-11-22T06:00:00.000Z");
const kModule = new WebAssembly.Module(kWasm);

// `services` are ids, or what the file has of a service.
export function makeCore({ services = [], env = {} } = {}) {
  const all = services.map((one) => (typeof one === "string" ? { id: one } : one));
  const group = { id: "all", services: all.map(({ id }) => id), auth: { required: false } };
  return new Core(kModule, env, {
    services: JSON.stringify({ groups: [group], services: all }),
    notifications: "{}",
    settings: "{}",
    dashboard: "{}",
    page: readFileSync(new URL("../../dashboard/page.html", import.meta.url), "utf8"),
  });
}

// What the event of a request says, in its order.
export function requestIn(event) {
  const view = new DataView(event.buffer, event.byteOffset);
  const [protocol, kind, decided] = event;
  const end = 7 + view.getUint32(3, true);
  const texts = new TextDecoder().decode(event.subarray(7, end)).split("\n");
  const [method, path, query, base, authorization, origin, colo, country] = texts;
  const head = { method, path, query, base, authorization, origin, colo, country };
  return { protocol, kind, decided, ...head, body: event.subarray(end) };
}

// Like Cloudflare's: a value is seen `lagMs` after its put, a second put of a key within a second is refused, and
// everything takes a while.
export class FakeKv {
  lagMs = 0;
  slowMs = 20;
  failReads = 0; // how many of the next reads fail
  failPuts = []; // what the next puts throw; undefined lets one pass
  puts = [];
  refused = 0; // because they came too early

  async get(key, { type, cacheTtl }) {
    if (!["arrayBuffer", "stream"].includes(type) || cacheTtl < 30)
      throw new Error("an option KV would not take");
    await pause(this.slowMs);
    if (this.failReads-- > 0) throw new Error("KV GET failed: 500 Internal Server Error");
    const seen = this.puts.filter((put) => put.key === key && put.at + this.lagMs <= Date.now()).at(-1);
    if (!seen) return null;
    return type === "stream" ? new Blob([seen.bytes]).stream() : seen.bytes.slice().buffer;
  }

  async put(key, bytes) {
    const at = Date.now();
    await pause(this.slowMs);
    if (this.failPuts.length > 0 && this.failPuts[0]) throw new Error(this.failPuts.shift());
    this.failPuts.shift();
    const before = this.puts.filter((put) => put.key === key).at(-1);
    if (before && at - before.at < 1_000) {
      this.refused++;
      throw new Error("KV PUT failed: 429 Too Many Requests");
    }
    this.puts.push({ key, bytes: new Uint8Array(bytes), at });
  }

  // The documents as they were put, oldest first.
  written(key) {
    return this.puts
      .filter((put) => put.key === key)
      .map(({ bytes }) => JSON.parse(new TextDecoder().decode(bytes)));
  }
}

export class World {
  kv = new FakeKv();
  logs = [];

  constructor({ services = ["web"], core = makeCore({ services }), limiters, readers } = {}) {
    mock.timers.enable({ apis: ["Date", "setTimeout"], now: kStart });
    for (const level of ["info", "warn", "error"]) {
      // Node's own warnings come through here too.
      mock.method(console, level, (line) => line.startsWith("{") && this.logs.push(JSON.parse(line)));
    }
    this.core = core;
    const store = new KvStore({ kv: this.kv, core, now: Date.now, waitUntil() {} });
    const fresh = handlers({ core, store, now: Date.now, limiters, platform: {} });
    this.worker = readers ? keepingFor(readers, fresh) : fresh;
  }

  fetch(path, init) {
    return this.worker.fetch(new Request(`https://monitor.example${path}`, init));
  }

  beat(serviceId) {
    return this.fetch("/api/heartbeat", { method: "POST", body: JSON.stringify({ serviceId }) });
  }

  // Lets time pass, in small steps, until the promise is settled.
  async until(promise) {
    let settled = false;
    const settle = () => (settled = true);
    promise.then(settle, settle);
    for (let i = 0; !settled && i < 10_000; i++) {
      await breathe();
      mock.timers.tick(10);
    }
    return promise;
  }

  async advance(ms) {
    for (const end = Date.now() + ms; Date.now() < end; await breathe()) mock.timers.tick(10);
  }

  close() {
    mock.timers.reset();
    mock.restoreAll();
  }
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const breathe = () => new Promise((resolve) => setImmediate(resolve));
