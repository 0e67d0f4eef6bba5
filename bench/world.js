// A monitor with so many services, each with 120 days of history, as the core itself would have left it.

import module from "../build/core.wasm";
import page from "../dashboard/page.html";
import { Core } from "../shim/core.js";

const encoder = new TextEncoder();
const kNothing = new Uint8Array();

export const kNow = Date.parse("2026-11-22T12:00:00.000Z");
export const kDays = 120;
export const kBeat = JSON.stringify({
  serviceId: "service-00007",
  message: "Heartbeat from server-1",
  metadata: { hostname: "server-1" },
});

export const idsOf = (count) => Array.from({ length: count }, (_, i) => id(i));

const id = (i) => `service-${String(i).padStart(5, "0")}`;
const iso = (ms) => new Date(ms).toISOString();

export class World {
  constructor(count) {
    const ids = idsOf(count);
    this.files = {
      services: JSON.stringify({
        groups: [{ id: "prod", services: ids }],
        services: ids.map((name) => ({ id: name })),
      }),
      notifications: "{}",
      settings: "{}",
      dashboard: "{}",
      page,
    };
    this.env = { API_KEYS: '{"*":"key"}' };
    this.core = this.start();
    this.latest = encoder.encode(JSON.stringify(Object.fromEntries(ids.map((name) => [name, iso(kNow)]))));
    this.data = this.#firstData();
  }

  start() {
    return new Core(module, this.env, this.files);
  }

  request(method, path, body = kNothing) {
    const headers = { authorization: "Bearer key" };
    const event = { kind: "request", method, path, query: "", base: "https://m.example", headers, now: kNow };
    return this.#run({ ...event, place: "alone" }, body);
  }

  heartbeat(body) {
    const { header, parts } = this.request("POST", "/api/heartbeat", body);
    const [{ key, part }] = header.merges;
    const documents = [this.latest, parts[part]].map((bytes) => ({ key, state: "found", bytes }));
    return this.core.step({ kind: "merge", path: key, now: kNow, place: "alone" }, kNothing, { documents });
  }

  check(secondsLater) {
    const now = kNow + secondsLater * 1000;
    return this.#run({ kind: "cron", path: "/", now, scheduled: now, place: "alone" }, kNothing);
  }

  #run(event, body) {
    const first = this.core.step(event, body);
    if (!first.header.needs) return first;
    const documents = { "monitor:latest": this.latest, "monitor:data": this.data };
    const read = first.header.needs.map((key) =>
      documents[key] ? { key, state: "found", bytes: documents[key] } : { key, state: "absent" },
    );
    return this.core.step(event, body, { documents: read });
  }

  #firstData() {
    const { header, parts } = this.check(0);
    return parts[header.puts[0].part];
  }
}
