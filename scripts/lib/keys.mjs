// Which keys there have to be, new ones, and their way to Cloudflare.
import { randomBytes } from "node:crypto";
import { heardServices } from "./config.mjs";
import { kFile, markPut, wasPut, withKeys, writeSecrets } from "./production-vars.mjs";
import { Failure, say } from "./say.mjs";
import { isKeys, readKeys, readVars } from "./vars.mjs";
import { askWrangler, listIn, tryWrangler } from "./wrangler.mjs";

export const kAlertKey = "ALERT_API_KEY";

const kNoSuchWorker = /Worker ".*" .*not found\./; // in wrangler's words

// 192 bits; letters, digits, - and _, so that no shell and no file minds.
export const newKey = () => randomBytes(24).toString("base64url");

// Makes a key for each of these names and remembers it in the file. Returns the keys by name.
export async function makeKeys(names, file = kFile) {
  const made = Object.fromEntries(names.map((name) => [name, newKey()]));
  await rememberKeys(made, file);
  return made;
}

export async function rememberKeys({ [kAlertKey]: alertKey, ...keys }, file = kFile) {
  const secrets = withKeys(readVars(file), { ...readKeys(file), ...keys });
  await writeSecrets(file, alertKey ? { ...secrets, [kAlertKey]: alertKey } : secrets);
}

// Services that no key of theirs, of their group or of "*" opens, and the key of alerts when there is none.
export function missingKeys(config, file = kFile) {
  const unheard = heardServices(config, readKeys(file)).filter(({ required, key }) => required && !key);
  return [...unheard.map(({ id }) => id), ...(readVars(file)[kAlertKey] ? [] : [kAlertKey])];
}

// Fails when one of the names is not one that a key can have.
export function checkNames(names, { services = [], groups = [] }) {
  const known = new Set(["*", kAlertKey, ...[...services, ...groups].map(({ id }) => id)]);
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new Failure(
      `Not in config/services.json: ${unknown.join(", ")}. A key is for a service, a group, "*" or ${kAlertKey}.`,
    );
  }
}

// Puts all that the file of this Worker has. Keys that are in production and not here would be lost, so a file that was
// never put takes the place of others only when that is asked for.
export async function putSecrets({ file, named }, { replace = false } = {}) {
  const secrets = readVars(file);
  if (Object.keys(secrets).length === 0) throw new Failure(`${file} has no secrets. First: npm run keys`);
  const there = await secretNames({ named });
  if (!there)
    throw new Failure("The monitor is not deployed yet, and its first deploy puts them: npm run deploy");
  if (!replace && !wasPut(file) && there.some(isKeys)) {
    throw new Failure(
      `The deployed monitor has keys that may not be in ${file}, and putting that would take their place. Put them ` +
        `into its API_KEYS first, or, if they are there or no longer needed: npm run keys -- --put --replace`,
    );
  }
  const input = JSON.stringify(secrets);
  await askWrangler(["secret", "bulk", ...named], "The secrets could not be put.", { input });
  markPut(file);
  say(`Put ${Object.keys(secrets).join(", ")}.`);
}

// The names of the secrets that a deployed Worker has; undefined when there is no such Worker.
export async function secretNames({ named }) {
  const { code, output, stdout } = await tryWrangler(["secret", "list", ...named]);
  if (code === 0) return listIn(stdout).map(({ name }) => name);
  if (kNoSuchWorker.test(output)) return undefined;
  throw new Failure(`${output.trimEnd()}\nThe names of the secrets could not be asked for.`);
}
