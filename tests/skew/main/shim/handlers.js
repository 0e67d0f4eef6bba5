// Carries events from the platform to the core, and what the core wants done back to the platform.

import { log, logAll } from "./log.js";
import { sendAll } from "./sends.js";
import { readUpTo } from "./streams.js";
import { utcOffsets } from "./zone.js";

const kDroppedBytes = 16 * 1024 * 1024; // of a body that is too large

const nothing = new Uint8Array();

// `store` keeps the documents: read(key), merge(key, addition), put(key, bytes), run(event, body) of the collector if
// there is one, and its `place` for the core. `limiter`, if there is one, counts clients that were refused. `call` and
// `email` are as sendAll takes them.
export function handlers({ core, store, now, limiter, call, email }) {
  const utcOffset = utcOffsets(core.configured.timezone);
  let memo = "";

  return {
    async fetch(request) {
      try {
        return await answerTo(request);
      } catch (error) {
        log("error", `${request.method} ${new URL(request.url).pathname}: ${error.message}`, "failed");
        return failure();
      }
    },

    async scheduled({ scheduledTime }) {
      const run = (kind) => {
        const time = now();
        const event = { kind, path: "/", scheduled: scheduledTime, now: time, utcOffset: utcOffset(time) };
        return replyTo({ ...event, place: store.place }, nothing);
      };
      try {
        const { sequels = [] } = await run("cron");
        await Promise.all(sequels.map(run));
      } catch (error) {
        log("error", `CRON: ${error.message}`, "failed");
      }
    },
  };

  async function answerTo(request) {
    const { pathname, search, origin } = new URL(request.url);
    const time = now();
    const event = {
      kind: "request",
      method: request.method,
      path: pathname,
      query: search.slice(1),
      base: origin,
      headers: namedHeaders(request, core.configured.headers),
      entry: { colo: request.cf?.colo, country: request.cf?.country },
      now: time,
      utcOffset: utcOffset(time),
      place: store.place,
    };
    const body = await readUpTo(core.configured.bodyLimit, request.body, kDroppedBytes);
    const reply = await replyTo(event, body);
    const { status, headers, body: bytes } = (await isLimited(request, reply)) ? reply.limited : reply;
    return new Response(bytes, { status, headers });
  }

  async function isLimited(request, { limited }) {
    if (!limited || !limiter) return false;
    try {
      const { success } = await limiter.limit({ key: request.headers.get("CF-Connecting-IP") ?? "" });
      return !success;
    } catch (error) {
      log("warn", `the rate limit cannot be asked: ${error.message}`, "limiter-failed");
      return false;
    }
  }

  // Round by round: what the core needs to read, what it wants sent, and so to its last word.
  async function replyTo(event, body) {
    let documents;
    let outcome = step(event, body);
    if (outcome.header.forward) return forward(event, body, outcome);
    if (outcome.header.needs) {
      documents = await Promise.all(outcome.header.needs.map((key) => store.read(key)));
      outcome = step(event, body, { documents });
    }
    let stored = await write(outcome);
    if (stored && outcome.header.sends) {
      const answers = await sendAll(outcome, { call, email });
      outcome = step({ ...event, carry: outcome.header.carry }, body, { documents, answers });
      stored = await write(outcome);
    }
    const { reply, refused, limited } = outcome.header;
    const withBody = ({ part, ...rest }) => ({ ...rest, body: outcome.parts[part] ?? null });
    return { ...withBody((!stored && refused) || reply), limited: limited && withBody(limited) };
  }

  function step(event, body, more) {
    const outcome = core.step({ ...event, memo }, body, more);
    memo = outcome.header.memo ?? memo;
    logAll(outcome.header);
    return outcome;
  }

  async function forward(event, body, { header: { refused }, parts }) {
    try {
      return await store.run(event, body);
    } catch (error) {
      log("error", `the collector failed: ${error.message}`, "collector-failed");
      const { part, ...rest } = refused;
      return { ...rest, body: parts[part] };
    }
  }

  // One after another; the first that fails ends it. Returns whether all is stored.
  async function write({ header: { merges = [], puts = [] }, parts }) {
    try {
      for (const { key, part } of merges) await store.merge(key, parts[part]);
      for (const { key, part } of puts) await store.put(key, parts[part]);
      return true;
    } catch (error) {
      log("error", `a write failed: ${error.message}`, "write-failed");
      return false;
    }
  }
}

function namedHeaders(request, names) {
  return Object.fromEntries([...request.headers].filter(([name]) => names.includes(name)));
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
