// The made-up past as the monitor stores it: the documents of KV (ARCHITECTURE.md) and the rows of the collector
// (docs/collector.md).
import { former, services } from "./config.mjs";
import {
  blackout,
  daysOf,
  goneAt,
  humanized,
  humanizedTime,
  isInBlackout,
  kDay,
  minutesIn,
  monitoringGaps,
  neverSeen,
  past,
  pausedUntil,
  randomOf,
} from "./past.mjs";

const kMinute = 60_000;
const kHour = 60 * kMinute;
const kLogDays = 3;
const kSegmentMs = 3 * kHour;
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const iso = (time) => new Date(time).toISOString();
const pack = ({ up, degraded, down, unknown }) =>
  [up, degraded, down, unknown].map((count) => digits[count >> 6] + digits[count & 63]).join("");

// {kv, rows}: texts by key.
export function documents(now) {
  const incidents = past(now);
  const seen = services.filter(({ id }) => !neverSeen(id));
  const states = seen.map((service) => [service, stateOf(service, incidents.get(service.id), now)]);
  const latest = latestOf(states);
  const log = logOf(states, incidents, now);
  return {
    kv: {
      "monitor:data": dataOf(states, incidents, now),
      "monitor:latest": JSON.stringify(latest),
      "recent:alerts": JSON.stringify(alertsOf(incidents, now)),
    },
    rows: {
      ...changesRows(
        Object.fromEntries([...seen, ...former].map(({ id }) => [id, changesOf(incidents.get(id), now)])),
      ),
      ...log.segments,
      latest: `{"folded":0,"segments":${JSON.stringify(log.list)},"document":${JSON.stringify(latest)}}`,
    },
  };
}

function stateOf(service, incidents, now) {
  const last = incidents.at(-1);
  if (last && last.end === null) return { ...last, seen: seenBefore(service, last, now) };
  const seen =
    now - Math.round(randomOf(`${service.id}-seen`)() * Math.min(service.every, 40_000) * 1000 * 0.9);
  return { status: "up", start: last?.end ?? now - 400 * kDay, message: "", seen };
}

const seenBefore = (service, { status, start }, now) =>
  status === "down" ? start - service.every * 3_000 : now - 20_000;

function latestOf(states) {
  const reports = states
    .filter(([, { status }]) => status === "degraded")
    .map(([{ id }, { status, seen, message }]) => [id, { status, at: iso(seen), message }]);
  return {
    ...Object.fromEntries(states.map(([{ id }, { seen }]) => [id, iso(seen)])),
    $reports: Object.fromEntries(reports),
  };
}

function dataOf(states, incidents, now) {
  const scheduled = Math.floor(now / kMinute) * kMinute - kMinute;
  const summary = Object.fromEntries(
    states.map(([{ id }, { status, start, message }]) => [id, [status, iso(start), message || null]]),
  );
  const check = Object.fromEntries(
    states.map(([{ id }, { status, start, seen, message }]) => [
      id,
      [
        status,
        start,
        seen,
        start,
        "",
        { message, ...(status === "paused" && { pausedUntil: pausedUntil(now) }) },
      ],
    ]),
  );
  const cells = Object.fromEntries(
    [...services, ...former].map((service) => [
      service.id,
      daysOf(service, incidents.get(service.id), now).map(pack).join(""),
    ]),
  );
  const counts = { unknown: 1, up: 0, degraded: 0, down: 0, paused: 0 };
  for (const [, { status }] of states) counts[status] += 1;
  const hours = hoursOf(incidents, now);
  return JSON.stringify({
    version: 1,
    revision: scheduled,
    summary: { timestamp: iso(scheduled), counts, states: summary },
    // With an outbox, as it is without the collector, which takes this over without missing anything.
    check: { scheduled, at: scheduled, hours, services: check, away: awayOf(now), outbox: { channels: [] } },
    uptime: { lastDay: iso(now).slice(0, 10), days: Object.values(cells)[0].length / 8, cells },
  });
}

const awayOf = (now) =>
  Object.fromEntries(
    former.map((service) => [
      service.id,
      ["up", now - 90 * kDay, goneAt(service, now), now - 400 * kDay, ""],
    ]),
  );

// The last 25 hours of each group: half minutes lost, and minutes known (src/documents/last_day.hpp).
function hoursOf(incidents, now) {
  const last = Math.floor(now / kHour);
  const groups = {};
  for (const service of services) {
    const all = (groups[service.group] ??= Array(50).fill(0));
    for (let i = 0; i < 25; i++) {
      const start = (last - 24 + i) * kHour;
      const { up, degraded, down } = minutesIn(start, start + kHour, service, incidents.get(service.id), now);
      all[2 * i] += 2 * down + degraded;
      all[2 * i + 1] += up + degraded + down;
    }
  }
  return { last, groups };
}

// Services' changes of status by row: each service has its place by the FNV-1a hash of its id (src/documents/changes.hpp).
export function changesRows(changes) {
  const rows = {};
  for (const id in changes) (rows[`incidents:${lowByteOfHash(id)}`] ??= {})[id] = changes[id];
  return Object.fromEntries(Object.entries(rows).map(([key, row]) => [key, JSON.stringify(row)]));
}

function lowByteOfHash(id) {
  const hash = Buffer.from(id).reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193), 0x811c9dc5);
  return (hash & 0xff).toString(16).padStart(2, "0");
}

function changesOf(incidents, now) {
  const changes = [[now - 364 * kDay, "up", ""]];
  for (const { status, start, end, message } of incidents) {
    changes.push([start, status, message]);
    if (end !== null) changes.push([end, "up", ""]);
  }
  return changes.sort(([one], [other]) => one - other);
}

