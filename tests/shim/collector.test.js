// The collector in plain Node: a core that follows a script, and a table in memory.

import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { mock, test } from "node:test";

import { ask, bytesOf, done, named, reply } from "./outcomes.js";
import { FakeStorage } from "./storage.js";

const kWorkers = "data:text/javascript,export class DurableObject { constructor(ctx) { this.ctx = ctx; } }";
registerHooks({
  resolve: (name, context, next) =>
    name === "cloudflare:workers" ? { url: kWorkers, shortCircuit: true } : next(name, context),
});
const { collectorClass, CollectorStore } = await import("../../shim/collector.js");

const decoder = new TextDecoder();
const textsOf = (rows) => rows.map(({ bytes }) => decoder.decode(bytes));

// `step` is the core's, with the text that the event is.
function world({ step, kv = {}, call }) {
  const storage = new FakeStorage();
  const core = {
    configured: { timezone: "UTC" },
    step: (input, event) => step(input, decoder.decode(event)),
  };
  const Collector = collectorClass({ core, kv, now: () => 0, platform: { call } });
  const collector = new Collector({ storage });
  const rowNamed = (key) => storage.sql.exec("SELECT value FROM doc WHERE key = ?", key).toArray()[0];
  return {
    storage,
    collector,
    textOf: (key) => rowNamed(key) && decoder.decode(rowNamed(key).value.subarray(1)),
  };
}

test("nothing is sent before the rows of the same answer are written", async () => {
  const stored = [];
  const sends = [{ via: "request", url: "https://a.example/", method: "POST", headers: {}, body: null }];
  const first = done({ rows: named({ outbox: "under way" }), sends });
  const { collector, textOf } = world({
    step: ({ answers }) => (answers ? done() : first),
    call: async () => {
      stored.push(textOf("outbox"));
      return new Response("ok");
    },
  });
  await collector.run(bytesOf("tell"));
  assert.deepEqual(stored, ["under way"]);
});

test("where rows cannot be written, what the core remembered before is still true", async () => {
  const sessions = [];
  const { collector, storage } = world({
    step: ({ session }, next) => {
      sessions.push(decoder.decode(session));
      return done({ rows: named({ beat: next }), session: bytesOf(next) });
    },
  });
  await collector.run(bytesOf("one"));
  storage.isFull = true;
  await assert.rejects(collector.run(bytesOf("two")));
  storage.isFull = false;
  await collector.run(bytesOf("three"));
  assert.deepEqual(sessions, ["", "one", "one"]);
});

test("rows are written all or none", async () => {
  const { collector, storage, textOf } = world({
    step: () => done({ rows: named({ state: "a", outbox: "b" }) }),
  });
  const { exec } = storage.sql;
  storage.sql.exec = (sql, key, ...rest) => {
    if (sql.startsWith("INSERT") && key === "outbox") throw new Error("database or disk is full");
    return exec(sql, ...[key, ...rest].filter((value) => value !== undefined));
  };
  await assert.rejects(collector.run(bytesOf("check")));
  assert.equal(textOf("state"), undefined);
});

// A document that is not there, and for which so long is waited that something else is written.
async function laterIn(collector) {
  await collector.run(bytesOf("later"));
  return null;
}

test("rows that were read before a document was waited for are read again", async () => {
  const seen = [];
  const { collector } = world({
    step: ({ documents, ranges, rows }, text) => {
      if (text) return done({ rows: named({ tick: text }) });
      if (ranges.length === 0 && documents.length === 0)
        return ask({ ranges: [{ from: "tick", until: "" }] });
      if (documents.length === 0) return ask({ documents: [{ key: "monitor:data", head: 0 }] });
      if (ranges.length === 0) return ask({ ranges: [{ from: "tick", until: "" }] });
      seen.push(...textsOf(rows));
      return done();
    },
    kv: { get: () => laterIn(collector) },
  });
  await collector.run(bytesOf("before"));
  await collector.run(bytesOf(""));
  assert.deepEqual(seen, ["later"]);
});

test("rows that are asked for together with a document are read behind it", async () => {
  const seen = [];
  const { collector } = world({
    step: ({ documents, rows }, text) => {
      if (text) return done({ rows: named({ tick: text }) });
      const range = { from: "tick", until: "" };
      if (documents.length === 0)
        return ask({ documents: [{ key: "monitor:data", head: 0 }], ranges: [range] });
      seen.push(...textsOf(rows));
      return done();
    },
    kv: { get: () => laterIn(collector) },
  });
  await collector.run(bytesOf("before"));
  await collector.run(bytesOf(""));
  assert.deepEqual(seen, ["later"]);
});

