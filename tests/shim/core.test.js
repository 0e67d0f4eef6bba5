import assert from "node:assert/strict";
import { test } from "node:test";

import { cronEvent, mergeEvent, requestEvent } from "../../shim/frames.js";
import { kStart, kWasm, makeCore } from "./world.js";

const textOf = (bytes) => new TextDecoder().decode(bytes);
const getEvent = (path) => requestEvent(["GET", path, "", "", "", "", "", ""], new Uint8Array());

function get(core, path, documents = []) {
  return core.step({ now: kStart, documents }, getEvent(path));
}

test("core.wasm imports nothing but the notice of growth and the exit, which newer compilers leave out", () => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(kWasm)).map(
    ({ module, name }) => `${module}.${name}`,
  );
  const known = ["env.emscripten_notify_memory_growth", "wasi_snapshot_preview1.proc_exit"];
  assert.deepEqual(
    imports.filter((name) => !known.includes(name)),
    [],
  );
});

// The newest compiler's is larger than the one that is shipped.
test("core.wasm has less than 840 kB", () => {
  assert.ok(kWasm.length < 880_000, `${kWasm.length} bytes`);
});

test("a configuration without fault is answered with what the core wants to see of requests", () => {
  const { faults, bodyLimit, timezone } = makeCore({ services: ["web"] }).configured;
  assert.deepEqual({ faults, bodyLimit, timezone }, { faults: [], bodyLimit: 4_194_305, timezone: "UTC" });
});

test("a step that lacks documents names them, with them it replies", () => {
  const core = makeCore({ services: ["web"] });
  const ask = get(core, "/api/status");
  assert.equal(ask.kind, "ask");
  assert.deepEqual(ask.documents, [
    { key: "monitor:latest", head: 0 },
    { key: "monitor:data", head: 0 },
  ]);
  const absent = ask.documents.map(({ key }) => ({ key, state: "absent" }));
  const { reply } = get(core, "/api/status", absent);
  assert.equal(reply.status, 200);
  assert.equal(JSON.parse(textOf(reply.body)).summary, null);
});

test("parts are copies that the next step leaves alone", () => {
  const core = makeCore({ services: ["web"] });
  const { reply } = get(core, "/api/services");
  const before = textOf(reply.body);
  get(core, "/no/such/path");
  assert.equal(textOf(reply.body), before);
});

test("a document larger than the memory so far crosses the boundary unharmed", () => {
  const core = makeCore({ services: ["web"] });
  const padding = Object.fromEntries(
    Array.from({ length: 300_000 }, (_, i) => [`old-${i}`, "2026-11-22T05:00:00.000Z"]),
  );
  const stored = new TextEncoder().encode(JSON.stringify(padding));
  const beat = new TextEncoder().encode('{"web":"2026-11-22T06:00:00.000Z"}');
  const { puts } = core.step({ now: kStart }, mergeEvent("monitor:latest", [stored, beat]));
  assert.deepEqual(JSON.parse(textOf(puts[0].bytes)), { ...padding, web: "2026-11-22T06:00:00.000Z" });
});

test("after a trap the next step has a fresh instance with the same configuration", (t) => {
  const core = makeCore({ services: ["web"] });
  const before = get(core, "/api/services");
  const instances = t.mock.method(WebAssembly, "Instance");
  const tooLarge = { length: 3_900_000_000 }; // more than the memory can grow to
  assert.throws(() => core.step({ now: kStart }, tooLarge));
  assert.deepEqual(get(core, "/api/services"), before);
  assert.equal(instances.mock.callCount(), 1);
});

test("an event that the core cannot read is answered, and the log says so", () => {
  const core = makeCore({ services: ["web"] });
  const other = getEvent("/api/services");
  other[0]++; // its protocol
  const { reply, logs } = core.step({ now: kStart }, other);
  assert.equal(reply.status, 503);
  assert.equal(reply.headers["Retry-After"], "10");
  assert.deepEqual(
    logs.map(({ level, event }) => ({ level, event })),
    [{ level: "error", event: "other-version" }],
  );
});

test("what is put takes the place of a document that is given, and of no other", () => {
  const core = makeCore({ services: ["web"] });
  const cron = cronEvent(kStart);
  const bytes = new Uint8Array(100_000).fill(0x20);
  bytes.set(new TextEncoder().encode("{}"));
  const documents = [
    { key: "monitor:latest", state: "absent" },
    { key: "monitor:data", state: "found", bytes },
  ];
  const kept = core.step({ now: kStart, documents }, cron).puts[0].bytes;
  assert.notEqual(kept.buffer, bytes.buffer);
  assert.equal(textOf(bytes).trim(), "{}");
  const put = core.step({ now: kStart, documents, given: documents }, cron).puts[0].bytes;
  assert.equal(put.buffer, bytes.buffer);
  assert.equal(textOf(put), textOf(kept));
});

test("what is larger than the document that is given has memory of its own", () => {
  const core = makeCore({ services: ["web"] });
  const documents = [
    { key: "monitor:latest", state: "absent" },
    { key: "monitor:data", state: "found", bytes: new TextEncoder().encode("{}") },
  ];
  const [{ bytes }] = core.step({ now: kStart, documents, given: documents }, cronEvent(kStart)).puts;
  assert.equal(JSON.parse(textOf(bytes)).version, 1);
});
