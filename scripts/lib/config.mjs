// What the scripts themselves read of the configuration: who can be heard with which key, and the cron.
import { readFileSync } from "node:fs";
import { inRoot } from "./paths.mjs";
import { Failure } from "./say.mjs";

export async function readCrons() {
  const { parse } = await import("smol-toml"); // not there before the packages are installed
  return parse(readFileSync(inRoot("wrangler.toml"), "utf8")).triggers?.crons ?? [];
}

export const readConfig = (name) => parseConfig(readFileSync(inRoot("config", `${name}.json`), "utf8"), name);

export function parseConfig(text, name) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`config/${name}.json is not JSON: ${error.message}`);
  }
}

// The enabled services, and of each the key that counts for it: its own, else that of its group, else that of "*".
export function heardServices({ services = [], groups = [] }, keys) {
  return services.filter(isEnabled).map((service) => {
    const group = groups.find((each) => each.services?.includes(service.id));
    const required = service.auth?.required ?? group?.auth?.required ?? true;
    return { id: service.id, required, key: own(keys, service.id) ?? own(keys, group?.id) ?? own(keys, "*") };
  });
}

// A service and the key it is heard with (undefined: needs none), or undefined when no service has one.
export function exampleService(config, keys) {
  return heardServices(config, keys).find(({ key, required }) => key || !required);
}

const isEnabled = ({ enabled = true }) => enabled;
const own = (keys, name) => (Object.hasOwn(keys, name) ? keys[name] : undefined);

// The line a person pastes to be heard for the first time.
export function curlLine(url, { id, key }) {
  const auth = key ? ` -H ${quoted(`Authorization: Bearer ${key}`)}` : "";
  return `curl -fsS -X POST${auth} ${url}/api/heartbeat/${id}`;
}

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
