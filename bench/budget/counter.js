// Counts at the bindings what the Worker does. The day is played one event after another, so whatever is called
// belongs to the invocation that is running.

import { kKinds } from "../../shim/frames.js";
import { addTo, emptyTally } from "./tally.js";

const kindOf = (event) => kKinds[event[1]];

export class Counter {
  #tally = emptyTally();
  #running;
  #cursors = [];
  #onPut;

  // `onPut` is called with the key of each put to KV, once it is made.
  constructor({ onPut }) {
    this.#onPut = onPut;
  }

  // What was counted since it was last taken.
  take() {
    const tally = this.#tally;
    this.#tally = emptyTally();
    return tally;
  }

  add(heading, name, number = 1) {
    addTo(this.#tally, heading, name, number);
  }

  // The object's invocations are within those of the Worker that wait for them, and have subrequests of their own.
  async invocation(name, job) {
    const outer = this.#running;
    const own = (this.#running = { subrequests: 0 });
    try {
      return await job();
    } finally {
      this.#running = outer;
      this.add("subrequests", name, own.subrequests);
    }
  }

  bindings(env) {
    return { ...env, HEARTBEAT_KV: this.#kv(env.HEARTBEAT_KV), COLLECTOR: this.#namespace(env.COLLECTOR) };
  }

  // The class with its rows counted.
  collector(Collector) {
    const counter = this;
    return class extends Collector {
      constructor(ctx, env) {
        const { sql } = ctx.storage;
        const exec = (query, ...values) => counter.#exec(sql, query, values);
        Object.defineProperty(ctx.storage, "sql", { value: { exec } });
        super(ctx, env);
        counter.add("starts", "collector");
      }

      run(event) {
        const kind = kindOf(event);
        return counter.invocation(`collector: ${kind}`, async () => {
          try {
            return await super.run(event);
          } finally {
            counter.#countRows(kind);
          }
        });
      }
    };
  }

  // In place of `fetch`: nobody is there.
  send = async (url) => {
    this.#subrequest("sends", new URL(url).hostname);
    return new Response(null, { status: 204 });
  };

  #kv(kv) {
    return {
      get: (key, options) => {
        this.#subrequest("kvReads", key);
        return kv.get(key, options);
      },
      put: async (key, value) => {
        this.#subrequest("kvWrites", key);
        await kv.put(key, value);
        this.#onPut(key);
      },
    };
  }

  #namespace(namespace) {
    return {
      idFromName: (name) => namespace.idFromName(name),
      get: (id) => ({
        run: (event) => {
          this.#subrequest("objectRequests", kindOf(event));
          return namespace.get(id).run(event);
        },
      }),
    };
  }

  #subrequest(heading, name) {
    this.add(heading, name);
    if (this.#running) this.#running.subrequests++;
  }

  // The simulation has a table of its own, which is not meant.
  #exec(sql, query, values) {
    const cursor = sql.exec(query, ...values);
    if (!query.includes("__miniflare")) this.#cursors.push({ cursor, row: rowOf(query, values) });
    return cursor;
  }

  // Cursors count while they are read, and all are read by the end of an event.
  #countRows(kind) {
    for (const { cursor, row } of this.#cursors.splice(0)) {
      if (cursor.rowsWritten) this.add("rowsWritten", row, cursor.rowsWritten);
      if (cursor.rowsRead) this.add("rowsRead", kind, cursor.rowsRead);
    }
  }
}

// "beat" of beat:0012, "state" of state/01; else the query's first word.
function rowOf(query, [key]) {
  return query.startsWith("INSERT INTO doc") ? key.split(/[:/]/)[0] : query.split(" ")[0];
}
