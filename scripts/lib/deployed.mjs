// The deployed monitor: where it is, by the name of the Worker.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { readConfig } from "./config.mjs";
import { inRoot } from "./paths.mjs";
import { defaultName } from "./target.mjs";

const file = inRoot(".wrangler", "deployed.json");

// {name: {url, as}}: `as` is what has chosen the Worker.
const remembered = () => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {});

// As configured, without a "/" at its end, else undefined.
export const publicUrl = () => readConfig("settings").monitoring?.publicUrl?.replace(/\/+$/, "") || undefined;

// As configured, else as the last deploy on this machine found out, else undefined.
export const deployedUrl = async () => publicUrl() ?? remembered()[await defaultName()]?.url;

export function remember({ name, ...target }, url) {
  const all = remembered();
  mkdirSync(inRoot(".wrangler"), { recursive: true });
  const entry = { url: url ?? all[name]?.url, as: asOf(target) };
  writeFileSync(file, `${JSON.stringify({ ...all, [name]: entry }, null, 2)}\n`);
}

const asOf = ({ configFile, env, isNamed }) =>
  [configFile, env, isNamed && "--name"].filter(Boolean).join(" ");

// The name and address of the Worker that was last deployed in the place of this one, when it has another name.
export function renamedFrom({ name, isNamed, ...target }) {
  const all = remembered();
  if (isNamed || all[name]) return undefined;
  const found = Object.entries(all).findLast(([, { as }]) => as === asOf(target));
  return found && { name: found[0], url: found[1].url };
}

// The address out of what wrangler wrote down about the deploy: lines of JSON, with addresses, custom domains, routes
// and schedules among its targets. A route is an address when all of a host is routed to the Worker.
export function urlOf(output) {
  const entries = output
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const targets = entries.flatMap((entry) => (entry.type === "deploy" ? (entry.targets ?? []) : []));
  const first = (pattern) => targets.map((target) => target.match(pattern)?.[1]).find(Boolean);
  const host =
    first(/^([\w.-]+) \(custom domain/) ?? first(/^(?:https?:\/\/)?([\w-][\w.-]*\.[\w-]+)\/\*( \(zone|$)/);
  return host ? `https://${host}` : first(/^(https?:\/\/\S+?)\/?$/);
}
