import assert from "node:assert/strict";
import { test } from "node:test";

import { handlers } from "../../shim/handlers.js";
import { bytesOf, done, named, reply } from "./outcomes.js";

const decoder = new TextDecoder();

const kFirst = done({
  puts: named({ "monitor:data": "data" }),
  sends: [
    {
      via: "request",
      url: "https://a.example/hook",
      method: "POST",
      headers: { "X-A": "1" },
      body: bytesOf("hello"),
    },
    { via: "request", url: "https://b.example/hook", method: "POST", headers: {}, body: bytesOf("hello") },
    { via: "email", body: bytesOf('{"to":["ops"]}') },
  ],
  continuation: bytesOf("which they are"),
});

// A core that wants three things sent, and keeps the answers it was given.
class SendingCore {
  configured = { bodyLimit: 100, timezone: "Europe/Berlin" };

  step(input) {
    this.input = input;
    if (input.refused) return done({ reply: { ...reply, status: 503 } });
    if (!input.answers) return kFirst;
    this.answers = input.answers.map(({ bytes, ...rest }) => ({ ...rest, text: decoder.decode(bytes) }));
    return done({ reply: { status: 207, headers: {}, body: bytesOf("done") } });
  }
}

function world({ put = async () => {}, email } = {}) {
  const core = new SendingCore();
  const happened = [];
  const store = {
    async store({ puts }) {
      for (const { key } of puts) happened.push(`put ${key}`);
      if (puts.length) await put();
      return [];
    },
  };
  const request = async (url, { body, redirect, headers }) => {
    happened.push(`sent ${decoder.decode(body)} to ${url}, ${redirect}, ${JSON.stringify(headers)}`);
    if (url.includes("b.example")) throw new DOMException("late", "TimeoutError");
    return new Response("try later", { status: 429, headers: { "Retry-After": "7" } });
  };
  const { fetch } = handlers({
    core,
    store,
    now: () => Date.parse("2026-07-01"),
    platform: { call: request, email },
  });
  return { core, happened, answer: () => fetch(new Request("https://m.example/")) };
}

test("what the core sends goes out after its writes, and the answers come back in order", async () => {
  const { core, happened, answer } = world({
    email: { send: async ({ to }) => void happened.push(`mail to ${to}`) },
  });
  const response = await answer();
  assert.deepEqual(happened, [
    "put monitor:data",
    'sent hello to https://a.example/hook, manual, {"X-A":"1"}',
    "sent hello to https://b.example/hook, manual, {}",
    "mail to ops",
  ]);
  assert.deepEqual(core.answers, [
    { status: 429, retryAfter: "7", text: "try later" },
    { error: "TimeoutError", text: "" },
    { status: 200, text: "" },
  ]);
  assert.equal(decoder.decode(core.input.continuation), "which they are");
  assert.equal(response.status, 207);
  assert.equal(await response.text(), "done");
});

test("a mail that has no binding, or that the binding refuses, says so", async () => {
  const without = world();
  await without.answer();
  assert.deepEqual(without.core.answers.at(-1), { error: "E_NO_BINDING", text: "" });

  const refusing = world({
    email: { send: () => Promise.reject(Object.assign(new Error(), { code: "E_RECIPIENT_NOT_ALLOWED" })) },
  });
  await refusing.answer();
  assert.deepEqual(refusing.core.answers.at(-1), { error: "E_RECIPIENT_NOT_ALLOWED", text: "" });
});

test("the core is told how far the configured time zone is ahead of UTC, and when its clocks changed", async () => {
  const { core, answer } = world();
  await answer();
  assert.deepEqual(
    core.input.utcOffsets.slice(1).map(({ from, minutes }) => [new Date(from).toISOString(), minutes]),
    [
      ["2025-10-26T01:00:00.000Z", 60],
      ["2026-03-29T01:00:00.000Z", 120],
    ],
  );
  assert.equal(core.input.utcOffsets[0].minutes, 120);
});

test("nothing is sent when a write failed", async () => {
  const { happened, answer } = world({
    put: () => Promise.reject(new Error("KV is full")),
  });
  assert.equal((await answer()).status, 503);
  assert.deepEqual(happened, ["put monitor:data"]);
});
