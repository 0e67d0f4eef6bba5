// Carries events from the platform to the core, and what the core wants done back to the platform.

import { cronEvent, requestEvent } from "./frames.js";
import { log, logAll } from "./log.js";
import { play } from "./rounds.js";
import { bodyUpTo } from "./streams.js";
import { utcOffsets, zoneOffsets } from "./zone.js";

const kDroppedBytes = 16 * 1024 * 1024; // of a body that is too large
const kReadAtOnce = 64 * 1024; // bytes; the core is asked about a longer body before it is read
const kContinue = 100; // the core's answer when it needs the body

// `store` keeps the documents: read(wanted), store(outcome), run(event) of the collector if there is one, and its `role`
// for the core. `limiters`, if they are there, count clients: `refused` those that were refused, `readers` those that ask
// the collector without a key. `platform` is as sendAll takes them.
export function handlers({ core, store, now, limiters = {}, platform }) {
  const offsets = utcOffsets(core.configured.timezone);
  const zones = zoneOffsets(core.configured.zones);
  let session = new Uint8Array();
  const nobody = new Headers(); // asks for what the clock does
  let kept = {}; // headers of the last answer

  return {
    async fetch(request) {
      try {
        return await answerTo(request);
      } catch (error) {
        if (error instanceof HungUp) return brokenOff(request, error);
        log("error", `${request.method} ${new URL(request.url).pathname}: ${error.message}`, "failed");
        return failure();
      }
    },

    async scheduled({ scheduledTime }) {
      try {
        const { followUps } = await playAt(now(), nobody, cronEvent(scheduledTime));
        await Promise.all(followUps.map(follow));
      } catch (error) {
        log("error", `CRON: ${error.message}`, "failed");
      }
    },
  };

  // One that fails leaves the others alone; the next check orders it again.
  async function follow(event) {
    try {
      await store.run(event);
    } catch (error) {
      log("error", `the collector failed: ${error.message}`, "collector-failed");
    }
  }

  async function answerTo(request) {
    const { pathname, search, origin } = new URL(request.url);
    const texts = [
      request.headers.get("authorization"),
      request.headers.get("origin"),
      request.cf?.colo,
      request.cf?.country,
    ];
    const head = [request.method, pathname, search.slice(1), origin, ...texts.map((text) => text ?? "")];
    const time = now();
    const played =
      (await playedWithoutBody(request, head, time)) ??
      (await playAt(time, request.headers, requestEvent(head, await bodyOf(request))));
    const isHeldOff = played.limited && (await isBeyond(limiters.refused, request.headers));
    const { status, headers, body: bytes } = isHeldOff ? played.limited : played.reply;
    return new Response(bytes, { status, headers: headersOf(headers) });
  }

  // Most answers have the same ones, and the runtime copies its own faster than it reads an object.
  function headersOf(headers) {
    if (headers !== kept.from) kept = { from: headers, headers: new Headers(headers) };
    return kept.headers;
  }

  // Undefined when the body is needed. A short one is read at once, and so is none.
  async function playedWithoutBody(request, head, time) {
    if (!request.body || Number(request.headers.get("Content-Length") ?? Infinity) <= kReadAtOnce)
      return undefined;
    const played = await playAt(time, request.headers, requestEvent(head));
    if (played.reply.status === kContinue) return undefined;
    await request.body.cancel();
    return played;
  }

  async function bodyOf(request) {
    try {
      return await bodyUpTo(core.configured.bodyLimit, request, kDroppedBytes);
    } catch (error) {
      throw new HungUp(error.message);
    }
  }

  async function isBeyond(limiter, headers) {
    try {
      return limiter && !(await limiter.limit({ key: headers.get("CF-Connecting-IP") ?? "" })).success;
    } catch (error) {
      log("warn", `the rate limit cannot be asked: ${error.message}`, "limiter-failed");
      return false;
    }
  }

  // In all its rounds it is as late as it was in the first. The headers are those of whoever asks.
  function playAt(time, headers, event) {
    const known = { now: time, utcOffsets: offsets(time), role: store.role };
    const host = {
      platform,
      keepsDocuments: true,
      step: (input, one) => core.step({ ...input, ...known, session }, one),
      keep(outcome) {
        session = outcome.session ?? session;
        logAll(outcome.logs);
      },
      read: (wanted) => store.read(wanted),
      zones: () => zones(time),
      readerRate: async () => ((await isBeyond(limiters.readers, headers)) ? 2 : 1),
      store: (outcome) => store.store(outcome),
      run: (forwarded) => store.run(forwarded),
    };
    return play(host, event);
  }
}

// A client that went away before it had sent its body. That is its own affair, and it hears no answer.
class HungUp extends Error {}

function brokenOff(request, { message }) {
  log(
    "info",
    `${request.method} ${new URL(request.url).pathname}: the client hung up: ${message}`,
    "hung-up",
  );
  return new Response(null, { status: 400 });
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
