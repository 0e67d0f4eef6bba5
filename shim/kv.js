// The documents in KV alone. KV has no compare-and-swap, shows a write late to others, and takes one write a
// second per key: so writes go one after another per key, and every merge brings in again what this isolate
// wrote last.

import { kRoles } from "./core.js";
import { mergeEvent } from "./frames.js";
import { sleep, within } from "./limits.js";
import { log, logAll } from "./log.js";

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

// A document as the core takes it: {key, state, bytes}, with bytes only when found.
export async function readDocument(kv, key) {
  try {
    const bytes = await within(kReadMs, readBytes(kv, key));
    return bytes ? { key, state: "found", bytes } : { key, state: "absent" };
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
  #lanes = new Map();

  constructor({ kv, core, now, waitUntil }) {
    this.#kv = kv;
    this.#core = core;
    this.#now = now;
    this.#waitUntil = waitUntil;
  }

  // As readDocument does.
  read(key) {
    return readDocument(this.#kv, key);
  }

  // One after another; the first that fails ends it.
  async store({ merges, puts }) {
    for (const { key, bytes } of merges) await this.merge(key, bytes);
    for (const { key, bytes } of puts) await this.put(key, bytes);
    return [];
  }

  // Resolves when the addition is stored. Additions that come while their write waits for its turn share it.
  merge(key, addition) {
    const lane = this.#lane(key);
    if (!lane.open || Date.now() - lane.open.since > kMergeMs) lane.open = this.#openBatch(key, lane);
    lane.open.additions.push(addition);
    return within(kMergeMs, lane.open.done);
  }

  put(key, bytes) {
    const lane = this.#lane(key);
    return this.#inTurn(lane, () => this.#write(key, lane, bytes));
  }

  // A lane: when its key may be written next, the last job, what this isolate wrote, the batch still open.
  #lane(key) {
    if (!this.#lanes.has(key)) this.#lanes.set(key, { free: 0, tail: Promise.resolve() });
    return this.#lanes.get(key);
  }

  #openBatch(key, lane) {
    const batch = { since: Date.now(), additions: [] };
    batch.done = this.#inTurn(lane, () => {
      if (lane.open === batch) lane.open = undefined;
      return this.#mergeAll(key, lane, batch.additions);
    });
    return batch;
  }

  // A job runs in the request that brought it, which lives until it is done. The job before may have failed,
  // which is not this one's matter, or never end.
  #inTurn(lane, job) {
    const before = lane.tail;
    const done = (async () => {
      await within(kTurnMs, before).catch(() => {});
      await sleep(lane.free - Date.now());
      return job();
    })();
    lane.tail = done;
    this.#waitUntil(done.catch(() => {}));
    return done;
  }

  async #mergeAll(key, lane, additions) {
    const stored = await readBytes(this.#kv, key);
    const copies = [stored ?? nothing, lane.written, ...additions].filter(Boolean);
    const { puts, logs } = this.#core.step({ now: this.#now(), role: this.role }, mergeEvent(key, copies));
    logAll(logs);
    for (const { bytes } of puts) {
      await this.#write(key, lane, bytes);
      lane.written = bytes;
    }
  }

  async #write(key, lane, bytes) {
    for (let retries = kRetries; ; retries--) {
      try {
        return await this.#kv.put(key, bytes);
      } catch (error) {
        if (retries === 0 || !isTooEarly(error)) throw error;
      } finally {
        lane.free = Date.now() + kApartMs;
      }
      await sleep(kApartMs);
    }
  }
}

function isTooEarly(error) {
  return /\b429\b/.test(error.message);
}
