// What the scripts themselves read of the configuration: a key to try the monitor with, and the cron.
import { existsSync, readFileSync } from "node:fs";
import util from "node:util";
import { inRoot } from "./paths.mjs";

// The local secrets, as `wrangler dev` gives them to the Worker; none without the file.
export function readSecrets() {
  const file = inRoot(".dev.vars");
  return existsSync(file) ? util.parseEnv(readFileSync(file, "utf8")) : {};
}

// The keys by service id, group id or "*": API_KEYS, API_KEYS_2 and so on, merged.
export function readKeys() {
  const parts = Object.entries(readSecrets()).filter(([name]) => /^API_KEYS(_\d+)?$/.test(name));
  return Object.assign({}, ...parts.map(([, text]) => jsonObject(text)));
}

// What is no JSON is the core's to complain about.
function jsonObject(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export async function readCrons() {
  const { parse } = await import("smol-toml"); // not there before the packages are installed
  return parse(readFileSync(inRoot("wrangler.toml"), "utf8")).triggers?.crons ?? [];
}

export const readConfig = (name) => JSON.parse(readFileSync(inRoot("config", `${name}.json`), "utf8"));

// A service and the key it is heard with (undefined: needs none), or undefined when no service has one.
export function exampleService({ services = [], groups = [] }, keys) {
  const tries = services.filter(isEnabled).map((service) => {
    const group = groups.find((each) => each.services?.includes(service.id));
    const required = service.auth?.required ?? group?.auth?.required ?? true;
    return { id: service.id, required, key: own(keys, service.id) ?? own(keys, group?.id) ?? own(keys, "*") };
  });
  return tries.find(({ key, required }) => key || !required);
}

const isEnabled = ({ enabled = true }) => enabled;
const own = (keys, name) => (Object.hasOwn(keys, name) ? keys[name] : undefined);

// The line a person pastes to be heard for the first time.
export function curlLine(url, { id, key }) {
  const auth = key ? ` -H ${quoted(`Authorization: Bearer ${key}`)}` : "";
  return `curl ${url}/api/heartbeat${auth} -d ${quoted(JSON.stringify({ serviceId: id }))}`;
}

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
