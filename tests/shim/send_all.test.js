import assert from "node:assert/strict";
import { test } from "node:test";

import { sendAll } from "../../shim/sends.js";

const kOrder = { via: "request", url: "https://a.example/", method: "POST", headers: {}, body: null };
const orders = (count) => Array(count).fill(kOrder);

test("no more calls are open at once than the platform lets wait, and all are made", async () => {
  let open = 0;
  let most = 0;
  const call = async () => {
    most = Math.max(most, ++open);
    await new Promise(setImmediate);
    open--;
    return new Response("ok");
  };
  const answers = await sendAll(orders(40), { call });
  assert.equal(most, 6);
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  assert.equal(answers.length, 40);
});

test("what is not begun when the time is over is not sent, and says so", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const call = (url, { signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const sending = sendAll(orders(14), { call });
  for (let seconds = 0; seconds < 20; seconds++) {
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    t.mock.timers.tick(1_000);
  }
  assert.deepEqual(
    (await sending).map(({ error }) => error),
    [...Array(12).fill("TimeoutError"), ...Array(2).fill("NotSent")],
  );
});

test("of a large answer the beginning is read, and the rest is given up", async () => {
  let pulled = 0;
  const body = new ReadableStream({
    pull(controller) {
      pulled += 16 * 1024;
      controller.enqueue(new Uint8Array(16 * 1024));
    },
  });
  const [{ bytes }] = await sendAll(orders(1), { call: async () => new Response(body) });
  assert.equal(bytes.length, 64 * 1024);
  assert.ok(pulled < 1024 * 1024, `${pulled} bytes were read`);
});
