// The same monitor with the collector, two and a half minutes after its last publishing.

import { idsOf, kNow, World } from "./world.js";

const encoder = new TextEncoder();
const kNothing = new Uint8Array();
const kEvery = 120; // seconds between two heartbeats of a service
const kBatch = 1_000; // services in one request, of a large monitor

export class CollectorWorld {
  #rows = new Map();
  #memo = "";

  constructor(count) {
    this.world = new World(count);
    this.core = this.world.core;
    this.ids = idsOf(count);
    this.kv = { "monitor:latest": this.world.latest, "monitor:data": this.world.data };
    this.#keep(this.#cron(0));
    this.#keep(this.publish(0));
    for (const body of this.#bodies()) this.#keep(this.heartbeat(body));
  }

  // One request from the edge to its row.
  heartbeat(body) {
    const headers = { authorization: "Bearer key" };
    const event = { kind: "request", method: "POST", path: "/api/heartbeat", query: "", headers, now: kNow };
    const { header, parts } = this.core.step({ ...event, place: "edge" }, body);
    const [{ key, part }] = header.merges;
    return this.#run({ kind: "merge", path: key }, kNow, parts[part]);
  }

  batch() {
    return this.heartbeat(encoder.encode(JSON.stringify({ services: this.ids.slice(0, kBatch) })));
  }

  check(secondsLater) {
    return this.#cron(secondsLater);
  }

  publish(secondsLater) {
    return this.#run({ kind: "publish", path: "/" }, kNow + secondsLater * 1000, kNothing);
  }

  #cron(secondsLater) {
    const now = kNow + secondsLater * 1000;
    return this.#run({ kind: "cron", path: "/", scheduled: now }, now, kNothing);
  }

  // The requests of two and a half minutes.
  #bodies() {
    const { ids } = this;
    const requests =
      ids.length <= kBatch
        ? ids.map((serviceId) => ({ serviceId }))
        : Array.from({ length: ids.length / kBatch }, (_, i) => ({
            services: ids.slice(i * kBatch, (i + 1) * kBatch),
          }));
    const count = Math.round((requests.length * 150) / kEvery);
    return Array.from({ length: count }, (_, i) =>
      encoder.encode(JSON.stringify(requests[i % requests.length])),
    );
  }

  #run(event, now, body) {
    let [documents, ranges, rows] = [[], [], []];
    for (;;) {
      const place = { place: "collector", now, memo: this.#memo };
      const outcome = this.core.step({ ...event, ...place }, body, { documents, ranges, rows });
      const { needs = [], needsRows = [] } = outcome.header;
      if (!needs.length && !needsRows.length) return outcome;
      documents = [...documents, ...needs.map((key) => this.#document(key))];
      if (needs.length) [ranges, rows] = [[], []];
      ranges = [...ranges, ...needsRows];
      rows = [...rows, ...needsRows.flatMap((range) => this.#read(range))];
    }
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

  #keep({ header, parts }) {
    for (const { key, part } of header.rows ?? []) this.#rows.set(key, parts[part]);
    for (const { key, part } of header.puts ?? []) this.kv[key] = parts[part];
    this.#memo = header.memo ?? this.#memo;
  }
}
