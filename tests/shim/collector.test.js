// The collector in plain Node: a core that follows a script, and a table in memory.

import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { mock, test } from "node:test";

import { FakeStorage } from "./storage.js";

const kWorkers = "data:text/javascript,export class DurableObject { constructor(ctx) { this.ctx = ctx; } }";
registerHooks({
  resolve: (name, context, next) =>
    name === "cloudflare:workers" ? { url: kWorkers, shortCircuit: true } : next(name, context),
});
const { collectorClass, CollectorStore } = await import("../../shim/collector.js");

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const nothing = new Uint8Array();
const reply = { status: 200, headers: [] };

// `step` is the core's, given what it was told: the event, and what was read.
function world({ step, kv = {}, call }) {
  const storage = new FakeStorage();
  const core = { step: (event, body, read) => step(event, read) };
  const Collector = collectorClass({ core, kv, now: () => 0, call });
  const collector = new Collector({ storage });
  const rowNamed = (key) => storage.sql.exec("SELECT value FROM doc WHERE key = ?", key).toArray()[0];
  return {
    storage,
    collector,
    textOf: (key) => rowNamed(key) && decoder.decode(rowNamed(key).value.subarray(1)),
  };
}

const parts = (...texts) => [undefined, ...texts.map((text) => encoder.encode(text))];

test("nothing is sent before the rows of the same answer are written", async () => {
  const stored = [];
  const first = {
    header: { rows: [{ key: "outbox", part: 1 }], sends: [{ url: "https://a.example/", part: 2 }], reply },
    parts: parts("under way", "hello"),
  };
  const { collector, textOf } = world({
    step: (event, { answers }) => (answers ? { header: { reply }, parts: [] } : first),
    call: async () => {
      stored.push(textOf("outbox"));
      return new Response("ok");
    },
  });
  await collector.run({ kind: "tell" }, nothing);
  assert.deepEqual(stored, ["under way"]);
});

test("where rows cannot be written, what the core remembered before is still true", async () => {
  const memos = [];
  const { collector, storage } = world({
    step: ({ memo, next }) => {
      memos.push(memo);
      return { header: { rows: [{ key: "beat", part: 1 }], memo: next, reply }, parts: parts(next) };
    },
  });
  await collector.run({ next: "one" }, nothing);
  storage.isFull = true;
  await assert.rejects(collector.run({ next: "two" }, nothing));
  storage.isFull = false;
  await collector.run({ next: "three" }, nothing);
  assert.deepEqual(memos, ["", "one", "one"]);
});

test("rows are written all or none", async () => {
  const { collector, storage, textOf } = world({
    step: () => ({
      header: { rows: ["state", "outbox"].map((key, i) => ({ key, part: i + 1 })), reply },
      parts: parts("a", "b"),
    }),
  });
  const { exec } = storage.sql;
  storage.sql.exec = (sql, key, ...rest) => {
    if (sql.startsWith("INSERT") && key === "outbox") throw new Error("database or disk is full");
    return exec(sql, ...[key, ...rest].filter((value) => value !== undefined));
  };
  await assert.rejects(collector.run({}, nothing));
  assert.equal(textOf("state"), undefined);
});

test("rows that were read before a document was waited for are read again", async () => {
  const seen = [];
  const { collector } = world({
    step: ({ text }, { documents, ranges, rows }) => {
      if (text) return { header: { rows: [{ key: "tick", part: 1 }], reply }, parts: parts(text) };
      if (ranges.length === 0) return { header: { needsRows: [{ from: "tick", until: "" }] }, parts: [] };
      if (documents.length === 0) return { header: { needs: ["monitor:data"] }, parts: [] };
      seen.push(...rows.map(({ bytes }) => decoder.decode(bytes)));
      return { header: { reply }, parts: [] };
    },
    kv: {
      get: async () => {
        await collector.run({ text: "later" }, nothing);
        return null;
      },
    },
  });
  await collector.run({ text: "before" }, nothing);
  await collector.run({}, nothing);
  assert.deepEqual(seen, ["later"]);
});

test("the core is told of each put whether it is stored", async (t) => {
  t.mock.method(console, "warn", () => {});
  const told = [];
  const first = {
    header: { puts: ["monitor:latest", "monitor:data"].map((key, i) => ({ key, part: i + 1 })), reply },
    parts: parts("{}", "{}"),
  };
  const { collector } = world({
    step: (event, { results }) => {
      if (!results) return first;
      told.push(...results);
      return { header: { reply }, parts: [] };
    },
    kv: {
      put: async (key) => {
        if (key === "monitor:data") throw new Error("KV PUT failed: 429 Too Many Requests");
      },
    },
  });
  await collector.run({ kind: "publish" }, nothing);
  assert.deepEqual(told, [
    { key: "monitor:latest" },
    { key: "monitor:data", error: "KV PUT failed: 429 Too Many Requests" },
  ]);
});

test("the collector is asked once more when it was just moved, not when it has too much to do", async () => {
  const asked = async (error) => {
    const run = mock.fn(async () => Promise.reject(Object.assign(new Error("no"), error)));
    const namespace = { idFromName: (name) => name, get: () => ({ run }) };
    await assert.rejects(new CollectorStore({ namespace }).run({}, nothing));
    return run.mock.callCount();
  };
  assert.equal(await asked({ retryable: true }), 2);
  assert.equal(await asked({ retryable: true, overloaded: true }), 1);
  assert.equal(await asked({}), 1);
});