test("an edge of a version that sends no bytes is refused, and nothing is done", async () => {
  const step = mock.fn(() => done());
  const { collector } = world({ step });
  await assert.rejects(
    collector.run({ kind: "request", path: "/api/alert" }, new Uint8Array()),
    /another version/,
  );
  assert.equal(step.mock.callCount(), 0);
});

test("what is written with a question is there when it is answered", async () => {
  const { collector } = world({
    step: ({ rows }) => {
      if (rows.length === 0)
        return ask({ rows: named({ verify: "mine" }), ranges: [{ from: "verify", until: "" }] });
      return done({ reply: { ...reply, body: rows[0].bytes } });
    },
  });
  assert.equal(decoder.decode((await collector.run(bytesOf("verify"))).reply.body), "mine");
});

test("the core is told of each put whether it is stored, and is handed no document again", async (t) => {
  t.mock.method(console, "warn", () => {});
  const told = [];
  const { collector } = world({
    step: ({ results, documents }) => {
      if (results) {
        told.push({ results, documents });
        return done();
      }
      if (documents.length === 0) return ask({ documents: [{ key: "monitor:data", head: 0 }] });
      return done({ puts: named({ "monitor:latest": "{}", "monitor:data": "{}" }) });
    },
    kv: {
      get: async () => null,
      put: async (key) => {
        if (key === "monitor:data") throw new Error("KV PUT failed: 429 Too Many Requests");
      },
    },
  });
  await collector.run(bytesOf("publish"));
  assert.deepEqual(told, [
    {
      results: [
        { key: "monitor:latest" },
        { key: "monitor:data", error: "KV PUT failed: 429 Too Many Requests" },
      ],
      documents: [],
    },
  ]);
});

test("what follows a check is handed to whoever ordered it, also when the check had more rounds", async () => {
  const { collector } = world({
    step: ({ results }) =>
      results ? done() : done({ puts: named({ "monitor:data": "{}" }), followUps: [bytesOf("tell")] }),
    kv: { put: async () => {} },
  });
  assert.deepEqual((await collector.run(bytesOf("cron"))).followUps, [bytesOf("tell")]);
});

test("the collector is asked once more when it was just moved, not when it has too much to do", async () => {
  const asked = async (error) => {
    const run = mock.fn(async () => Promise.reject(Object.assign(new Error("no"), error)));
    const namespace = { idFromName: (name) => name, get: () => ({ run }) };
    await assert.rejects(new CollectorStore({ namespace }).run(bytesOf("event")));
    return run.mock.callCount();
  };
  assert.equal(await asked({ retryable: true }), 2);
  assert.equal(await asked({ retryable: true, overloaded: true }), 1);
  assert.equal(await asked({}), 1);
});

test("heartbeats that the collector did not take are not stored", async () => {
  const storeOf = (status) => {
    const run = async () => ({ reply: { ...reply, status }, followUps: [] });
    return new CollectorStore({ namespace: { idFromName: (name) => name, get: () => ({ run }) } });
  };
  assert.deepEqual(await storeOf(200).store(done({ append: bytesOf("beats") })), []);
  await assert.rejects(storeOf(503).store(done({ append: bytesOf("beats") })), /answered 503/);
  assert.deepEqual(await storeOf(503).store(done()), []);
});

test("an append is answered by its status alone, or by an earlier version with all of it", async () => {
  const { collector } = world({ step: () => done({ reply: { ...reply, status: 507 } }) });
  assert.equal(await collector.run(bytesOf("append"), "status"), 507);
  assert.equal((await collector.run(bytesOf("append"))).reply.status, 507);
  const storing = (answer) => {
    const asked = mock.fn(async () => answer);
    const namespace = { idFromName: (name) => name, get: () => ({ run: asked }) };
    const stored = new CollectorStore({ namespace }).store({ append: bytesOf("append") });
    return stored.then(() => asked.mock.calls[0].arguments[1]);
  };
  assert.equal(await storing(200), "status");
  assert.equal(await storing({ reply: { status: 200 }, followUps: [] }), "status");
  await assert.rejects(storing(503), /the collector answered 503/);
  await assert.rejects(storing({ reply: { status: 503 }, followUps: [] }), /the collector answered 503/);
});
