import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";

import { kRoles } from "../../shim/core.js";
import { cronEvent } from "../../shim/frames.js";
import { kStart, makeCore, requestIn, World } from "./world.js";

const kRequest = 0; // of an event, its kind

// A core that notes its events, and traps in those whose path says so.
class WatchedCore {
  #core;
  steps = [];

  constructor(core) {
    this.#core = core;
    this.configured = core.configured;
  }

  step(input, event) {
    this.steps.push({ input, event });
    if (event[1] === kRequest && requestIn(event).path === "/trap")
      throw new WebAssembly.RuntimeError("unreachable");
    return this.#core.step(input, event);
  }
}

describe("requests and the check", () => {
  let world, core;
  beforeEach(() => {
    core = new WatchedCore(makeCore({ services: ["web", "db"] }));
    world = new World({ core });
  });
  afterEach(() => world.close());

  const get = (path, init) => world.until(world.fetch(path, init));

  test("path and query reach the core as they stand in the URL", async () => {
    await get("/api/heartbeat/a%2Fb%20c?x=%zz&y=a+b");
    const { method, path, query, base } = requestIn(core.steps[0].event);
    assert.deepEqual(
      { method, path, query, base },
      {
        method: "GET",
        path: "/api/heartbeat/a%2Fb%20c",
        query: "x=%zz&y=a+b",
        base: "https://monitor.example",
      },
    );
  });

  test("two headers reach the core, and no other", async () => {
    await get("/api/status", {
      headers: { Authorization: "Bearer k", Origin: "https://a.example", Cookie: "c" },
    });
    const { authorization, origin } = requestIn(core.steps[0].event);
    assert.deepEqual({ authorization, origin }, { authorization: "Bearer k", origin: "https://a.example" });
    assert.equal(Buffer.from(core.steps[0].event).includes("Cookie"), false);
  });

  test("an event is the same in both rounds but for the documents", async () => {
    await get("/api/status");
    const [first, second] = core.steps;
    assert.deepEqual(first.input.documents, []);
    assert.deepEqual(second.event, first.event);
    assert.equal(second.input.now, first.input.now);
    assert.equal(second.input.documents.length, 2);
    assert.ok(second.input.documents.every(({ state }) => state === "absent"));
  });

  test("a document that cannot be read is told as such and answered by the core", async () => {
    world.kv.failReads = 9;
    const reply = await get("/api/status");
    assert.equal(reply.status, 503);
    assert.equal(typeof (await reply.json()).error, "string");
    assert.ok(core.steps[1].input.documents.every(({ state }) => state === "failed"));
  });

  test("of an endless body no more than the limit reaches the core", async () => {
    let sent = 0;
    let cancelled = false;
    const body = new ReadableStream({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
      cancel() {
        cancelled = true;
      },
    });
    const reply = await get("/api/heartbeat", { method: "POST", body, duplex: "half" });
    assert.equal(reply.status, 413);
    assert.equal(requestIn(core.steps.at(-1).event).body.length, core.configured.bodyLimit);
    assert.ok(cancelled && sent < 22_000_000, `${sent} bytes`);
  });

  test("what needs nothing of a long body is answered before any of it is read", async () => {
    let asked = 0;
    const body = () =>
      new ReadableStream(
        {
          pull(controller) {
            asked++;
            controller.enqueue(new Uint8Array(65_536));
          },
        },
        { highWaterMark: 0 },
      );
    const post = (path) => get(path, { method: "POST", body: body(), duplex: "half" });
    assert.equal((await post("/nowhere")).status, 404);
    assert.equal((await post("/api/heartbeat/nobody")).status, 404);
    assert.equal((await post("/api/alert")).status, 503);
    assert.equal(asked, 0);
  });

  test("a client that hangs up is no error", async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.error(new TypeError("Network connection lost."));
      },
    });
    await get("/api/heartbeat", { method: "POST", body, duplex: "half" });
    assert.deepEqual(
      world.logs.map(({ level, event }) => ({ level, event })),
      [{ level: "info", event: "hung-up" }],
    );
  });

  test("a body that arrives in pieces is put together", async () => {
    const pieces = ['{"servi', 'ceId":', '"web"}'].map((text) => new TextEncoder().encode(text));
    const body = new ReadableStream({
      pull(controller) {
        if (pieces.length > 0) controller.enqueue(pieces.shift());
        else controller.close();
      },
    });
    assert.equal((await get("/api/heartbeat", { method: "POST", body, duplex: "half" })).status, 200);
  });

  const kBeat = JSON.stringify({ serviceId: "web" });
  const lengths = {
    right: kBeat.length,
    "too small": 1,
    "too large": 2 ** 40,
    "of no number": "many",
    empty: "",
  };
  for (const [name, length] of Object.entries(lengths)) {
    test(`a body is read whole when the length it is said to have is ${name}`, async () => {
      const headers = { "Content-Length": String(length) };
      const reply = await get("/api/heartbeat", { method: "POST", headers, body: kBeat });
      assert.equal(reply.status, 200);
      const { event } = core.steps.findLast(({ event }) => event[1] === kRequest);
      assert.equal(Buffer.from(requestIn(event).body).toString(), kBeat);
    });
  }

  test("of a body that is longer than it says no more than the limit reaches the core", async () => {
    const body = new Uint8Array(5_000_000).fill(0x20);
    const reply = await get("/api/heartbeat", { method: "POST", headers: { "Content-Length": "5" }, body });
    assert.equal(reply.status, 413);
    assert.equal(requestIn(core.steps.at(-1).event).body.length, core.configured.bodyLimit);
  });

  test("a trap is a 500 that tells the client nothing and the log its message", async () => {
    const reply = await get("/trap?key=secret");
    assert.equal(reply.status, 500);
    assert.equal(reply.headers.get("X-Content-Type-Options"), "nosniff");
    assert.match(reply.headers.get("Content-Type"), /^application\/json/);
    assert.deepEqual(await reply.json(), { error: "The monitor failed; its log says why" });
    assert.deepEqual(world.logs, [{ level: "error", event: "failed", message: "GET /trap: unreachable" }]);
    assert.equal((await get("/api/services")).status, 200);
  });

  test("requests that overlap each get their own answer", async () => {
    world.kv.slowMs = 50;
    const paths = ["/api/services", "/api/uptime?serviceId=web", "/api/uptime?serviceId=db", "/nowhere"];
    const alone = [];
    for (const path of paths) alone.push(await (await get(path)).text());
    const asked = Array.from({ length: 20 }, (_, i) => i % paths.length);
    const together = await world.until(
      Promise.all(asked.map(async (i) => (await world.fetch(paths[i])).text())),
    );
    assert.deepEqual(
      together,
      asked.map((i) => alone[i]),
    );
  });

  test("the check is one event with both its times, and puts monitor:data", async () => {
    const scheduledTime = Date.now() - 1_500;
    await world.until(world.worker.scheduled({ scheduledTime }));
    const { input, event } = core.steps[0];
    assert.deepEqual(event, cronEvent(scheduledTime));
    assert.equal(input.role, kRoles.kvOnly);
    assert.equal(input.now, kStart);
    assert.deepEqual([...new Set(world.kv.puts.map(({ key }) => key))], ["monitor:data"]);
    assert.equal(world.kv.written("monitor:data").at(-1).summary.timestamp.length, 24);
  });

  test("a check that cannot write logs it and the next one works", async () => {
    world.kv.failPuts = ["KV PUT failed: 500 Internal Server Error"];
    await world.until(world.worker.scheduled({ scheduledTime: Date.now() }));
    assert.equal(world.logs.filter(({ level }) => level === "error").length, 1);
    await world.advance(60_000);
    await world.until(world.worker.scheduled({ scheduledTime: Date.now() }));
    assert.equal(world.kv.puts.filter(({ key }) => key === "monitor:data").length, 1);
  });

  test("a request cannot pass for the check or for a merge", async () => {
    for (const [method, path] of [
      ["CRON", "/"],
      ["MERGE", "/"],
      ["APPEND", "/api/status"],
    ]) {
      assert.equal((await get(path, { method })).status, 405, `${method} ${path}`);
    }
    assert.equal((await get("/monitor:latest", { method: "MERGE" })).status, 404);
    assert.deepEqual(world.kv.puts, []);
  });

  test("HEAD is answered like GET without a body", async () => {
    const reply = await get("/api/services", { method: "HEAD" });
    assert.equal(reply.status, 200);
    assert.equal(await reply.text(), "");
  });
});

