// The same work in plain JavaScript as somebody who knows it well would write it: histories stay the packed strings that
// they are, services are found in a Map, constant text is put together once. Its output is compared with the Worker's,
// byte for byte, before anything is measured.

import { kDays, kNow } from "./world.js";

const kThresholdMs = 300_000;
const kLagMs = 60_000;
const kCell = 8; // characters of a day
const kListedDays = 30;
const kMostListed = 500; // services on the page without its script
const kMostHistories = 100; // in it
const kTooMany =
  '<p class="notice">With so many services, only those that are down or degraded are listed here.</p>\n';
const kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const kDigits = Object.fromEntries([...kAlphabet].map((character, i) => [character, i]));

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const iso = (ms) => new Date(ms).toISOString();
const read = (bytes) => JSON.parse(decoder.decode(bytes));
const write = (value) => encoder.encode(JSON.stringify(value));
const counterAt = (cells, at) => kDigits[cells[at]] * 64 + kDigits[cells[at + 1]];
const counterOf = (count) => kAlphabet[count >> 6] + kAlphabet[count & 63];

export class Baseline {
  #services;
  #pieces;
  #settings;

  // `world` has the documents, and its page the settings, which are text from the start on.
  constructor({ files, latest, data }, text) {
    this.files = files;
    this.#pieces = files.page.split(/\{\{(\w+)\}\}/);
    this.latest = latest;
    this.data = data;
    this.#services = Baseline.start(files);
    this.#settings = /"settings":(\{.*\}),"alerts"/.exec(text)[1];
  }

  static start({ services }) {
    const { groups, services: all } = JSON.parse(services);
    const groupOf = new Map(groups.flatMap((group) => group.services.map((id) => [id, group.id])));
    return new Map(all.map(({ id }) => [id, { id, name: id, group: groupOf.get(id), key: "key" }]));
  }

  // A single heartbeat or a batch: {row, reply} as bytes.
  collectorHeartbeat(bytes, authorization, sequence) {
    const body = read(bytes);
    const key = authorization.slice("Bearer ".length);
    const entries = body.services ?? [body.serviceId];
    const beats = new Map();
    const results = [];
    const timestamp = iso(kNow);
    for (const serviceId of entries) {
      const isRight = this.#services.get(serviceId)?.key === key;
      if (isRight) beats.set(serviceId, serviceId);
      results.push({ serviceId, success: isRight, timestamp });
    }
    const all = { message: body.message, metadata: body.metadata };
    const row = { seq: sequence, at: kNow, colo: "", country: "", all, beats: [...beats.values()] };
    const message = body.services
      ? `Batch heartbeat received for ${beats.size} service(s)`
      : "Heartbeat received";
    const reply = { success: true, message, timestamp, results: body.services && results };
    return { row: write(row), reply: write(reply) };
  }

