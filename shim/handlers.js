// Carries events from the platform to the core, and what the core wants done back to the platform.

import { log } from "./log.js";

const kDroppedBytes = 16 * 1024 * 1024; // of a body that is too large

const nothing = new Uint8Array();

// `store` keeps the documents: read(key), merge(key, addition), put(key, bytes), and its `kind` for the core.
export function handlers({ core, store, now }) {
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
        await perform(await outcomeOf(event, nothing));
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
    const outcome = await outcomeOf(event, await readUpTo(core.configured.bodyLimit, request.body));
    const { status, headers, part } = await perform(outcome);
    return new Response(outcome.parts[part] ?? null, { status, headers });
  }

  async function outcomeOf(event, body) {
    const first = core.step(event, body, []);
    if (!first.header.needs?.length) return first;
    return core.step(event, body, await Promise.all(first.header.needs.map(read)));
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

  // Writes one after another; the first that fails ends it. Returns what the client is told.
  async function perform({ header: { merges = [], puts = [], logs = [], reply, refused }, parts }) {
    for (const { level, message } of logs) log(level, message);
    try {
      for (const { key, part } of merges) await store.merge(key, parts[part]);
      for (const { key, part } of puts) await store.put(key, parts[part]);
      return reply;
    } catch (error) {
      log("error", `a write failed: ${error.message}`);
      return refused ?? reply;
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
