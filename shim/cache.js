// Answers for readers, kept where they were given for a while: whoever asks the same without a key within it costs
// nothing more than the request.

import { log } from "./log.js";

const kStoredAt = "X-Stored-At";

// `cache` is Cloudflare's, or one like it; `now` tells the time in ms, `waitUntil` keeps the event alive.
export class ReaderCache {
  #cache;
  #seconds;
  #now;
  #waitUntil;

  constructor({ cache, seconds, now, waitUntil }) {
    this.#cache = cache;
    this.#seconds = seconds;
    this.#now = now;
    this.#waitUntil = waitUntil;
  }

  // What is kept for this request, if anything.
  async find(request) {
    if (!isReaders(request)) return undefined;
    try {
      const kept = await this.#cache.match(keyOf(request));
      if (!kept) return undefined;
      const headers = new Headers(kept.headers);
      const age = this.#now() - Number(headers.get(kStoredAt));
      if (!(age >= 0 && age < this.#seconds * 1000)) return undefined;
      headers.delete(kStoredAt);
      headers.set("Cache-Control", "no-store");
      return new Response(kept.body, { status: kept.status, headers });
    } catch (error) {
      log("warn", `the cache cannot be asked: ${error.message}`, "cache-failed");
      return undefined;
    }
  }

  // Keeps an answer that no browser is to keep, and no other.
  keep(request, response) {
    const isForAll = response.status === 200 && response.headers.get("Cache-Control") === "no-store";
    if (!isReaders(request) || !isForAll) return;
    const copy = response.clone();
    const headers = new Headers(copy.headers);
    headers.set("Cache-Control", `max-age=${this.#seconds}`);
    headers.set(kStoredAt, String(this.#now()));
    const kept = this.#cache.put(keyOf(request), new Response(copy.body, { status: 200, headers }));
    this.#waitUntil(
      kept.catch((error) => log("warn", `the cache keeps nothing: ${error.message}`, "cache-failed")),
    );
  }
}

// The handlers of a Worker, with their answers to readers kept.
export function keepingFor(readers, { fetch, ...others }) {
  return {
    ...others,
    async fetch(request) {
      const known = await readers.find(request);
      if (known) return known;
      const response = await fetch(request);
      readers.keep(request, response);
      return response;
    },
  };
}

// Whoever sends a key, right or wrong, gets an own answer.
function isReaders(request) {
  return request.method === "GET" && !request.headers.has("Authorization");
}

// Pages of other origins get other headers.
function keyOf(request) {
  const url = new URL(request.url);
  url.searchParams.append("origin-of-the-reader", request.headers.get("Origin") ?? "");
  return url.href;
}
