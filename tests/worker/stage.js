// What the Worker is bound to, counted, and made to fail where a test says so.
//
// A rule is {on, key, does, skip, times}. `on` is one of the calls below, or "*" for all that the collector makes;
// `key` that of the document, when only one is meant. The first `skip` of these calls pass, then so many as `times`
// says (all when it is left out) go wrong:
//
//   throws      it fails without being made
//   retryable   so, and the platform says that it may be made again
//   overloaded  so, and the platform says that it had better not
//   hangs       it is made only once the rules change
//   dies        the collector dies instead
//   dies after  the collector dies with the call made, before anybody knows
//
//   kv.get, kv.put   by whoever
//   rows.write       a row put by the collector
//   collector        a call to the collector, by the edge; its key is the event's name
//   answer           the collector's answer to it, which is made by then
//
// Beside the calls it counts the rows read by the collector, what went wrong since the rules last changed, and what
// hangs, and tells where the collector was to be made.

import { kKinds } from "../../shim/frames.js";

const decoder = new TextDecoder();
const kFailures = {
  throws: {},
  retryable: { retryable: true },
  overloaded: { retryable: true, overloaded: true },
};
const kOfCollector = ["kv.get", "kv.put", "rows.write"];

// A request's path, else the kind of an event, as docs/boundary.md has them.
function nameOf(event) {
  const kind = kKinds[event[1]];
  return kind === "request" ? decoder.decode(event.subarray(7)).split("\n")[1] : kind;
}

export class Stage {
  #calls = { "kv.get": 0, "kv.put": 0, "rows.write": 0, collector: 0, wentWrong: 0 };
  #cursors = [];
  #rules = [];
  #hanging = [];
  #locationHint; // with which the collector was asked for last
  #die;

  get calls() {
    return {
      ...this.#calls,
      locationHint: this.#locationHint,
      hanging: this.#hanging.length,
      rowsRead: this.#cursors.reduce((sum, { rowsRead }) => sum + rowsRead, 0),
    };
  }

  follow(rules) {
    this.#calls.wentWrong = 0;
    this.#rules = rules.map((rule) => ({ skip: 0, times: Infinity, ...rule }));
    for (const goOn of this.#hanging.splice(0)) goOn();
  }

  bindings(env) {
    const { HEARTBEAT_KV: kv, COLLECTOR: namespace } = env;
    const staged = {
      get: (key, options) => this.#play("kv.get", key, () => kv.get(key, options)),
      put: (key, value) => this.#play("kv.put", key, () => kv.put(key, value)),
    };
    return { ...env, HEARTBEAT_KV: staged, ...(namespace && { COLLECTOR: this.#namespace(namespace) }) };
  }

  collector(Collector) {
    const stage = this;
    return class extends Collector {
      constructor(ctx, env) {
        const { sql } = ctx.storage;
        const exec = (query, ...values) => stage.#exec(sql, query, values);
        Object.defineProperty(ctx.storage, "sql", { value: { exec } });
        super(ctx, env);
        stage.#die = () => ctx.abort("died on stage");
      }
    };
  }

  #namespace(namespace) {
    return {
      idFromName: (name) => namespace.idFromName(name),
      get: (id, { locationHint }) => {
        this.#locationHint = locationHint;
        return { run: (event) => this.#ask(namespace.get(id, { locationHint }), event) };
      },
    };
  }

  async #ask(stub, event) {
    const name = nameOf(event);
    const answer = await this.#play("collector", name, () => stub.run(event));
    return this.#play("answer", name, () => answer);
  }

  async #play(on, key, call) {
    const does = this.#meet(on, key);
    if (does === "hangs") await new Promise((resolve) => this.#hanging.push(resolve));
    this.#interrupt(does);
    const result = await call();
    if (does === "dies after") this.#die();
    return result;
  }

  // Rows are written at once, and those of a transaction that is not done when the collector dies are not there.
  // The simulation has a table of its own, which is not meant.
  #exec(sql, query, values) {
    if (query.startsWith("INSERT INTO doc")) this.#interrupt(this.#meet("rows.write", values[0]));
    const cursor = sql.exec(query, ...values);
    if (query.includes("FROM doc")) this.#cursors.push(cursor);
    return cursor;
  }

  // What happens to a call.
  #meet(on, key) {
    if (on in this.#calls) this.#calls[on]++;
    const isMeant = (rule) =>
      (rule.on === on || (rule.on === "*" && kOfCollector.includes(on))) && (rule.key ?? key) === key;
    const rule = this.#rules.find((rule) => isMeant(rule) && rule.times > 0);
    if (!rule || rule.skip-- > 0) return "passes";
    rule.times--;
    this.#calls.wentWrong++;
    return rule.does;
  }

  #interrupt(does) {
    if (does === "dies") this.#die();
    const flags = kFailures[does];
    if (flags) throw Object.assign(new Error("it was to fail"), flags);
  }
}
