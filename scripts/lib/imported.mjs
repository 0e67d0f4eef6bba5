// Documents of the JavaScript monitor that uses the same names, made into ours. Its history keeps its shape, which the
// core reads and packs; times and alerts are put into the one form that the core has for them.
import { Failure } from "./say.mjs";

const counters = ["upChecks", "degradedChecks", "downChecks", "unknownChecks"];

// { documents, services, days }: how many services with how many days there are in the history.
export function imported({ "monitor:data": data, "monitor:latest": latest, "recent:alerts": alerts }) {
  const uptime = data && historyOf(data);
  const documents = {
    ...(uptime && { "monitor:data": { uptime } }),
    ...(latest && { "monitor:latest": timesOf(latest) }),
    ...(alerts && { "recent:alerts": alertsOf(alerts) }),
  };
  const services = Object.keys(uptime ?? {});
  return {
    documents,
    services,
    days: services.reduce((sum, id) => sum + Object.keys(uptime[id].days).length, 0),
  };
}

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
  return Object.fromEntries(counters.map((name, i) => [name, counts[i]]));
}

function objectOf(value, place) {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new Failure(`monitor-data.json: ${place} must be an object.`);
}

const timeOf = (value) => {
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
};

// What has no time that can be read was not heard.
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
