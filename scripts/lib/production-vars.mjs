// .production.vars: the secrets of the deployed monitor, as far as this machine has them. Cloudflare hands none back,
// and API_KEYS is one secret with the keys of all services, so changing one takes all of them. A Worker of another name
// has a file of its own, .production.vars.<name>.
import { createHash } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { inRoot, onPath } from "./paths.mjs";
import { capture } from "./run.mjs";
import { Failure } from "./say.mjs";
import { isKeys, readVars } from "./vars.mjs";

export const kFile = ".production.vars";

const kLongest = 5000; // bytes of a secret on Cloudflare
const kPut = "# This is what Cloudflare has, or newer.";
const kMark = /^# This is what Cloudflare has, or newer\.(?: Put: (\w+))?\n/m;
const heading = `# The secrets of the deployed monitor. git ignores this file; keep a copy where passwords are kept.
# "npm run keys -- --put" puts all of them.
`;

// Whether these secrets, or what they were made of, have been put before: then none is lost by putting them.
export const wasPut = (file) => kMark.test(textOf(file));

// Whether they have been put as they are.
export const isPut = (file) => textOf(file).match(kMark)?.[1] === digestOf(readVars(file));

export const markPut = (file) => write(file, readVars(file), markOf(readVars(file)));

// Fails when git would see the file.
export async function writeSecrets(file, secrets) {
  await requireIgnored(file);
  write(file, secrets, textOf(file).match(kMark)?.[0] ?? "");
}

function write(file, secrets, mark) {
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${quoted(file, name, value)}\n`);
  writeFileSync(inRoot(file), heading + mark + commentsIn(file) + lines.join(""), { mode: 0o600 });
  chmodSync(inRoot(file), 0o600); // one that was there keeps its mode
}

const markOf = (secrets) => `${kPut} Put: ${digestOf(secrets)}\n`;

const digestOf = (secrets) => createHash("sha256").update(JSON.stringify(secrets)).digest("hex").slice(0, 16);

const textOf = (file) => (existsSync(inRoot(file)) ? readFileSync(inRoot(file), "utf8") : "");

// Those that somebody has written into the file.
function commentsIn(file) {
  const lines = textOf(file).match(/^#.*\n?/gm) ?? [];
  return lines.filter((line) => !heading.includes(line) && !kMark.test(line)).join("");
}

async function requireIgnored(file) {
  if (!onPath("git") || (await capture("git", ["rev-parse", "--git-dir"])).code !== 0) return;
  const { code } = await capture("git", ["check-ignore", "-q", file]);
  if (code !== 0) throw new Failure(`git would see ${file}. Put a line with that name into .gitignore.`);
}

// The quotes of such files know no escapes.
function quoted(file, name, value) {
  if (/^[^\s'"`#]*$/.test(value)) return value;
  const quote = ["'", '"', "`"].find((each) => !value.includes(each));
  if (!quote) throw new Failure(`${name} has all kinds of quotes, which ${file} cannot hold.`);
  return quote + value + quote;
}

// The secrets with these keys, over as many as that takes. One that is needed no longer stays, empty.
export function withKeys(secrets, keys) {
  const parts = Object.fromEntries(split(keys).map((part, i) => [nameOf(i), JSON.stringify(part)]));
  const old = Object.keys(secrets).filter(isKeys);
  const others = Object.entries(secrets).filter(([name]) => !isKeys(name));
  return { ...Object.fromEntries(old.map((name) => [name, "{}"])), ...parts, ...Object.fromEntries(others) };
}

const nameOf = (i) => (i === 0 ? "API_KEYS" : `API_KEYS_${i + 1}`);

function split(keys) {
  const parts = [{}];
  for (const [name, key] of Object.entries(keys)) {
    const fuller = { ...parts.at(-1), [name]: key };
    if (Buffer.byteLength(JSON.stringify(fuller)) <= kLongest) parts[parts.length - 1] = fuller;
    else parts.push({ [name]: key });
  }
  return parts;
}
