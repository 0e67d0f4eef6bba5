// Whether the Worker did what it should while it was counted: {name, faults} for each thing that has to be so.

import { idsOf, isFlapping, outagesOf } from "./loads.js";
import { sumOf, total } from "./tally.js";

const kMinute = 60_000;
const kDayMinutes = 24 * 60;
const kLogged = [0, 10]; // services whose whole log is read, and the last one; of all it would take too long
const kTolerance = 0.01; // of what the collector says of itself, beside the last minute before each of its ends
const kRecordMinutes = 5; // between two records of the uptime
const kWarnedOf = 0.8; // of a quota
const kShown = 5; // faults of a kind

// `window` is what was counted, {start, end} in ms, from the beginning of a day; `warmUp` and `until` are where
// playing began and ended. `tallies` are {counted, after}, `measures` those of what was counted.
export async function judge(story) {
  const context = { ...story, ids: idsOf(story.load), played: await story.monitor.played() };
  const results = [];
  for (const [name, faultsOf] of Object.entries(kFaults))
    results.push({ name, faults: shortened(await faultsOf(context)) });
  return results;
}

const kFaults = {
  "every request was answered 200": answers,
  "monitor:latest has the last heartbeat of every service": latest,
  "no poll had a notice but of a quota": notices,
  "the log has every heartbeat": log,
  "services were down when they should be, and then only": outages,
  "the uptime has every minute": uptime,
  "the collector counts the same": self,
};

// But what strangers, and with them all readers, are refused because others have used it up.
function answers({ load, tallies: { counted } }) {
  const isRefused = (name) => load.strangers && /^(strangers: 429|(strangers|polls): 503)$/.test(name);
  const others = Object.entries(counted.answers).filter(
    ([name]) => !name.endsWith(": 200") && !isRefused(name),
  );
  return others.map(([name, count]) => `${name}, ${count} times`);
}

// But that of a quota, from where the monitor has to warn of it.
function notices({ measures, tallies: { counted } }) {
  const isWarned = measures.some(({ used, quota }) => used > kWarnedOf * quota);
  return Object.entries(counted.notices)
    .filter(([kind]) => kind !== "quota" || !isWarned)
    .map(([kind, count]) => `${kind}, ${count} times`);
}

async function latest({ monitor, window, ids, played: { published } }) {
  if (!published || published.at < window.end) return ["nothing was published after the end"];
  const stored = await monitor.document("monitor:latest");
  return ids
    .map((id) => ({ id, expected: iso(published.latest[id]), found: stored[id] }))
    .filter(({ expected, found }) => expected !== found)
    .map(({ id, expected, found }) => `${id} is ${found} instead of ${expected}`);
}

async function log({ monitor, ids, played: { sent } }) {
  const faults = [];
  for (const id of [...kLogged.map((i) => ids[i]), ids.at(-1)]) {
    const found = (await everyPage(monitor, `/api/logs?serviceId=${id}&limit=1000`, "logs")).length;
    if (found !== sent[id]) faults.push(`${id} has ${found} instead of ${sent[id]}`);
  }
  return faults;
}

// Those that never flap have no incident; of many services the uptime tells it too.
async function outages({ monitor, load, ids, window, warmUp, until }) {
  const faults = [];
  for (const [i, id] of ids.entries()) {
    if (load.batch > 1 && !kLogged.includes(i)) continue;
    const incidents = await everyPage(monitor, `/api/incidents?serviceId=${id}&limit=1000`, "incidents");
    const found = incidents.map(({ status, start, end }) => [status, start, end]).reverse();
    const expected = isFlapping(load, i) ? outagesOf(load, i, warmUp, until) : [];
    const isCounted = ([, start]) => Date.parse(start) >= window.start && Date.parse(start) < window.end;
    const [one, other] = [found, expected.map(asIncident)].map((all) => all.filter(isCounted));
    if (JSON.stringify(one) !== JSON.stringify(other)) faults.push(`${id}: ${firstDifference(one, other)}`);
  }
  return faults;
}

