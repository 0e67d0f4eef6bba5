// The calls to others that the core wants made.

import { withTimeout } from "./limits.js";
import { readUpTo } from "./streams.js";

const kAtOnce = 6; // so many connections may wait for an answer; a seventh waits for them, and its time runs
const kSendMs = 10_000; // for one
const kAllMs = 20_000; // for all of an outcome
const kAnswerBytes = 64 * 1024; // of an answer; the core needs to know no more

const nothing = new Uint8Array();
const decoder = new TextDecoder();

// The answers to the sends, in their order: {status, retryAfter, bytes}, or {error} where there is
// none. `call` makes requests, `email` is the binding for mails, if there is one. Nothing of a call is logged: its
// URL may be a secret.
export async function sendAll(sends, { call, email }) {
  const answers = [];
  const orders = sends.entries();
  await withDeadline(kAllMs, (end) => {
    const sendSome = async () => {
      for (const [i, order] of orders) {
        answers[i] = await answerTo(() => {
          if (end.aborted) throw Object.assign(new Error(), { name: "NotSent" });
          return order.via === "email" ? mail(email, order.body) : request(call, order, end);
        });
      }
    };
    return Promise.all(Array.from({ length: kAtOnce }, sendSome));
  });
  return answers;
}

// Unlike one of AbortSignal.timeout, the timer does not outlive the job.
async function withDeadline(ms, job) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DOMException("late", "TimeoutError")), ms);
  try {
    return await job(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

async function answerTo(send) {
  try {
    return await send();
  } catch (error) {
    return { error: typeof error.code === "string" ? error.code : error.name, bytes: nothing };
  }
}

function request(call, { url, method, headers, body }, end) {
  return withDeadline(kSendMs, async (late) => {
    const signal = AbortSignal.any([late, end]);
    const answer = await call(url, { method, headers, body, redirect: "manual", signal });
    const retryAfter = answer.headers.get("Retry-After") ?? undefined;
    return { status: answer.status, retryAfter, bytes: await readUpTo(kAnswerBytes, answer.body) };
  });
}

async function mail(binding, body) {
  if (!binding) throw Object.assign(new Error(), { code: "E_NO_BINDING" });
  await withTimeout(kSendMs, binding.send(JSON.parse(decoder.decode(body))));
  return { status: 200, bytes: nothing };
}
