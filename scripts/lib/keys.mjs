// Which keys there have to be, new ones, and their way to Cloudflare.
import { randomBytes } from "node:crypto";
import { heardServices } from "./config.mjs";
import { kFile, wasPut, withKeys, writeSecrets } from "./production-vars.mjs";
import { Failure, say } from "./say.mjs";
import { isKeys, readKeys, readVars } from "./vars.mjs";
import { askWrangler, listOf } from "./wrangler.mjs";

export const kAlertKey = "ALERT_API_KEY";

// 192 bits; letters, digits, - and _, so that no shell and no file minds.
export const newKey = () => randomBytes(24).toString("base64url");

// Makes a key for each of these names and remembers it in .production.vars. Returns the keys by name.
export async function makeKeys(names) {
  const made = Object.fromEntries(names.map((name) => [name, newKey()]));
  await rememberKeys(made);
  return made;
}

export async function rememberKeys({ [kAlertKey]: alertKey, ...keys }) {
  const secrets = withKeys(readVars(kFile), { ...readKeys(kFile), ...keys });
  await writeSecrets(alertKey ? { ...secrets, [kAlertKey]: alertKey } : secrets);
}

// Services that no key of theirs, of their group or of "*" opens, and the key of alerts when there is none.
export function missingKeys(config) {
  const unheard = heardServices(config, readKeys(kFile)).filter(({ required, key }) => required && !key);
  return [...unheard.map(({ id }) => id), ...(readVars(kFile)[kAlertKey] ? [] : [kAlertKey])];
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

// Puts all of .production.vars. Keys that are in production and not here would be lost, so a file that was never put
// takes the place of others only when that is asked for.
export async function putSecrets({ replace = false } = {}) {
  const secrets = readVars(kFile);
  if (Object.keys(secrets).length === 0) throw new Failure(`${kFile} has no secrets. First: npm run keys`);
  if (!replace && !wasPut() && (await secretNames()).some(isKeys)) {
    throw new Failure(
      `The deployed monitor has keys that may not be in ${kFile}, and putting that would take their place. Put them ` +
        `into its API_KEYS first, or, if they are there or no longer needed: npm run keys -- --put --replace`,
    );
  }
  const input = JSON.stringify(secrets);
  await askWrangler(["secret", "bulk"], "The secrets could not be put.", { input });
  await writeSecrets(secrets, { isPut: true });
  say(`Put ${Object.keys(secrets).join(", ")}.`);
}

// The names of the secrets that the deployed monitor has.
export async function secretNames() {
  const sentence =
    "The names of the secrets could not be asked for. Is the monitor deployed? If not: npm run deploy";
  return (await listOf(["secret", "list"], sentence)).map(({ name }) => name);
}
