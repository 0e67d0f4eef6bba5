// The documents in KV alone. KV has no compare-and-swap, shows a write late to others, and takes one write a
// second per key: so writes go one after another per key, and every merge brings in again what this isolate
// wrote last.

import { kRoles } from "./core.js";
import { mergeEvent } from "./frames.js";
import { sleep, withTimeout } from "./limits.js";
import { log, logAll } from "./log.js";
import { readUpTo } from "./streams.js";

const kRetries = 2; // of a write that was too early
const kApartMs = 1_100; // between two writes of a key
const kTurnMs = 10_000; // for the job before, whose request may have died
const kReadMs = 20_000;
const kMergeMs = 20_000; // for a merge in all

const nothing = new Uint8Array();

async function readBytes(kv, key) {
  const buffer = await kv.get(key, { type: "arrayBuffer", cacheTtl: 30 });
  return buffer ? new Uint8Array(buffer) : undefined;
}

async function readHead(kv, key, head) {
  const stream = await kv.get(key, { type: "stream", cacheTtl: 30 });
  return stream ? readUpTo(head, stream) : undefined;
}

// A document as the core takes it: {key, state, bytes}, with bytes only when found. With a `head` its first so many bytes
// will do.
export async function readDocument(kv, { key, head }) {
  try {
    const bytes = await withTimeout(kReadMs, head ? readHead(kv, key, head) : readBytes(kv, key));
    if (!bytes) return { key, state: "absent" };
    return { key, state: head && bytes.length === head ? "head" : "found", bytes };
  } catch (error) {
    log("error", `${key} could not be read: ${error.message}`);
    return { key, state: "failed" };
  }
}

export class KvStore {
  role = kRoles.kvOnly;

  #kv;
  #core;
  #now;
  #waitUntil;
  #queues = new Map();

  constructor({ kv, core, now, waitUntil }) {
    this.#kv = kv;
    this.#core = core;
    this.#now = now;
    this.#waitUntil = waitUntil;
  }

  // As readDocument does.
  read(wanted) {
    return readDocument(this.#kv, wanted);
  }

  // One after another; the first that fails ends it.
  async store({ merges, puts }) {
    for (const { key, bytes } of merges) await this.merge(key, bytes);
    for (const { key, bytes } of puts) await this.put(key, bytes);
    return [];
  }

  // Resolves when the addition is stored. Additions that come while their write waits for its turn share it.
  merge(key, addition) {
    const queue = this.#queue(key);
    if (!queue.open || Date.now() - queue.open.since > kMergeMs) queue.open = this.#openBatch(key, queue);
    queue.open.additions.push(addition);
    return withTimeout(kMergeMs, queue.open.done);
  }

  put(key, bytes) {
    const queue = this.#queue(key);
    return this.#inTurn(queue, () => this.#write(key, queue, bytes));
  }

  // The queue of a key: when the key may be written next, the last job, what this isolate wrote, the batch
  // still open.
  #queue(key) {
    if (!this.#queues.has(key)) this.#queues.set(key, { free: 0, tail: Promise.resolve() });
    return this.#queues.get(key);
  }

  #openBatch(key, queue) {
    const batch = { since: Date.now(), additions: [] };
    batch.done = this.#inTurn(queue, () => {
      if (queue.open === batch) queue.open = undefined;
      return this.#mergeAll(key, queue, batch.additions);
    });
    return batch;
  }

  // A job runs in the request that brought it, which lives until it is done. The job before may have failed,
  // which is not this one's matter, or never end.
  #inTurn(queue, job) {
    const before = queue.tail;
    const done = (async () => {
      await withTimeout(kTurnMs, before).catch(() => {});
      await sleep(queue.free - Date.now());
      return job();
    })();
    queue.tail = done;
    this.#waitUntil(done.catch(() => {}));
    return done;
  }

  async #mergeAll(key, queue, additions) {
    const stored = await readBytes(this.#kv, key);
    const copies = [stored ?? nothing, queue.written, ...additions].filter(Boolean);
    const known = { now: this.#now(), role: this.role };
    const { puts, logs, reply } = this.#core.step(known, mergeEvent(key, copies));
    logAll(logs);
    if (reply.status !== 200) throw new Error(`the core answered a merge with ${reply.status}`);
    for (const { bytes } of puts) {
      await this.#write(key, queue, bytes);
      queue.written = bytes;
    }
  }

  async #write(key, queue, bytes) {
    for (let retries = kRetries; ; retries--) {
      try {
        return await this.#kv.put(key, bytes);
      } catch (error) {
        if (retries === 0 || !isTooEarly(error)) throw error;
      } finally {
        queue.free = Date.now() + kApartMs;
      }
      await sleep(kApartMs);
    }
  }
}

function isTooEarly(error) {
  return /\b429\b/.test(error.message);
}
