// What happened to the made-up services in the last year: outages and degraded days, a power failure, a blackout, times in
// which the monitor itself did not run, an outage in each change of clocks, services that came, went and were paused. The
// same every time but for where the days fall.
import { former, services, threshold } from "./config.mjs";

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
  phones: ["paused", 1_570, ""], // for a move
};

export const pausedUntil = (now) => now + 2 * kDay;

export const neverSeen = (id) => id === "shop-tlv";

// When the service came into being; most are older than what is kept.
export function bornAt({ id }, now) {
  const age = { "shop-zurich": 140, "price-feed": 75, "k8s-worker-3": 210, "shop-tlv": 2 }[id];
  return now - (age ?? kDays + 30) * kDay;
}

// Until when it was watched.
export const goneAt = ({ removedDays }, now) => (removedDays ? now - removedDays * kDay : now);

// Times without checks: a night, and a short one.
export const monitoringGaps = (now) => [
  { start: now - 61 * kDay - 5 * kHour, end: now - 61 * kDay - 2 * kHour },
  { start: now - 12 * kDay - 38 * kMinute, end: now - 12 * kDay },
];

// Nothing was heard of anybody who should have been heard.
export const blackout = (now) => ({ start: now - 19 * kDay - 9 * kHour, end: now - 19 * kDay - 8 * kHour });
const kLongestVoter = 900; // s, the threshold of those who should have been
export const isInBlackout = (service) => threshold(service) <= kLongestVoter;

// {status, start, end, message} of one service, oldest first, apart from each other; `end` is null while it lasts.
export function incidentsOf(service, now) {
  if (neverSeen(service.id)) return [];
  const known = story(service, now).filter(({ start }) => start > bornAt(service, now));
  const last = present[service.id] && presentOf(service, now);
  const limit = Math.min(last ? last.start - 6 * kHour : now - 3 * kHour, goneAt(service, now));
  const past = apart([...known, ...chance(service, now)].filter(({ end }) => end < limit));
  return last ? [...past, last] : past;
}

function presentOf(service, now) {
  const [status, minutes, message] = present[service.id];
  const start = now - minutes * kMinute;
  return {
    status,
    start,
    end: null,
    message: message || (status === "down" ? staleness(service, start) : ""),
  };
}

function chance(service, now) {
  const random = randomOf(service.id);
  const born = Math.max(bornAt(service, now), now - kDays * kDay);
  const [outages, degraded] = character[service.group];
  const some = (count, status) =>
    Array.from({ length: Math.round(count * (0.4 + random() * 1.2)) }, () =>
      incident(service, status, born, now, random),
    );
  return [...some(outages, "down"), ...some(degraded, "degraded")];
}

function incident(service, status, born, now, random) {
  const start = born + random() * (now - born);
  const minutes = status === "down" ? 3 + 14 * random() + 300 * random() ** 9 : 10 + 160 * random() ** 2;
  const words = reasons[service.group];
  const message = status === "down" ? staleness(service, start) : words[Math.floor(random() * words.length)];
  return { status, start: Math.round(start), end: Math.round(start + minutes * kMinute), message };
}

// What is the same for several services, or has its place.
function story(service, now) {
  const down = (start, minutes, message = staleness(service, start)) => ({
    status: "down",
    start,
    end: start + minutes * kMinute,
    message,
  });
  const all = [];
  if (["data", "platform", "office"].includes(service.group)) {
    all.push(down(now - 33 * kDay - 4 * kHour, 155, "No heartbeat since the power failed, limit 5 min"));
  }
  if (isInBlackout(service)) all.push({ ...down(blackout(now).start, 60), isSilent: true });
  if (service.removedDays) all.push(down(now - (service.removedDays + 4) * kDay, 40)); // once more before its end
  if (service.id === "door") all.push(...clockChanges(now).map((at) => down(at - 25 * kMinute, 50)));
  if (service.id === "shop-hamburg") {
    const start = now - 5 * kDay; // it flaps
    all.push(...Array.from({ length: 7 }, (_, i) => down(start + i * 11 * kMinute, 4)));
  }
  return all;
}

// When European clocks were changed in the last year: at 01:00 UTC, on the last Sundays of March and October.
function clockChanges(now) {
  const year = new Date(now).getUTCFullYear();
  const lastSunday = (of, month) => {
    const end = new Date(Date.UTC(of, month + 1, 0, 1));
    return end.getTime() - end.getUTCDay() * kDay;
  };
  return [year - 1, year]
    .flatMap((of) => [lastSunday(of, 2), lastSunday(of, 9)])
    .filter((at) => at > now - kDays * kDay && at < now - kDay);
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

const kApart = 5 * kMinute;

// Those that stand first in the list keep their place.
function apart(incidents) {
  const kept = [];
  for (const one of incidents) {
    if (kept.every(({ start, end }) => one.end + kApart < start || one.start > end + kApart)) kept.push(one);
  }
  return kept.sort((one, other) => one.start - other.start);
}

// {up, degraded, down, unknown} minutes of each UTC day, oldest first, the last one is today.
export function daysOf(service, incidents, now) {
  const today = Math.floor(now / kDay) * kDay;
  return Array.from({ length: kDays }, (_, i) => {
    const start = today - (kDays - 1 - i) * kDay;
    return minutesIn(start, start + kDay, service, incidents, now);
  });
}

export function minutesIn(start, latest, service, incidents, now) {
  const end = Math.min(latest, goneAt(service, now));
  const born = neverSeen(service.id) ? Infinity : bornAt(service, now);
  const minutes = (span) => overlap(start, end, span.start, span.end ?? now);
  const sum = (spans) => spans.reduce((total, each) => total + minutes(each), 0);
  const count = (status) => sum(incidents.filter((each) => each.status === status));
  const total = overlap(start, end, born, now);
  const [down, degraded] = [count("down"), count("degraded")];
  const unknown = count("paused") + (born < end ? sum(monitoringGaps(now)) : 0);
  return { up: Math.max(0, total - down - degraded - unknown), degraded, down, unknown };
}

const overlap = (start, end, from, to) =>
  Math.max(0, Math.round((Math.min(end, to) - Math.max(start, from)) / kMinute));

export const past = (now) =>
  new Map([...services, ...former].map((service) => [service.id, incidentsOf(service, now)]));

export { randomOf };
