import assert from "node:assert/strict";
import { test } from "node:test";

import { handlers } from "../../shim/handlers.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const kFirst = {
  header: {
    puts: [{ key: "monitor:data", part: 1 }],
    sends: [
      { url: "https://a.example/hook", method: "POST", headers: { "X-A": "1" }, part: 2, timeoutMs: 1000 },
      { url: "https://b.example/hook", method: "POST", headers: {}, part: 2, timeoutMs: 1000 },
    ],
    reply: { status: 200, headers: [] },
    refused: { status: 503, headers: [] },
  },
  parts: [undefined, encoder.encode("data"), encoder.encode("hello")],
};

// A core that wants two things sent, and answers with the results it was given.
class SendingCore {
  configured = { bodyLimit: 100, headers: [] };

  step(event, body, { results } = {}) {
    if (!results) return kFirst;
    this.results = results.map(({ bytes, ...rest }) => ({ ...rest, text: decoder.decode(bytes) }));
    return {
      header: { reply: { status: 207, headers: [], part: 1 } },
      parts: [undefined, encoder.encode("done")],
    };
  }
}

function world({ put = async () => {} } = {}) {
  const core = new SendingCore();
  const happened = [];
  const store = {
    put: (key) => {
      happened.push(`put ${key}`);
      return put();
    },
  };
  const request = async (url, { body, redirect, headers }) => {
    happened.push(`sent ${decoder.decode(body)} to ${url}, ${redirect}, ${JSON.stringify(headers)}`);
    if (url.includes("b.example")) throw new DOMException("late", "TimeoutError");
    return new Response("try later", { status: 429, headers: { "Retry-After": "7" } });
  };
  const { fetch } = handlers({ core, store, now: () => 0, call: request });
  return { core, happened, answer: () => fetch(new Request("https://m.example/")) };
}

test("what the core sends goes out after its writes, and its results come back in order", async () => {
  const { core, happened, answer } = world();
  const response = await answer();
  assert.deepEqual(happened, [
    "put monitor:data",
    'sent hello to https://a.example/hook, manual, {"X-A":"1"}',
    "sent hello to https://b.example/hook, manual, {}",
  ]);
  assert.deepEqual(core.results, [
    { status: 429, retryAfter: "7", text: "try later" },
    { error: "TimeoutError", text: "" },
  ]);
  assert.equal(response.status, 207);
  assert.equal(await response.text(), "done");
});

test("nothing is sent when a write failed", async () => {
  const { happened, answer } = world({
    put: () => Promise.reject(new Error("KV is full")),
  });
  assert.equal((await answer()).status, 503);
  assert.deepEqual(happened, ["put monitor:data"]);
});