function alertsOf(incidents, now) {
  const changes = [...services, ...former].flatMap((service) =>
    incidents
      .get(service.id)
      .filter(({ isSilent, status }) => !isSilent && status !== "paused")
      .flatMap((incident) => alertsAbout(service, incident)),
  );
  return [...changes, ...foreignAlerts(now), ...ownAlerts(now)]
    .filter(({ timestamp }) => Date.parse(timestamp) > now - 30 * kDay)
    .sort((one, other) => other.timestamp.localeCompare(one.timestamp));
}

function alertsAbout({ id, name }, { status, start, end, message }) {
  const alert = (is, at, text, severity) => ({
    id: `${id}:${start}:${is}`,
    title: `${name} is ${is}`,
    message: text,
    severity,
    source: "monitor",
    status: is,
    timestamp: iso(at),
    serviceId: id,
  });
  const bad = alert(status, start, message, status === "down" ? "critical" : "warning");
  if (end === null) return [bad];
  const lasted = humanized(Math.max(kMinute, end - start));
  return [bad, alert("up", end, `It was ${status} for ${lasted}, since ${humanizedTime(start)}`, "info")];
}

// What the monitor says of itself.
function ownAlerts(now) {
  const alert = (id, severity, status, at, title, message) => ({
    id,
    title,
    message,
    severity,
    source: "monitor",
    status,
    timestamp: iso(at),
  });
  const silent = blackout(now);
  const voters = services.filter((service) => isInBlackout(service) && !neverSeen(service.id)).length;
  return [
    ...monitoringGaps(now).map(({ start, end }) =>
      alert(
        `gap:${start}`,
        "warning",
        "resolved",
        end,
        `The monitor was blind for ${humanized(end - start)}`,
        `No check ran from ${humanizedTime(start)} to ${humanizedTime(end)}; what happened in between is not known`,
      ),
    ),
    alert(
      `silence:${silent.start}`,
      "critical",
      "firing",
      silent.start,
      "Everybody is silent",
      `Nothing heard from any of ${voters} services since ${humanizedTime(silent.start)}: they, their network or this monitor's quota`,
    ),
    alert(
      `silence-end:${silent.start}`,
      "info",
      "resolved",
      silent.end,
      "Heartbeats arrive again",
      `Nothing was heard for ${humanized(silent.end - silent.start)}, since ${humanizedTime(silent.start)}`,
    ),
  ];
}

function foreignAlerts(now) {
  const alert = (hours, source, severity, title, message, labels) => ({
    id: `${source}:${hours}`,
    title,
    message,
    severity,
    source,
    status: "firing",
    timestamp: iso(now - hours * 60 * kMinute),
    labels,
    url: "https://example.com/alerts",
  });
  return [
    alert(2.4, "grafana", "warning", "Checkout conversion below 2 %", "1.7 % over the last 30 minutes", {
      team: "shop",
    }),
    alert(
      19,
      "alertmanager",
      "critical",
      "NodeFilesystemAlmostOutOfSpace",
      "/var on k8s-worker-2 has 4 % left",
      { alertname: "NodeFilesystemAlmostOutOfSpace", instance: "k8s-worker-2", team: "platform" },
    ),
    alert(
      17,
      "alertmanager",
      "info",
      "Resolved: NodeFilesystemAlmostOutOfSpace",
      "/var on k8s-worker-2 has 38 % left",
      { instance: "k8s-worker-2", team: "platform" },
    ),
    alert(73, "ci", "info", "Release 2026.47 is live", "14 changes, no migrations", { team: "shop" }),
  ];
}

// Heartbeats of the last days, in segments of three hours. A request names the services that are due in its minute.
function logOf(states, incidents, now) {
  const start = Math.floor((now - kLogDays * kDay) / kSegmentMs) * kSegmentMs;
  const list = [];
  const segments = {};
  for (let from = start, slot = 0; from < now; from += kSegmentMs, slot++) {
    const segment = segmentOf(states, incidents, from, Math.min(from + kSegmentMs, now));
    segments[`log:${slot}`] = segment.text;
    list.push([slot, from, segment.to, segment.text.length]);
  }
  return { list, segments };
}

const host = (id) => `${id}.example.internal`;

function segmentOf(states, incidents, from, until) {
  const requests = [];
  const entries = Object.fromEntries(states.map(([{ id }]) => [id, []]));
  for (const [service, { seen }] of states) {
    const random = randomOf(`${service.id}${from}`);
    const every = service.every * 1000;
    for (
      let due = seen - Math.floor((seen - from) / every) * every;
      due < Math.min(until, seen + 1);
      due += every
    ) {
      const at = Math.round(due - (due === seen ? 0 : random() ** 8 * every * 0.6));
      const during = incidents
        .get(service.id)
        .find(({ start, end }) => start <= at && at < (end ?? Infinity));
      if (during?.status === "down" || at < from) continue;
      entries[service.id].push([requests.length, saidOf(service, during, at, random)]);
      requests.push({ at, colo: "FRA", country: "DE", all: { metadata: { hostname: host(service.id) } } });
    }
  }
  return {
    text: JSON.stringify({ requests, services: entries }),
    to: requests.reduce((last, { at }) => Math.max(last, at), from),
  };
}

function saidOf({ took }, during, at, random) {
  const hour = new Date(at).getUTCHours();
  const load = 0.85 + 0.35 * Math.max(0, Math.sin(((hour - 6) / 24) * 2 * Math.PI));
  const duration =
    took && Math.round(took * load * (0.9 + random() * 0.25 + (random() > 0.97 ? random() * 2 : 0)));
  return {
    ...(during && { status: during.status, message: during.message }),
    ...(duration && { durationMs: duration }),
  };
}
