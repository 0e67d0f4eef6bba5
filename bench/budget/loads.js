// The days that are played: who sends what when. Known to the Worker that plays them and to the command that judges
// them, so it imports nothing.

const kMinute = 60_000;
const kMinutesOfADay = 24 * 60;
const kEvery = 2 * kMinute; // between two heartbeats of a service
const kCycle = 5; // heartbeats: ten minutes, in which a flapping service goes down and comes back
const kGood = 2; // of them; the others are missing or report down
export const kThreshold = 300_000; // of a service, in ms

export const kCheckDelay = 1_500; // ms from the scheduled time of a check to its start
const kPolls = [7_000, 27_000, 47_000]; // ms into the minute, one for each dashboard

// `batch` is how many services a request names; `flapping` how many services there are for one that flaps. The
// limits are those of the design; `counted` says which requests its limit is about.
export const loads = [
  {
    name: "small",
    title: "100 services, a heartbeat each every 2 min, three dashboards polling every 60 s",
    services: 100,
    batch: 1,
    limits: { requests: 80_000, counted: ["heartbeats", "checks", "polls"] },
  },
  {
    name: "flapping",
    title: "the same, a tenth of the services going down and coming back every ten minutes",
    services: 100,
    batch: 1,
    flapping: 10,
    limits: { requests: 80_000, counted: ["heartbeats", "checks", "polls"] },
  },
  {
    name: "large",
    title: "10,000 services, ten agents sending batches of 1,000 every 2 min, three dashboards",
    services: 10_000,
    batch: 1_000,
    limits: { requests: 10_000, counted: ["heartbeats", "checks"] },
  },
  {
    name: "stranger",
    title: "100 services, and a stranger with 50,000 requests against each public route",
    services: 100,
    batch: 1,
    strangers: 50_000,
    limits: { requests: 80_000, counted: ["heartbeats", "checks", "polls"] },
  },
];

// What anybody may ask for.
const kPublic = [
  "/",
  "/custom.css",
  "/healthz",
  "/api/status",
  "/api/services",
  "/api/history?ids=service-00000",
  "/api/uptime?serviceId=service-00000",
  "/api/export.csv?from=2026-11-22&to=2026-11-22",
  "/api/logs?serviceId=service-00000",
  "/api/incidents?serviceId=service-00000",
  "/api/alerts/recent",
];

export const idsOf = ({ services }) => Array.from({ length: services }, (_, i) => idOf(i));
const idOf = (i) => `service-${String(i).padStart(5, "0")}`;

// The configuration's files, with a channel, so that messages are counted too.
export function configOf(load) {
  const services = idsOf(load).map((id) => ({ id }));
  const notifications = { enabled: true, channels: [{ type: "webhook", name: "hook", enabled: true }] };
  return { services: { services }, notifications };
}

// What happens in the minute that begins at `start` (ms), in order: {at, kind, …} with `sends` of a heartbeat.
export function eventsOf(load, start) {
  const heartbeats = heartbeatsOf(load, start).map((event) => ({ kind: "heartbeats", ...event }));
  const polls = kPolls.map((after) => ({ kind: "polls", at: start + after }));
  const strangers = strangersOf(load, start);
  const check = { kind: "checks", at: start + kCheckDelay, scheduled: start };
  return [...heartbeats, ...polls, ...strangers, check].toSorted((one, other) => one.at - other.at);
}

// Evenly over the day, each route in turn. A query of its own keeps each from being answered out of a cache.
function strangersOf({ strangers = 0 }, start) {
  const minute = start / kMinute;
  const until = (count) => Math.floor((count * strangers) / kMinutesOfADay);
  const [first, end] = [until(minute), until(minute + 1)];
  return Array.from({ length: end - first }, (_, i) => start + (i * kMinute) / (end - first)).flatMap(
    (at, i) =>
      kPublic.map((path) => ({
        kind: "strangers",
        at,
        path: `${path}${path.includes("?") ? "&" : "?"}x=${first + i}`,
      })),
  );
}

// The senders take turns within the two minutes.
function heartbeatsOf(load, start) {
  const senders = load.services / load.batch;
  const period = Math.floor(start / kEvery);
  return Array.from({ length: senders }, (_, i) => ({ i, at: period * kEvery + (i * kEvery) / senders }))
    .filter(({ at }) => at >= start && at < start + kMinute)
    .flatMap(({ i, at }) => {
      const body = load.batch > 1 ? batch(load, i) : single(load, i, period);
      return body ? [{ at, body }] : [];
    });
}

function batch({ batch }, i) {
  return { services: Array.from({ length: batch }, (_, j) => idOf(i * batch + j)) };
}

// Nothing from a service that sends no heartbeats.
function single(load, i, period) {
  const serviceId = idOf(i);
  const metadata = { hostname: `server-${i}` };
  const beat = { serviceId, status: "up", metadata, message: `Heartbeat from server-${i}` };
  if (!isBad(load, i, period)) return beat;
  return sendsNothing(load, i) ? undefined : { ...beat, status: "down", message: "connection refused" };
}

export const isFlapping = ({ flapping }, i) => Boolean(flapping) && i % flapping === 0;

// Half of the flapping services stop sending heartbeats, the others report that they are down.
const sendsNothing = ({ flapping }, i) => (i / flapping) % 2 === 0;

// One after another, so that every minute has its changes.
function isBad(load, i, period) {
  if (!isFlapping(load, i)) return false;
  return (period + i / load.flapping) % kCycle >= kGood;
}

// The outages of a flapping service as checks from `from` until, and without, `until` have to find them, oldest
// first: {start, end} in ms, as scheduled, without `end` while it lasts.
export function outagesOf(load, i, from, until) {
  const outages = [];
  for (let scheduled = from; scheduled < until; scheduled += kMinute) {
    const isDown = isDownAt(load, i, scheduled + kCheckDelay);
    const last = outages.at(-1);
    const isOpen = last && !last.end;
    if (isDown && !isOpen) outages.push({ start: scheduled });
    if (!isDown && isOpen) last.end = scheduled;
  }
  return outages;
}

function isDownAt(load, i, now) {
  const offset = (i * kEvery) / load.services;
  let period = Math.floor((now - offset) / kEvery); // of the last turn to send
  if (!sendsNothing(load, i)) return isBad(load, i, period);
  while (isBad(load, i, period)) period--;
  return now > period * kEvery + offset + kThreshold;
}
