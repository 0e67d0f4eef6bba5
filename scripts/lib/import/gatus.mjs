// The configuration of Gatus. Its external endpoints are told, as services are here; the others, and suites, ask.
import { eachObject, listOf, objectOf, textOf } from "./values.mjs";

export const isGatus = (value) =>
  ["endpoints", "external-endpoints", "suites"].some((name) => Array.isArray(objectOf(value)[name]));

export const ofGatus = (config) => ({
  source: "Gatus",
  services: [
    ...eachObject(config["external-endpoints"], serviceOf),
    ...["endpoints", "suites"].flatMap((name) => eachObject(config[name], asked)),
  ],
});

const asked = ({ name }) => ({ name: textOf(name), refused: "it is asked, and this monitor asks nobody" });

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
