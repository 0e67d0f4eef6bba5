// The same monitor with the collector, which has published and checked every minute since, up to the fifth.

import { kRoles } from "../shim/core.js";
import { cronEvent, requestEvent } from "../shim/frames.js";
import { settle } from "../shim/rounds.js";
import { documentOf, headOf, idsOf, kNow, World } from "./world.js";

const encoder = new TextEncoder();
const kNothing = new Uint8Array();
const kEvery = 120; // seconds between two heartbeats of a service
const kBatch = 1_000; // services in one request, of a large monitor
const kLargestBatch = 5_000;
export const kMidnight = 12 * 3_600; // seconds after kNow

export class CollectorWorld {
  #rows = new Map();
  #recorded; // the rows as they are after the next record
  #memory = {};
  #session = kNothing;
  #publishing;

  // `requests` are those since the last publishing; left out, as many as come in two and a half minutes. The largest
  // that there may be comes behind them, if it is asked for.
  static async of(count, build, { requests, hasLargest = false, days } = {}) {
    const made = new CollectorWorld(count, build, days);
    const bodies = made.#bodies(requests);
    if (hasLargest)
      bodies.push(encoder.encode(JSON.stringify({ services: made.ids.slice(0, kLargestBatch) })));
    await made.#begin(bodies);
    return made;
  }

  // One whose day has just begun.
  static async atMidnight(count, build) {
    const made = new CollectorWorld(count, build);
    await made.#begin([]);
    const before = kMidnight - 30;
    for (const body of made.#bodies()) made.keep(await made.heartbeat(body, before));
    made.#recorded = new Map(made.#rows);
    made.keep(await made.#cron(kMidnight), made.#recorded);
    return made;
  }

  constructor(count, build, days) {
    this.world = new World(count, build, days);
    this.core = this.world.core;
    this.ids = idsOf(count);
    this.kv = { "monitor:latest": this.world.latest, "monitor:data": this.world.data };
  }

  async #begin(bodies) {
    const first = await this.#cron(0);
    this.#publishing = first.followUps.at(-1); // behind what is to be told
    this.keep(first);
    this.keep(await this.publish(0));
    for (const body of bodies) this.keep(await this.heartbeat(body));
    for (let minute = 1; minute < 5; minute++) this.keep(await this.#cron(60 * minute));
    this.#recorded = new Map(this.#rows);
    this.keep(await this.#cron(300), this.#recorded);
  }

  // One request from the edge to its row.
  heartbeat(body, secondsLater = 0) {
    const now = kNow + secondsLater * 1000;
    const event = requestEvent(headOf("POST", "/api/heartbeat"), body);
    const { append } = this.core.step({ now, role: kRoles.edge }, event);
    return this.#run(append, now);
  }

  // The first one of a collector that has just started.
  async heartbeatAfterEviction(body) {
    const session = this.#session;
    this.#session = kNothing;
    const outcome = await this.heartbeat(body);
    this.#session = session;
    return outcome;
  }

  batch() {
    return this.heartbeat(this.batchBody());
  }

  batchBody() {
    return encoder.encode(JSON.stringify({ services: this.ids.slice(0, kBatch) }));
  }

  check(secondsLater) {
    return this.#cron(secondsLater);
  }

  publish(secondsLater) {
    return this.#run(this.#publishing, kNow + secondsLater * 1000, this.#recorded ?? this.#rows);
  }

  #cron(secondsLater) {
    const now = kNow + secondsLater * 1000;
    return this.#run(cronEvent(now), now);
  }

  #bodies(wanted) {
    const { ids } = this;
    const requests =
      ids.length <= kBatch
        ? ids.map((serviceId) => ({ serviceId }))
        : Array.from({ length: ids.length / kBatch }, (_, i) => ({
            services: ids.slice(i * kBatch, (i + 1) * kBatch),
          }));
    const count = wanted ?? Math.round((requests.length * 150) / kEvery);
    return Array.from({ length: count }, (_, i) =>
      encoder.encode(JSON.stringify(requests[i % requests.length])),
    );
  }

  // What is written is not kept, so that each run has the same before it.
  async #run(event, now, rows = this.#rows) {
    const known = { now, role: kRoles.collector, session: this.#session };
    const host = {
      step: (input, one) => this.core.step({ ...input, ...known }, one),
      keep() {},
      read: ({ key, head }) => documentOf(this.#ownBytes(key), key, head),
      readRows: (range) => read(rows, range),
    };
    return (await settle(host, {}, event)).outcome;
  }

  // KV gives each reader bytes of its own. The memory for them is not new each time, as it is not in the runtime.
  #ownBytes(key) {
    const bytes = this.kv[key];
    if (!bytes) return undefined;
    if (!(this.#memory[key]?.length >= bytes.length)) this.#memory[key] = new Uint8Array(bytes.length);
    const own = this.#memory[key].subarray(0, bytes.length);
    own.set(bytes);
    return own;
  }

  isInMemoryOfReads({ buffer }) {
    return Object.values(this.#memory).some((memory) => memory.buffer === buffer);
  }

  // What came of an event becomes what there is.
  keep({ rows, puts, session = this.#session }, all = this.#rows) {
    for (const { key, bytes } of rows) all.set(key, bytes);
    for (const { key, bytes } of puts) this.kv[key] = bytes.slice();
    this.#session = session;
  }
}

function read(rows, { from, until }) {
  if (!until) return rows.has(from) ? [{ key: from, bytes: rows.get(from) }] : [];
  const keys = [...rows.keys()].filter((key) => key >= from && key < until).sort();
  return keys.map((key) => ({ key, bytes: rows.get(key) }));
}
