// Plays the minutes of a day: each event at its time, one after another, as the platform would deliver it.

import { eventsOf } from "./loads.js";

const kUrl = "https://monitor.example";
const kMinute = 60_000;
const kNotices = /"notices":\[(.*?)\]/;
const kKinds = /"kind":"([^"]+)"/g;

const decoder = new TextDecoder();

export class Day {
  #load;
  #deployed;
  #counter;
  #setTime;
  #sent = {}; // acknowledged heartbeats by service
  #lastSent = {}; // their last time, by service

  // `handlers` are those of the Worker, `setTime` sets the time it is told.
  constructor({ load, handlers, counter, setTime }) {
    this.#load = load;
    this.#deployed = handlers;
    this.#counter = counter;
    this.#setTime = setTime;
  }

  get sent() {
    return this.#sent;
  }

  get lastSent() {
    return this.#lastSent;
  }

  async play(from, minutes) {
    for (let minute = 0; minute < minutes; minute++)
      for (const event of eventsOf(this.#load, from + minute * kMinute)) await this.#happen(event);
  }

  async #happen(event) {
    this.#setTime(event.at);
    this.#counter.add("requests", event.kind);
    await this.#counter.invocation(event.kind, () => this[event.kind](event));
  }

  async heartbeats({ at, body }) {
    const headers = { Authorization: "Bearer key", "Content-Type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    const { status } = await this.#ask("heartbeats", `${kUrl}/api/heartbeat`, init);
    if (status !== 200) return;
    for (const id of body.services ?? [body.serviceId]) {
      this.#sent[id] = (this.#sent[id] ?? 0) + 1;
      this.#lastSent[id] = at;
    }
  }

  // Searched, not parsed: of 10,000 services an answer has megabytes.
  async polls() {
    const { status, bytes } = await this.#ask("polls", `${kUrl}/api/status`);
    if (status !== 200) return;
    const text = decoder.decode(bytes);
    const [, notices] = kNotices.exec(text) ?? ["", '"kind":"no list of notices"'];
    for (const [, kind] of notices.matchAll(kKinds)) this.#counter.add("notices", kind);
  }

  strangers({ path }) {
    return this.#ask("strangers", `${kUrl}${path}`);
  }

  checks({ scheduled }) {
    return this.#deployed.scheduled({ cron: "* * * * *", scheduledTime: scheduled });
  }

  async #ask(kind, url, init) {
    const response = await this.#deployed.fetch(new Request(url, init));
    const bytes = await response.arrayBuffer();
    this.#counter.add("answers", `${kind}: ${response.status}`);
    return { status: response.status, bytes };
  }
}
