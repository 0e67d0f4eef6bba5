// Carries events from the platform to the core, and what the core wants done back to the platform.

import { log } from "./log.js";

const kDroppedBytes = 16 * 1024 * 1024; // of a body that is too large

const nothing = new Uint8Array();

const kAnswerBytes = 64 * 1024; // of an answer to something sent; the core needs to know no more

// `store` keeps the documents: read(key), merge(key, addition), put(key, bytes), and its `kind` for the core.
// `request` makes the calls that the core wants sent.
export function handlers({ core, store, now, request: call = fetch }) {
  return {
    async fetch(request) {
      try {
        return await answerTo(request);
      } catch (error) {
        log("error", `${request.method} ${new URL(request.url).pathname}: ${error.message}`);
        return failure();
      }
    },

    async scheduled({ scheduledTime }) {
      try {
        const event = { kind: "cron", path: "/", now: now(), scheduled: scheduledTime, store: store.kind };
        await replyTo(event, nothing);
      } catch (error) {
        log("error", `CRON: ${error.message}`);
      }
    },
  };

  async function answerTo(request) {
    const { pathname, search, origin } = new URL(request.url);
    const event = {
      kind: "request",
      method: request.method,
      path: pathname,
      query: search.slice(1),
      base: origin,
      headers: namedHeaders(request, core.configured.headers),
      now: now(),
      store: store.kind,
    };
    const { status, headers, body } = await replyTo(
      event,
      await readUpTo(core.configured.bodyLimit, request.body),
    );
    return new Response(body, { status, headers });
  }

  // Round by round: what the core needs to read, what it wants sent, and so to its last word.
  async function replyTo(event, body) {
    let documents = [];
    let outcome = core.step(event, body, documents);
    if (outcome.header.needs?.length) {
      documents = await Promise.all(outcome.header.needs.map(read));
      outcome = core.step(event, body, documents);
    }
    let stored = await write(outcome);
    if (stored && outcome.header.sends?.length) {
      const results = await Promise.all(outcome.header.sends.map((order) => send(order, outcome.parts)));
      outcome = core.step(event, body, documents, results);
      stored = await write(outcome);
    }
    const { reply, refused } = outcome.header;
    const { part, ...rest } = (!stored && refused) || reply;
    return { ...rest, body: outcome.parts[part] ?? null };
  }

  async function read(key) {
    try {
      const bytes = await store.read(key);
      return bytes ? { key, state: "found", bytes } : { key, state: "absent" };
    } catch (error) {
      log("error", `${key} could not be read: ${error.message}`);
      return { key, state: "failed" };
    }
  }

  // One after another; the first that fails ends it. Returns whether all is stored.
  async function write({ header: { merges = [], puts = [], logs = [] }, parts }) {
    for (const { level, message } of logs) log(level, message);
    try {
      for (const { key, part } of merges) await store.merge(key, parts[part]);
      for (const { key, part } of puts) await store.put(key, parts[part]);
      return true;
    } catch (error) {
      log("error", `a write failed: ${error.message}`);
      return false;
    }
  }

  // A call that comes to nothing is a result too. Nothing of it is logged: its URL may be a secret.
  async function send({ url, method, headers, part, timeoutMs }, parts) {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const answer = await call(url, { method, headers, body: parts[part], redirect: "manual", signal });
      const retryAfter = answer.headers.get("Retry-After");
      return { status: answer.status, retryAfter, bytes: await readUpTo(kAnswerBytes, answer.body) };
    } catch (error) {
      return { error: error.name, bytes: nothing };
    }
  }
}

function namedHeaders(request, names) {
  return Object.fromEntries([...request.headers].filter(([name]) => names.includes(name)));
}

// The first `limit` bytes. A client that is still sending would find the connection broken instead of an answer,
// so some more is read, and dropped.
async function readUpTo(limit, stream) {
  const bytes = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    if (size < limit) bytes.push(chunk);
    size += chunk.length;
    if (size >= limit + kDroppedBytes) break;
  }
  return new Uint8Array(await new Blob(bytes).slice(0, limit).arrayBuffer());
}

function failure() {
  const headers = {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
  return Response.json({ error: "The monitor failed; its log says why" }, { status: 500, headers });
}
