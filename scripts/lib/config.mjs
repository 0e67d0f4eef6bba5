// What the scripts themselves read of the configuration: which service needs which key, and the cron.
import { readText } from "./files.mjs";
import { parseJson } from "./json.mjs";
import { inRoot } from "./paths.mjs";
import { Failure } from "./say.mjs";

export async function readWranglerToml() {
  const { parse, TomlError } = await import("smol-toml"); // not there before the packages are installed
  const text = readText(inRoot("wrangler.toml"), "wrangler.toml");
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const what = error.message.split("\n")[0].replace(/^Invalid TOML document: /, "");
    throw new Failure(`wrangler.toml: line ${error.line}, column ${error.column}: ${what}`);
  }
}

export const cronsOf = ({ triggers }) => triggers?.crons ?? [];

export const readConfig = (name) =>
  parseConfig(readText(inRoot("config", `${name}.json`), `config/${name}.json`), name);

// The core judges the rest; here it is an object, so that its members can be asked for.
export function parseConfig(text, name) {
  const config = parseJson(text, `config/${name}.json`);
  if (typeof config === "object" && config !== null && !Array.isArray(config)) return config;
  throw new Failure(`config/${name}.json must be an object, as in {…}.`);
}

// The enabled services, and of each the key that counts for it: its own, else that of its group, else that of "*".
export function heardServices({ services = [], groups = [] }, keys) {
  return services.filter(isEnabled).map((service) => {
    const group = groups.find((each) => each.services?.includes(service.id));
    const required = service.auth?.required ?? group?.auth?.required ?? true;
    return { id: service.id, required, key: own(keys, service.id) ?? own(keys, group?.id) ?? own(keys, "*") };
  });
}

// A service and the key its heartbeats need (undefined: none), or undefined when no service has one.
export function exampleService(config, keys) {
  return heardServices(config, keys).find(({ key, required }) => key || !required);
}

const isEnabled = ({ enabled = true }) => enabled;
const own = (keys, name) => (Object.hasOwn(keys, name) ? keys[name] : undefined);

// The line a person pastes to send the first heartbeat, or into a crontab, which mails whatever is printed.
export function curlLine(url, { id, key }) {
  const auth = key ? ` -H ${quoted(`Authorization: Bearer ${key}`)}` : "";
  return `curl -fsS -o /dev/null -m 20 --retry 3 --retry-connrefused -X POST${auth} ${url}/api/heartbeat/${id}`;
}

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