test("a rate limit that cannot be asked lets the refusal stand", async () => {
  const limiter = { limit: () => Promise.reject(new Error("no such namespace")) };
  const core = makeCore({ env: { ALERT_API_KEY: "secret" } });
  const world = new World({ core, limiters: { refused: limiter } });
  try {
    const reply = await world.until(world.fetch("/api/alert", { method: "POST", body: "{}" }));
    assert.equal(reply.status, 401);
    const message = "the rate limit cannot be asked: no such namespace";
    assert.deepEqual(world.logs, [{ level: "warn", event: "limiter-failed", message }]);
  } finally {
    world.close();
  }
});

test("the core is handed the clocks of its zones when it asks for them, and only then", async () => {
  const schedule = { cron: "30 2 28 3 *", timezone: "Europe/Berlin" };
  const core = new WatchedCore(makeCore({ services: [{ id: "job", schedule }] }));
  const world = new World({ core });
  const get = async (path) => (await world.until(world.fetch(path))).json();
  await get("/healthz");
  assert.equal(core.steps.at(-1).input.zones.length, 0);
  const [{ schedule: said }] = await get("/api/services?next=2");
  assert.deepEqual(said.next, ["2027-03-28T01:00:00.000Z", "2028-03-28T00:30:00.000Z"]);
  assert.ok(core.steps.at(-1).input.zones.length > 0);
  world.close();
});
