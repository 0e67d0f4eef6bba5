// Documents of the JavaScript monitor that uses the same names, made into ours. Its history keeps its shape, which the
// core reads and packs; times and alerts are put into the one form that the core has for them.
import { Failure } from "./say.mjs";

const kMinutesPerDay = 1440; // as many as our cells count; of more checks than that the proportions are kept
const counters = ["upChecks", "degradedChecks", "downChecks", "unknownChecks"];

// { documents, services, days, unread }: which services with how many days there are in the history, and how many times
// and alerts are left out, because they have no time that can be read.
export function imported({ "monitor:data": data, "monitor:latest": latest, "recent:alerts": alerts }) {
  const uptime = data && historyOf(data);
  const times = latest && timesOf(latest);
  const told = alerts && alertsOf(alerts);
  const documents = {
    ...(uptime && { "monitor:data": { uptime } }),
    ...(times && { "monitor:latest": times }),
    ...(told && { "recent:alerts": told }),
  };
  const services = Object.keys(uptime ?? {});
  return {
    documents,
    services,
    days: services.reduce((sum, id) => sum + Object.keys(uptime[id].days).length, 0),
    unread: sizeOf(latest) - sizeOf(times) + (sizeOf(alerts) - sizeOf(told)),
  };
}

const sizeOf = (collection) => Object.keys(collection ?? {}).length;

function historyOf({ version, uptime }) {
  if (version !== undefined) {
    throw new Failure("monitor-data.json is of this monitor itself. To put it back: npm run restore");
  }
  const histories = Object.entries(objectOf(uptime, "uptime"));
  return Object.fromEntries(histories.map(([id, history]) => [id, { days: daysOf(id, history) }]));
}

function daysOf(id, history) {
  const days = Object.entries(objectOf(history?.days, `uptime.${id}.days`));
  return Object.fromEntries(days.map(([date, day]) => [date, dayOf(`uptime.${id}.days.${date}`, date, day)]));
}

function dayOf(place, date, day) {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date));
  const counts = counters.map((name) => day?.[name] ?? 0);
  if (!isDay || !counts.every((count) => Number.isInteger(count) && count >= 0)) {
    throw new Failure(`monitor-data.json: ${place} is not a day with ${counters.join(", ")}.`);
  }
  const total = counts.reduce((sum, count) => sum + count);
  const scale = Math.min(1, kMinutesPerDay / Math.max(total, 1));
  return Object.fromEntries(counters.map((name, i) => [name, Math.round(counts[i] * scale)]));
}

function objectOf(value, place) {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new Failure(`monitor-data.json: ${place} must be an object.`);
}

function timeOf(value) {
  const time = new Date(typeof value === "string" || value > 0 ? value : NaN);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

// What has no time that can be read was never seen.
function timesOf(latest) {
  const times = Object.entries(latest).map(([id, value]) => [id, timeOf(value)]);
  return Object.fromEntries(times.filter(([, time]) => time));
}

function alertsOf(alerts) {
  if (!Array.isArray(alerts)) throw new Failure("recent-alerts.json must be a list.");
  return alerts.map((alert, i) => alertOf(alert, i)).filter(Boolean);
}

function alertOf(alert, i) {
  const timestamp = timeOf(alert?.timestamp);
  if (!timestamp) return undefined;
  const text = (name, otherwise = "") => (typeof alert[name] === "string" ? alert[name] : otherwise);
  return {
    id: text("id", `imported-${Date.parse(timestamp)}-${i}`),
    title: text("title"),
    message: text("message"),
    severity: text("severity", "info"),
    source: text("source", "import"),
    status: text("status"),
    timestamp,
    ...(text("serviceId") && { serviceId: alert.serviceId }),
    ...(typeof alert.labels === "object" && alert.labels !== null && { labels: alert.labels }),
  };
}
