// What happened to the made-up services in the last year: outages, degraded days, a night in which the
// monitor itself did not run. The same every time but for where the days fall.
import { services, threshold } from "./config.mjs";

const kMinute = 60_000;
const kHour = 60 * kMinute;
export const kDay = 24 * kHour;
export const kDays = 365;

// mulberry32: small, seeded, good enough for a story.
function randomOf(text) {
  let seed = [...text].reduce(
    (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619),
    2_166_136_261,
  );
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// How many outages and degraded times a year.
const character = {
  storefront: [7, 9],
  data: [3, 5],
  jobs: [9, 6],
  office: [16, 9],
  platform: [6, 7],
  edge: [20, 12],
};

const reasons = {
  storefront: ["p95 latency 2.4 s", "error rate 3.1 %", "one of two instances is out"],
  data: ["replication lag 48 s", "disk 91 %", "connections 94 %"],
  jobs: ["took twice as long as usual", "3 of 412 items failed", "retried twice"],
  office: ["packet loss 4 %", "battery at 61 %", "one of six does not answer"],
  platform: ["memory pressure", "2 of 38 pods are pending", "disk 88 %"],
  edge: ["one till is offline", "on the backup line", "stock is 20 minutes old"],
};

// How things are right now: id → [status, minutes since, message].
const present = {
  "stock-sync": ["down", 47, "exit code 1: connection refused by merchandise system"],
  "shop-lisbon": ["down", 13, ""],
  "pg-replica-2": ["degraded", 96, "replication lag 48 s"],
};

export const neverSeen = (id) => id === "shop-tlv";

// When the service came into being; most are older than what is kept.
export function bornAt({ id }, now) {
  const age = { "shop-zurich": 140, "price-feed": 75, "k8s-worker-3": 210, "shop-tlv": 2 }[id];
  return now - (age ?? kDays + 30) * kDay;
}

// A night without checks.
export const monitoringGap = (now) => ({
  start: now - 61 * kDay - 5 * kHour,
  end: now - 61 * kDay - 2 * kHour,
});

// {status, start, end, message} of one service, oldest first, apart from each other; `end` is null while it lasts.
export function incidentsOf(service, now) {
  if (neverSeen(service.id)) return [];
  const random = randomOf(service.id);
  const born = Math.max(bornAt(service, now), now - kDays * kDay);
  const [outages, degraded] = character[service.group];
  const some = (count, status) =>
    Array.from({ length: Math.round(count * (0.4 + random() * 1.2)) }, () =>
      incident(service, status, born, now, random),
    );
  const all = [...some(outages, "down"), ...some(degraded, "degraded"), ...datacentre(service, now)];
  const now_ = present[service.id];
  const limit = now_ ? now - now_[1] * kMinute - 6 * kHour : now - 3 * kHour;
  const past = apart(all.filter(({ end }) => end < limit).sort((one, other) => one.start - other.start));
  if (!now_) return past;
  const [status, minutes, message] = now_;
  return [
    ...past,
    {
      status,
      start: now - minutes * kMinute,
      end: null,
      message: message || staleness(service, now - minutes * kMinute),
    },
  ];
}

function incident(service, status, born, now, random) {
  const start = born + random() * (now - born);
  const minutes = status === "down" ? 3 + 14 * random() + 300 * random() ** 9 : 10 + 160 * random() ** 2;
  const words = reasons[service.group];
  const message = status === "down" ? staleness(service, start) : words[Math.floor(random() * words.length)];
  return { status, start: Math.round(start), end: Math.round(start + minutes * kMinute), message };
}

// The day on which the power failed for those in the server room.
function datacentre({ group }, now) {
  if (!["data", "platform", "office"].includes(group)) return [];
  const start = now - 33 * kDay - 4 * kHour;
  return [
    {
      status: "down",
      start,
      end: start + 155 * kMinute,
      message: "No heartbeat since the power failed, limit 5 min",
    },
  ];
}

// Times and spans as the monitor's own sentences have them.
export const humanizedTime = (time) => `${new Date(time).toISOString().slice(0, 19).replace("T", " ")} UTC`;
export function humanized(ms) {
  const units = [
    ["d", kDay],
    ["h", kHour],
    ["min", kMinute],
  ];
  const parts = units.map(([unit, length], i) => [
    Math.floor((ms % (units[i - 1]?.[1] ?? Infinity)) / length),
    unit,
  ]);
  return parts
    .filter(([count]) => count > 0)
    .slice(0, 2)
    .map((part) => part.join(" "))
    .join(" ");
}

function staleness(service, start) {
  const limit = threshold(service);
  return `No heartbeat since ${humanizedTime(start - limit * 1000)}, limit ${humanized(limit * 1000)}`;
}

function apart(incidents) {
  let last = 0;
  return incidents.filter(({ start, end }) => {
    if (start < last + 30 * kMinute) return false;
    last = end;
    return true;
  });
}

// {up, degraded, down, unknown} minutes of each UTC day, oldest first, the last one is today.
export function daysOf(service, incidents, now) {
  const today = Math.floor(now / kDay) * kDay;
  const born = neverSeen(service.id) ? Infinity : bornAt(service, now);
  const gap = monitoringGap(now);
  return Array.from({ length: kDays }, (_, i) => {
    const start = today - (kDays - 1 - i) * kDay;
    const end = Math.min(start + kDay, now);
    const minutes = (span) => overlap(start, end, span.start, span.end ?? now);
    const count = (status) =>
      incidents.filter((each) => each.status === status).reduce((sum, each) => sum + minutes(each), 0);
    const total = overlap(start, end, born, now);
    const [down, degraded, unknown] = [count("down"), count("degraded"), born < Infinity ? minutes(gap) : 0];
    return { up: Math.max(0, total - down - degraded - unknown), degraded, down, unknown };
  });
}

const overlap = (start, end, from, to) =>
  Math.max(0, Math.round((Math.min(end, to) - Math.max(start, from)) / kMinute));

export const past = (now) => new Map(services.map((service) => [service.id, incidentsOf(service, now)]));

export { randomOf };