const asIncident = ({ start, end }) => ["down", iso(start), end ? iso(end) : null];

function firstDifference(found, expected) {
  const i = expected.findIndex((each, i) => JSON.stringify(each) !== JSON.stringify(found[i]));
  const at = i < 0 ? expected.length : i;
  return `incident ${at} is ${JSON.stringify(found[at])} instead of ${JSON.stringify(expected[at])}`;
}

// A check's status holds for its own minute. Of a day that is over, all are published; else as far as the last record.
async function uptime({ monitor, load, window, warmUp, played: { published } }) {
  if (!published || published.at < window.end) return ["nothing was published after the end"];
  const date = iso(window.start).slice(0, 10);
  const [names, ...rows] = csv(await monitor.get(`/api/export.csv?from=${date}&to=${date}`));
  const column = (row, name) => Number(row[names.indexOf(`${name} Checks`)]);
  const most = Math.min(Math.ceil((published.at - window.start) / kMinute), kDayMinutes);
  const least = most === kDayMinutes ? most : most - kRecordMinutes;
  return rows.flatMap((row, i) => {
    const total = column(row, "Total");
    const id = row[names.indexOf("Service ID")];
    if (!(total >= least && total <= most)) return [`${id} has ${total} minutes instead of ${most}`];
    const down = minutesDown(load, i, { start: window.start, end: window.start + total * kMinute, warmUp });
    const expected = { Up: total - down, Degraded: 0, Down: down, Unknown: 0 };
    return Object.entries(expected)
      .filter(([name, minutes]) => column(row, name) !== minutes)
      .map(([name, minutes]) => `${id} has ${column(row, name)} minutes ${name} instead of ${minutes}`);
  });
}

function minutesDown(load, i, { start, end, warmUp }) {
  if (!isFlapping(load, i)) return 0;
  const within = (time) => Math.min(Math.max(time, start), end);
  return outagesOf(load, i, warmUp, end).reduce(
    (sum, outage) => sum + (within(outage.end ?? end) - within(outage.start)) / kMinute,
    0,
  );
}

// Of the day that was counted; what came after it is of the same day when that was cut short.
async function self({ monitor, window, tallies: { counted, after } }) {
  const { day, today, days } = await monitor.get("/api/self");
  const date = iso(window.start).slice(0, 10);
  const isToday = day === date;
  const said = isToday ? today : days.find((each) => each.date === date)?.usage;
  if (!said) return [`/api/self has nothing of ${date}`];
  const tally = isToday ? total([counted, after]) : counted;
  const expected = {
    heartbeats: tally.requests.heartbeats,
    checks: tally.requests.checks,
    puts: sumOf(tally.kvWrites),
    requests: sumOf(tally.objectRequests),
    rowsWritten: sumOf(tally.rowsWritten),
  };
  const ends = 1 + sumOf(total([counted, after]).starts);
  const share = kTolerance + (ends * kMinute) / (window.end - window.start);
  return Object.entries(expected)
    .filter(([name, number]) => !(Math.abs(said[name] - number) <= number * share))
    .map(([name, number]) => `it says ${said[name]} ${name} instead of ${number}`);
}

async function everyPage(monitor, path, list) {
  const all = [];
  for (let before = ""; before !== null;) {
    const page = await monitor.get(path + (before && `&before=${before}`));
    all.push(...page[list]);
    before = page.next;
  }
  return all;
}

const iso = (ms) => (ms === undefined ? undefined : new Date(ms).toISOString());

// No name of these services has to be quoted.
const csv = (text) =>
  text
    .trim()
    .split("\r\n")
    .map((line) => line.split(","));

function shortened(faults) {
  const more = faults.length - kShown;
  return more > 0 ? [...faults.slice(0, kShown), `and ${more} more`] : faults;
}