  heartbeat(bytes, now) {
    const body = read(bytes);
    const latest = read(this.latest);
    if (this.#services.get(body.serviceId)?.key === "key") latest[body.serviceId] = iso(now);
    return write(latest);
  }

  // Whose status is another one.
  check(now) {
    const latest = read(this.latest);
    const { services } = read(this.data).check;
    const statusOf = (id) => (now - Date.parse(latest[id]) > kThresholdMs + kLagMs ? "down" : "up");
    return Object.entries(services).filter(([id, [status]]) => statusOf(id) !== status);
  }

  record(now) {
    const data = read(this.data);
    const latest = read(this.latest);
    const { cells } = data.uptime;
    for (const [id, row] of Object.entries(data.check.services)) {
      row[2] = Date.parse(latest[id]);
      const minutes = counterAt(row[4], kCell) + (now - data.check.at) / 60_000;
      row[4] = row[4].slice(0, kCell) + counterOf(minutes) + row[4].slice(kCell + 2);
      cells[id] = cells[id].slice(0, -2 * kCell) + row[4];
    }
    data.revision = data.check.scheduled = data.check.at = now;
    data.summary.timestamp = iso(now);
    return write(data);
  }

  status() {
    return encoder.encode(this.#statusOf(read(this.data)));
  }

  #statusOf({ summary }) {
    const latest = read(this.latest);
    const results = [];
    for (const { id, name, group } of this.#services.values()) {
      const [status, since, message] = summary.states[id];
      const lastSeen = latest[id];
      results.push({
        serviceId: id,
        serviceName: name,
        status,
        since,
        lastSeen,
        timeSinceLastHeartbeat: kNow - Date.parse(lastSeen),
        stalenessThreshold: kThresholdMs,
        groupId: group,
        groupName: group,
        message,
      });
    }
    const { unknown, up, degraded, down } = summary.counts;
    return JSON.stringify({
      summary: {
        timestamp: summary.timestamp,
        totalServices: results.length,
        servicesUp: up,
        servicesDegraded: degraded,
        servicesDown: down,
        servicesUnknown: unknown,
        results,
      },
      channels: [],
      notices: [],
      kvLagSeconds: kLagMs / 1000,
    });
  }

  page() {
    const data = read(this.data);
    const parts = {
      theme: "auto",
      page_title: "Service status",
      favicon: "/favicon.svg",
      title: "Service status",
      overall_status: "up",
      overall: `All ${this.#services.size} services are up`,
      checked: `<p class="checked">Last checked <time datetime="${data.summary.timestamp}">22 Nov, 12:00 UTC</time></p>`,
      cards: this.#cards(data.summary.counts),
      services: this.#list(data),
      data: this.#embedded(data),
    };
    return encoder.encode(
      this.#pieces.map((piece, i) => (i % 2 === 0 ? piece : (parts[piece] ?? ""))).join(""),
    );
  }

  #cards(counts) {
    const card = (name, label, count, attribute = ` data-count="${count}"`) =>
      `<p class="card ${name}"${attribute}><b>${count}</b> <span>${label}</span></p>\n`;
    return `<div class="cards">\n${card("total", "Services", this.#services.size, "")}${[
      card("down", "Down", counts.down),
      card("degraded", "Degraded", counts.degraded),
      card("unknown", "Unknown", counts.unknown),
      card("up", "Up", counts.up),
    ].join("")}</div>`;
  }

  #list({ summary, uptime }) {
    if (this.#services.size > kMostListed) return kTooMany;
    let text = '<section class="group">\n<h2>All services</h2>\n<ul>\n';
    for (const { id, name } of this.#services.values()) {
      const [status] = summary.states[id];
      text += `<li><svg class="shape ${status}" aria-hidden="true"><use href="#${status}" /></svg>\n`;
      text += `<bdi>${name}</bdi>: <b>Up</b>, up ${percentage(uptime.cells[id])} %</li>\n`;
    }
    return `${text}</ul>\n</section>\n`;
  }

  #embedded(data) {
    const { lastDay, cells } = data.uptime;
    const days = this.#services.size <= kMostHistories ? kDays : 1;
    const shown = {};
    for (const id of this.#services.keys()) shown[id] = cells[id].slice(-days * kCell);
    const history = JSON.stringify({ lastDay, days, cells: shown });
    const json = `{"now":"${iso(kNow)}","status":${this.#statusOf(data)},"history":${history},"services":{}`;
    return `${json},"settings":${this.#settings},"alerts":[]}`.replaceAll("<", "\\u003c");
  }
}

function percentage(cells) {
  let [up, degraded, down] = [0, 0, 0];
  for (let at = cells.length - kListedDays * kCell; at < cells.length; at += kCell) {
    up += counterAt(cells, at);
    degraded += counterAt(cells, at + 2);
    down += counterAt(cells, at + 4);
  }
  return Math.round(((up + degraded / 2) / (up + degraded + down)) * 100);
}
