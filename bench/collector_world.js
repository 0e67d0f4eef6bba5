// The same monitor with the collector, two and a half minutes after its last publishing.

import { kRoles } from "../shim/core.js";
import { cronEvent, requestEvent } from "../shim/frames.js";
import { settle } from "../shim/rounds.js";
import { headOf, idsOf, kNow, World } from "./world.js";

const encoder = new TextEncoder();
const kNothing = new Uint8Array();
const kEvery = 120; // seconds between two heartbeats of a service
const kBatch = 1_000; // services in one request, of a large monitor

export class CollectorWorld {
  #rows = new Map();
  #session = kNothing;
  #publishing;

  // `requests` are those since the last publishing; left out, as many as come in two and a half minutes.
  static async of(count, requests) {
    const made = new CollectorWorld(count);
    await made.#begin(requests);
    return made;
  }

  constructor(count) {
    this.world = new World(count);
    this.core = this.world.core;
    this.ids = idsOf(count);
    this.kv = { "monitor:latest": this.world.latest, "monitor:data": this.world.data };
  }

  async #begin(requests) {
    const first = await this.#cron(0);
    this.#publishing = first.followUps.at(-1); // behind what is to be told
    this.#keep(first);
    this.#keep(await this.publish(0));
    for (const body of this.#bodies(requests)) this.#keep(await this.heartbeat(body));
  }

  // One request from the edge to its row.
  heartbeat(body) {
    const event = requestEvent(headOf("POST", "/api/heartbeat"), body);
    const { append } = this.core.step({ now: kNow, role: kRoles.edge }, event);
    return this.#run(append, kNow);
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
    return this.#run(this.#publishing, kNow + secondsLater * 1000);
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
  async #run(event, now) {
    const known = { now, role: kRoles.collector, session: this.#session };
    const host = {
      step: (input, one) => this.core.step({ ...input, ...known }, one),
      keep() {},
      read: (key) => this.#document(key),
      readRows: (range) => this.#read(range),
    };
    return (await settle(host, {}, event)).outcome;
  }

  #document(key) {
    const bytes = this.kv[key];
    return bytes ? { key, state: "found", bytes } : { key, state: "absent" };
  }

  #read({ from, until }) {
    if (!until) return this.#rows.has(from) ? [{ key: from, bytes: this.#rows.get(from) }] : [];
    const keys = [...this.#rows.keys()].filter((key) => key >= from && key < until).sort();
    return keys.map((key) => ({ key, bytes: this.#rows.get(key) }));
  }

  #keep({ rows, puts, session = this.#session }) {
    for (const { key, bytes } of rows) this.#rows.set(key, bytes);
    for (const { key, bytes } of puts) this.kv[key] = bytes;
    this.#session = session;
  }
}
