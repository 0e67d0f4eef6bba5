import assert from "node:assert/strict";
import { test } from "node:test";

import { sendAll } from "../../shim/sends.js";

const kOrder = { url: "https://a.example/", method: "POST", headers: {} };
const outcome = (count) => ({ header: { sends: Array(count).fill(kOrder) }, parts: [] });

test("no more calls are open at once than the platform lets wait, and all are made", async () => {
  let open = 0;
  let most = 0;
  const call = async () => {
    most = Math.max(most, ++open);
    await new Promise(setImmediate);
    open--;
    return new Response("ok");
  };
  const answers = await sendAll(outcome(40), { call });
  assert.equal(most, 6);
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  assert.equal(answers.length, 40);
});

test("what is not begun when the time is over is not sent, and says so", async (t) => {
  const controllers = [];
  t.mock.method(AbortSignal, "timeout", (ms) => {
    const controller = new AbortController();
    controllers.push({ ms, controller });
    return controller.signal;
  });
  let calls = 0;
  const call = (url, { signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      if (++calls === 6) {
        const late = new DOMException("late", "TimeoutError");
        for (const { controller } of controllers) controller.abort(late);
      }
    });
  const answers = await sendAll(outcome(9), { call });
  assert.deepEqual(
    answers.map(({ error }) => error),
    [...Array(6).fill("TimeoutError"), ...Array(3).fill("NotSent")],
  );
  assert.deepEqual(controllers[0].ms + controllers[1].ms, 30_000);
});

test("of a large answer the beginning is read, and the rest is given up", async () => {
  let pulled = 0;
  const body = new ReadableStream({
    pull(controller) {
      pulled += 16 * 1024;
      controller.enqueue(new Uint8Array(16 * 1024));
    },
  });
  const [{ bytes }] = await sendAll(outcome(1), { call: async () => new Response(body) });
  assert.equal(bytes.length, 64 * 1024);
  assert.ok(pulled < 1024 * 1024, `${pulled} bytes were read`);
});
