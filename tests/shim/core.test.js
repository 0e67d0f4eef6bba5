import assert from "node:assert/strict";
import { test } from "node:test";

import { kStart, kWasm, makeCore } from "./world.js";

const nothing = new Uint8Array();

function get(core, path, documents = []) {
  return core.step({ method: "GET", path, now: kStart, place: "alone", headers: {} }, nothing, { documents });
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
test("core.wasm has less than 540 kB", () => {
  assert.ok(kWasm.length < 540_000, `${kWasm.length} bytes`);
});

test("a configuration without fault is answered with what the core wants to see of requests", () => {
  const { faults, bodyLimit, headers } = makeCore({ services: ["web"] }).configured;
  assert.deepEqual({ faults, bodyLimit }, { faults: [], bodyLimit: 1_048_577 });
  assert.deepEqual(headers.toSorted(), ["authorization", "origin"]);
});

test("a step that lacks documents names them, with them it replies", () => {
  const core = makeCore({ services: ["web"] });
  const { needs } = get(core, "/api/status").header;
  assert.ok(needs.includes("monitor:latest") && needs.includes("monitor:data"));
  const answer = get(
    core,
    "/api/status",
    needs.map((key) => ({ key, state: "absent" })),
  );
  assert.equal(answer.header.reply.status, 200);
  assert.equal(JSON.parse(new TextDecoder().decode(answer.parts[answer.header.reply.part])).summary, null);
});

test("parts are copies that the next step leaves alone", () => {
  const core = makeCore({ services: ["web"] });
  const { header, parts } = get(core, "/api/services");
  const before = new TextDecoder().decode(parts[header.reply.part]);
  get(core, "/no/such/path");
  assert.equal(new TextDecoder().decode(parts[header.reply.part]), before);
});

test("a document larger than the memory so far crosses the boundary unharmed", () => {
  const core = makeCore({ services: ["web"] });
  const padding = Object.fromEntries(
    Array.from({ length: 300_000 }, (_, i) => [`old-${i}`, "2026-11-22T05:00:00.000Z"]),
  );
  const stored = new TextEncoder().encode(JSON.stringify(padding));
  const beat = new TextEncoder().encode('{"web":"2026-11-22T06:00:00.000Z"}');
  const { header, parts } = core.step(
    { kind: "merge", path: "monitor:latest", now: kStart, place: "alone" },
    nothing,
    { documents: [stored, beat].map((bytes) => ({ key: "monitor:latest", state: "found", bytes })) },
  );
  const merged = JSON.parse(new TextDecoder().decode(parts[header.puts[0].part]));
  assert.deepEqual(merged, { ...padding, web: "2026-11-22T06:00:00.000Z" });
});

test("after a trap the next step has a fresh instance with the same configuration", (t) => {
  const core = makeCore({ services: ["web"] });
  const { header, parts } = get(core, "/api/services");
  const instances = t.mock.method(WebAssembly, "Instance");
  const tooLarge = { length: 3_900_000_000 }; // more than the memory can grow to
  const event = { method: "GET", path: "/", now: kStart, place: "alone", headers: {} };
  assert.throws(() => core.step(event, tooLarge));
  assert.deepEqual(get(core, "/api/services"), { header, parts });
  assert.equal(instances.mock.callCount(), 1);
});
