import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";

import { ReaderCache } from "../../shim/cache.js";
import { makeCore, World } from "./world.js";

// What Cloudflare's cache does for the Worker.
class FakeCache {
  kept = new Map();
  fails = false;

  async match(key) {
    if (this.fails) throw new Error("no cache here");
    return this.kept.get(key)?.clone();
  }

  async put(key, response) {
    if (this.fails) throw new Error("no cache here");
    this.kept.set(key, new Response(await response.arrayBuffer(), response));
  }
}

describe("answers for readers", () => {
  let world, cache, steps;
  beforeEach(() => {
    const core = makeCore({ services: ["web"] });
    steps = 0;
    const counting = {
      configured: core.configured,
      step: (...args) => {
        steps++;
        return core.step(...args);
      },
    };
    cache = new FakeCache();
    const readers = new ReaderCache({ cache, seconds: 30, now: () => Date.now(), waitUntil() {} });
    world = new World({ core: counting, readers });
  });
  afterEach(() => world.close());

  const get = async (path, init) => {
    const response = await world.until(world.fetch(path, init));
    await world.advance(10);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const stepsOf = async (path, init) => {
    const before = steps;
    await get(path, init);
    return steps - before;
  };

  test("one is given again for 30 s, the same to the byte, and not beyond", async () => {
    const first = await get("/api/status");
    const before = steps;
    const again = await get("/api/status");
    assert.equal(steps, before);
    assert.equal(again.text, first.text);
    assert.deepEqual([...again.headers], [...first.headers]);
    await world.advance(29_000);
    assert.equal(await stepsOf("/api/status"), 0);
    await world.advance(1_000);
    assert.ok((await stepsOf("/api/status")) > 0);
  });

  test("who sends a key, right or wrong, gets an own answer, which is not kept", async () => {
    const withKey = { headers: { Authorization: "Bearer k" } };
    assert.ok((await stepsOf("/api/services", withKey)) > 0);
    assert.equal(cache.kept.size, 0);
    assert.ok((await stepsOf("/api/services")) > 0);
    assert.ok((await stepsOf("/api/services", withKey)) > 0);
  });

  test("another path, query, method or origin is another answer", async () => {
    await get("/api/services");
    for (const [path, init] of [
      ["/api/status"],
      ["/api/services?x=1"],
      ["/api/services", { method: "HEAD" }],
      ["/api/services", { headers: { Origin: "https://a.example" } }],
    ])
      assert.ok((await stepsOf(path, init)) > 0, path);
  });

  test("errors are not kept, nor is what a browser may keep", async () => {
    await get("/nowhere");
    await get("/api/uptime?serviceId=nobody");
    assert.equal(cache.kept.size, 0);
  });

  test("a cache that fails costs nothing but itself", async () => {
    cache.fails = true;
    assert.equal((await get("/api/status")).status, 200);
    assert.equal((await get("/api/status")).status, 200);
    assert.ok(world.logs.every(({ event }) => event === "cache-failed"));
  });
});
