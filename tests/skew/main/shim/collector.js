// The collector: a Durable Object in which one thing happens after another. What happens is the core's to say;
// between a step and the writing of its rows nothing else can happen here.

import { DurableObject } from "cloudflare:workers";

import { readDocument } from "./kv.js";
import { within } from "./limits.js";
import { log, logAll } from "./log.js";
import { Rows } from "./rows.js";
import { sendAll } from "./sends.js";

const kPutMs = 20_000; // for a put to KV
const kRunMs = 25_000; // for an answer of the collector

// The class, for this core, namespace and clock. `call` and `email` are as sendAll takes them.
export function collectorClass({ core, kv, now, call, email }) {
  return class Collector extends DurableObject {
    #rows = new Rows(this.ctx.storage);
    #memo = "";
    #work = { requests: 0, errors: 0 }; // since the start

    // The core's reply to an event: {status, headers, body, sequels}.
    async run(event, body) {
      this.#work.requests++;
      try {
        return await this.#answer(event, body);
      } catch (error) {
        this.#work.errors++;
        throw error;
      }
    }

    async #answer(event, body) {
      const outcome = await this.#rounds(event, body);
      const { puts = [], sends, carry, sequels } = outcome.header;
      const results = await Promise.all(puts.map(({ key, part }) => put(kv, key, outcome.parts[part])));
      const answers = sends ? await sendAll(outcome, { call, email }) : [];
      const isDone = results.length + answers.length === 0;
      const last = isDone ? outcome : await this.#rounds({ ...event, carry }, body, { results, answers });
      const { part, ...reply } = last.header.reply;
      return { ...reply, body: last.parts[part] ?? null, sequels };
    }

    // What was read from the table before something was waited for may be old, and is read again.
    async #rounds(event, body, came) {
      let [documents, ranges, rows] = [[], [], []];
      for (;;) {
        const outcome = this.#step(event, body, { documents, ranges, rows, ...came });
        const { needs = [], needsRows = [] } = outcome.header;
        if (needs.length + needsRows.length === 0) return outcome;
        if (needs.length) {
          documents = [...documents, ...(await Promise.all(needs.map((key) => readDocument(kv, key))))];
          [ranges, rows] = [[], []];
        }
        ranges = [...ranges, ...needsRows];
        rows = [...rows, ...needsRows.flatMap((range) => this.#rows.read(range))];
      }
    }

    // A step and its rows. Where they cannot be written, what the core remembered before is still true.
    #step(event, body, read) {
      const work = { ...this.#work, ...this.#rows.work };
      const place = { place: "collector", now: now(), memo: this.#memo, ...work };
      const outcome = core.step({ ...event, ...place }, body, read);
      const { rows = [], memo = this.#memo } = outcome.header;
      this.#rows.write(rows.map(({ key, part }) => ({ key, bytes: outcome.parts[part] })));
      this.#memo = memo;
      this.#work.errors += logAll(outcome.header);
      return outcome;
    }
  };
}

async function put(kv, key, bytes) {
  try {
    await within(kPutMs, kv.put(key, bytes));
    return { key };
  } catch (error) {
    log("warn", `${key} could not be put: ${error.message}`, "put-failed");
    return { key, error: error.message };
  }
}

// The documents as a Worker with the collector has them: read from KV, merged by the collector.
export class CollectorStore {
  place = "edge";

  #namespace;
  #kv;

  constructor({ namespace, kv }) {
    this.#namespace = namespace;
    this.#kv = kv;
  }

  read(key) {
    return readDocument(this.#kv, key);
  }

  async merge(key, addition) {
    const { status } = await this.run({ kind: "merge", path: key }, addition);
    if (status !== 200) throw new Error(`the collector answered ${status}`);
  }

  // Once more when the object was just moved or restarted: what it does twice does no harm.
  async run(event, body) {
    const run = () =>
      within(kRunMs, this.#namespace.get(this.#namespace.idFromName("collector")).run(event, body));
    try {
      return await run();
    } catch (error) {
      if (!error.retryable || error.overloaded) throw error;
      return run();
    }
  }
}
