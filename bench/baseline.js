// The same work as plain JavaScript does it: parse all, change a little, print all.

import { idsOf, kDays, kNow } from "./world.js";

const kMostParsed = 1_000; // services; the verbose history of more takes hundreds of megabytes

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const iso = (ms) => new Date(ms).toISOString();
const read = (bytes) => JSON.parse(decoder.decode(bytes));
const write = (value) => encoder.encode(JSON.stringify(value));

export class Baseline {
  constructor(count) {
    const ids = idsOf(count);
    const days = () =>
      Object.fromEntries(
        Array.from({ length: kDays }, (_, i) => [
          iso(kNow - i * 86_400_000).slice(0, 10),
          { totalChecks: 1440, upChecks: 1440, downChecks: 0, degradedChecks: 0, unknownChecks: 0 },
        ]),
      );
    const results = ids.map((serviceId) => ({ serviceId, status: "up", since: iso(kNow), message: null }));
    this.latest = write(Object.fromEntries(ids.map((id) => [id, iso(kNow)])));
    this.summary = write({ results });
    if (count > kMostParsed) return;
    const uptime = Object.fromEntries(ids.map((id) => [id, { days: days() }]));
    this.data = write({ summary: { results }, uptime });
  }

  heartbeat(body) {
    const latest = read(this.latest);
    latest[read(body).serviceId] = iso(kNow + 1);
    return write(latest);
  }

  check() {
    const latest = read(this.latest);
    const { results } = read(this.summary);
    return results.filter((result) => kNow - Date.parse(latest[result.serviceId]) > 300_000).length;
  }

  record() {
    const latest = read(this.latest);
    const data = read(this.data);
    const today = iso(kNow).slice(0, 10);
    for (const result of data.summary.results) {
      result.status = kNow - Date.parse(latest[result.serviceId]) > 300_000 ? "down" : "up";
      data.uptime[result.serviceId].days[today].upChecks++;
    }
    return write(data);
  }

  status() {
    const latest = read(this.latest);
    const { results } = read(this.summary);
    return write({ results: results.map((result) => ({ ...result, lastSeen: latest[result.serviceId] })) });
  }
}
