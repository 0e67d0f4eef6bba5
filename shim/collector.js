// The collector: a Durable Object in which one thing happens after another. What happens is the core's to say;
// between a step and the writing of its rows nothing else can happen here.

import { DurableObject } from "cloudflare:workers";

import { kRoles } from "./core.js";
import { readDocument } from "./kv.js";
import { withTimeout } from "./limits.js";
import { log, logAll } from "./log.js";
import { play } from "./rounds.js";
import { Rows } from "./rows.js";
import { utcOffsets, zoneOffsets } from "./zone.js";

const kPutMs = 20_000; // for a put to KV
const kRunMs = 25_000; // for an answer of the collector
const kStatusAlone = "status";

// The class, for this core, namespace and clock. `platform` is as sendAll takes them.
export function collectorClass({ core, kv, now, platform }) {
  const offsets = utcOffsets(core.configured.timezone);
  const zones = zoneOffsets(core.configured.zones);

  return class Collector extends DurableObject {
    #rows = new Rows(this.ctx.storage);
    #session = new Uint8Array();
    #work = { requests: 0, errors: 0 }; // since the start
    #host = {
      platform,
      keepsDocuments: false, // others may have written since
      step: (input, event) => this.#step(input, event),
      keep: (outcome) => this.#keep(outcome),
      read: (wanted) => readDocument(kv, wanted),
      zones: () => zones(now()),
      readRows: (range) => this.#rows.read(range),
      store: ({ puts }) => Promise.all(puts.map(({ key, bytes }) => put(kv, key, bytes))),
    };

    // The core's answer to an event: {reply, followUps}, or only the reply's status, a number, which takes the runtime a
    // fraction of what an object does.
    async run(event, wanted) {
      this.#work.requests++;
      try {
        if (!(event instanceof Uint8Array)) throw new Error("the edge is of another version of the monitor");
        const { reply, followUps } = await play(this.#host, event);
        return wanted === kStatusAlone ? reply.status : { reply, followUps };
      } catch (error) {
        this.#work.errors++;
        throw error;
      }
    }

    #step(input, event) {
      const { requests, errors } = this.#work;
      const { rowsWritten, rowsRead } = this.#rows.work;
      const time = now();
      const known = { now: time, utcOffsets: offsets(time), role: kRoles.collector, session: this.#session };
      return core.step({ ...input, ...known, work: [requests, errors, rowsWritten, rowsRead] }, event);
    }

    // Where the rows cannot be written, what the core remembered before is still true.
    #keep({ rows, session = this.#session, logs }) {
      this.#rows.write(rows);
      this.#session = session;
      this.#work.errors += logAll(logs);
    }
  };
}

async function put(kv, key, bytes) {
  try {
    await withTimeout(kPutMs, kv.put(key, bytes));
    return { key };
  } catch (error) {
    log("warn", `${key} could not be put: ${error.message}`, "put-failed");
    return { key, error: error.message };
  }
}

// The documents as a Worker with the collector has them: read from KV, kept by the collector.
export class CollectorStore {
  role = kRoles.edge;

  #namespace;
  #kv;
  #options;
  #id; // kept; a stub belongs to the request that made it

  // `locationHint` says where the collector is to be made, unless it is there.
  constructor({ namespace, kv, locationHint }) {
    this.#namespace = namespace;
    this.#kv = kv;
    this.#options = { locationHint };
  }

  read(wanted) {
    return readDocument(this.#kv, wanted);
  }

  async store({ append }) {
    if (!append) return [];
    const answer = await this.run(append, kStatusAlone);
    const status = answer.reply?.status ?? answer; // a collector of an earlier version gives the whole
    if (status !== 200) throw new Error(`the collector answered ${status}`);
    return [];
  }

  // Once more when the object was just moved or restarted: what it does twice does no harm.
  async run(event, wanted) {
    const run = () => withTimeout(kRunMs, this.#stub().run(event, wanted));
    try {
      return await run();
    } catch (error) {
      if (!error.retryable || error.overloaded) throw error;
      return run();
    }
  }

  #stub() {
    this.#id ??= this.#namespace.idFromName("collector");
    return this.#namespace.get(this.#id, this.#options);
  }
}
