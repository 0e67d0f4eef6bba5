// The configuration of Gatus. Its external endpoints are told, as services are here; the others, and suites, ask.
import { listOf, objectOf, textOf } from "./values.mjs";

const kAsks = "it is asked, and this monitor asks nobody";

export const isGatus = (value) =>
  ["endpoints", "external-endpoints", "suites"].some((name) => Array.isArray(objectOf(value)[name]));

export function ofGatus(config) {
  const asked = [...listOf(config.endpoints), ...listOf(config.suites)].map(objectOf);
  const services = listOf(config["external-endpoints"]).map((each) => serviceOf(objectOf(each)));
  return {
    source: "Gatus",
    services: [...services, ...asked.map(({ name }) => ({ name: textOf(name), refused: kAsks }))],
  };
}

function serviceOf({ name, group, token, enabled, alerts, heartbeat }) {
  const { interval } = objectOf(heartbeat);
  const threshold = durationOf(interval);
  const notes = [];
  if (listOf(alerts).length > 0) notes.push("alerts: config/notifications.json has the channels");
  if (interval !== undefined && !threshold)
    notes.push(`heartbeat.interval "${textOf(interval)}" is no duration`);
  const named = { name: textOf(name), group: textOf(group) };
  return {
    ...named,
    enabled: enabled !== false,
    token: textOf(token),
    threshold,
    formula: "heartbeat.interval",
    notes,
  };
}

const kSeconds = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

// As Go writes them: 1h30m.
function durationOf(value) {
  const text = textOf(value);
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)];
  return Math.ceil(parts.reduce((sum, [, count, unit]) => sum + count * kSeconds[unit], 0)) || undefined;
}
