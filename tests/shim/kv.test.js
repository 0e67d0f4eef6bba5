import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";

import { mergeEvent } from "../../shim/frames.js";
import { readDocument } from "../../shim/kv.js";
import { kStart, World } from "./world.js";

const kTooMany = "KV PUT failed: 429 Too Many Requests";
const kBroken = "KV PUT failed: 500 Internal Server Error";
const kLatest = "monitor:latest";
const twenty = Array.from({ length: 20 }, (_, i) => `s${i}`);

test("of a document its first bytes are read where those will do, and it says when there may be more", async () => {
  const world = new World({ services: ["web"] });
  try {
    world.kv.puts.push({ key: kLatest, bytes: new TextEncoder().encode("0123456789"), at: 0 });
    const read = async (head, key = kLatest) => {
      const { state, bytes } = await world.until(readDocument(world.kv, { key, head }));
      return [state, bytes && new TextDecoder().decode(bytes)];
    };
    assert.deepEqual(await read(0), ["found", "0123456789"]);
    assert.deepEqual(await read(4), ["head", "0123"]);
    assert.deepEqual(await read(11), ["found", "0123456789"]);
    assert.deepEqual(await read(4, "monitor:data"), ["absent", undefined]);
  } finally {
    world.close();
  }
});

describe("heartbeats in KV", () => {
  let world;
  beforeEach(() => (world = new World({ services: twenty })));
  afterEach(() => world.close());

  const beats = (ids) => world.until(Promise.all(ids.map((id) => world.beat(id))));
  const latest = () => world.kv.written(kLatest).at(-1);

  test("a heartbeat is answered when it is stored", async () => {
    const reply = world.beat("s1");
    await world.advance(30);
    assert.deepEqual(world.kv.puts, []);
    assert.equal((await world.until(reply)).status, 200);
    assert.deepEqual(Object.keys(latest()), ["s1"]);
  });

  test("twenty at once are each answered and all stored, in at most two writes", async () => {
    const replies = await beats(twenty);
    assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200]));
    assert.deepEqual(Object.keys(latest()).sort(), twenty.toSorted());
    assert.ok(world.kv.puts.length <= 2, `${world.kv.puts.length} writes`);
  });

  test("those that come while a write is under way share the next one", async () => {
    const first = world.beat("s0");
    await world.advance(30);
    const rest = beats(["s1", "s2", "s3"]);
    await rest;
    assert.equal((await first).status, 200);
    assert.deepEqual(
      world.kv.written(kLatest).map((document) => Object.keys(document)),
      [["s0"], ["s0", "s1", "s2", "s3"]],
    );
  });

  test("writes of a key are at least 1.1 s apart", async () => {
    for (const id of ["s0", "s1", "s2"]) await world.until(world.beat(id));
    const [a, b, c] = world.kv.puts.map(({ at }) => at);
    assert.ok(b - a >= 1_100 && c - b >= 1_100, `${b - a} ms, ${c - b} ms`);
    assert.equal(world.kv.refused, 0);
  });

  test("what this isolate wrote last is kept although reads do not show it yet", async () => {
    world.kv.lagMs = 60_000;
    for (const id of ["s0", "s1", "s2"]) await world.until(world.beat(id));
    assert.deepEqual(Object.keys(latest()).sort(), ["s0", "s1", "s2"]);
  });

  test("what others wrote in the meantime is kept", async () => {
    await world.until(world.beat("s0"));
    await world.advance(2_000);
    const others = { s0: new Date(kStart).toISOString(), s7: "2026-11-22T05:59:00.000Z" };
    await world.until(world.kv.put(kLatest, new TextEncoder().encode(JSON.stringify(others))));
    await world.until(world.beat("s1"));
    assert.deepEqual(Object.keys(latest()).sort(), ["s0", "s1", "s7"]);
    assert.equal(latest().s7, others.s7);
  });

  test("a merge that changes nothing writes nothing", async () => {
    const core = world.core;
    const addition = new TextEncoder().encode('{"s0":"2026-11-22T06:00:00.000Z"}');
    const { puts } = core.step({ now: kStart }, mergeEvent(kLatest, [addition, addition]));
    assert.deepEqual(puts, []);
  });

  test("a write that came too early is tried twice more", async () => {
    world.kv.failPuts = [kTooMany, kTooMany];
    assert.equal((await world.until(world.beat("s1"))).status, 200);
    assert.deepEqual(Object.keys(latest()), ["s1"]);
  });

  test("the third refusal is the client's to know, with Retry-After", async () => {
    world.kv.failPuts = [kTooMany, kTooMany, kTooMany];
    const reply = await world.until(world.beat("s1"));
    assert.equal(reply.status, 503);
    assert.match(reply.headers.get("Retry-After"), /^[1-9]\d*$/);
    assert.equal(typeof (await reply.json()).error, "string");
    assert.deepEqual(world.kv.puts, []);
    assert.equal(world.logs.filter(({ level }) => level === "error").length, 1);
  });

  test("another failure of a write is not tried again", async () => {
    world.kv.failPuts = [kBroken];
    assert.equal((await world.until(world.beat("s1"))).status, 503);
    assert.deepEqual(world.kv.puts, []);
  });

  test("a failure reaches everybody who shared the write, and nobody after them", async () => {
    const first = world.beat("s0");
    await world.advance(30);
    world.kv.failPuts = [undefined, kBroken];
    const shared = await beats(["s1", "s2"]);
    assert.equal((await first).status, 200);
    assert.deepEqual(
      shared.map(({ status }) => status),
      [503, 503],
    );
    assert.equal((await world.until(world.beat("s3"))).status, 200);
    assert.deepEqual(Object.keys(latest()).sort(), ["s0", "s3"]);
  });

  test("a merge whose read failed is refused", async () => {
    world.kv.failReads = 1;
    assert.equal((await world.until(world.beat("s1"))).status, 503);
    assert.deepEqual(world.kv.puts, []);
  });

  test("a write that never ends holds up the next ones for a while, not for ever", async () => {
    const put = world.kv.put;
    world.kv.put = () => new Promise(() => {});
    const lost = world.beat("s0");
    await world.advance(100);
    world.kv.put = put;
    const statuses = (await beats(["s1", "s2"])).map(({ status }) => status);
    assert.deepEqual(statuses, [200, 200]);
    assert.equal((await world.until(lost)).status, 503);
    assert.deepEqual(Object.keys(latest()).sort(), ["s1", "s2"]);
  });
});
