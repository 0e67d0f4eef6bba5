// A monitor with so many services, each with 120 days of history or as many as are asked for, as the core itself would
// have left it.

import { Core } from "../shim/core.js";
import { cronEvent, mergeEvent, requestEvent } from "../shim/frames.js";

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
export const headOf = (method, path) => [method, path, "", "https://m.example", "Bearer key", "", "", ""];

const iso = (ms) => new Date(ms).toISOString();

// As KV gives it.
export function documentOf(bytes, key, head) {
  if (!bytes) return { key, state: "absent" };
  if (!head || bytes.length < head) return { key, state: "found", bytes };
  return { key, state: "head", bytes: bytes.slice(0, head) };
}

export class World {
  #module;

  // `build` has what was built: the module and the page.
  constructor(count, { module, page }, days = kDays) {
    const ids = idsOf(count);
    this.#module = module;
    this.files = {
      services: JSON.stringify({
        groups: [{ id: "prod", services: ids }],
        services: ids.map((name) => ({ id: name })),
      }),
      notifications: "{}",
      settings: JSON.stringify({ uptime: { retentionDays: days } }),
      dashboard: "{}",
      page,
    };
    this.env = { API_KEYS: '{"*":"key"}' };
    this.core = this.start();
    this.latest = encoder.encode(JSON.stringify(Object.fromEntries(ids.map((name) => [name, iso(kNow)]))));
    this.data = this.#firstData();
  }

  start() {
    return new Core(this.#module, this.env, this.files);
  }

  request(method, path, body = kNothing, now = kNow) {
    return this.#run(requestEvent(headOf(method, path), body), now);
  }

  // Later than all that are stored.
  heartbeat(body, now = kNow + 1000) {
    const [{ key, bytes }] = this.request("POST", "/api/heartbeat", body, now).merges;
    return this.core.step({ now }, mergeEvent(key, [this.latest, bytes]));
  }

  check(secondsLater) {
    const now = kNow + secondsLater * 1000;
    return this.#run(cronEvent(now), now);
  }

  #run(event, now) {
    const first = this.core.step({ now }, event);
    if (first.kind !== "ask") return first;
    const stored = { "monitor:latest": this.latest, "monitor:data": this.data };
    const documents = first.documents.map(({ key, head }) => documentOf(stored[key], key, head));
    return this.core.step({ now, documents }, event);
  }

  #firstData() {
    return this.check(0).puts[0].bytes;
  }
}
