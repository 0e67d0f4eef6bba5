// The calls to others that the core wants made.

import { readUpTo } from "./streams.js";

const kAnswerBytes = 64 * 1024; // of an answer; the core needs to know no more

const nothing = new Uint8Array();

// A call that comes to nothing is a result too. Nothing of it is logged: its URL may be a secret. `parts` are
// those of the outcome with the order.
export async function send(call, { url, method, headers, part, timeoutMs }, parts) {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await call(url, { method, headers, body: parts[part], redirect: "manual", signal });
    const retryAfter = answer.headers.get("Retry-After");
    return { status: answer.status, retryAfter, bytes: await readUpTo(kAnswerBytes, answer.body) };
  } catch (error) {
    return { error: error.name, bytes: nothing };
  }
}
