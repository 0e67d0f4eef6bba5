// What the Worker is made of, laid out in a folder of its own. `wrangler dev` runs there, so that it sees a change only
// when that has been built and found without faults, and goes on with what it has until then.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import path from "node:path";
import { readWranglerToml } from "./config.mjs";
import { inRoot } from "./paths.mjs";
import { replaceFile } from "./replace.mjs";

const kSecrets = ".dev.vars";
const kWrangler = "wrangler.json";
const kOursAlone = { mode: 0o600 }; // there are secrets among the files
const kBuilt = ["build/core.wasm", "build/page.html", "build/site"];

const kConfig = ["services", "notifications", "settings", "dashboard"].map((name) => `config/${name}.json`);

// Brings the folder up to date. Returns whether anything in it changed.
export async function stage(folder) {
  const wanted = await filesWanted();
  const changed = [...wanted].filter(([name, bytes]) =>
    replaceFile(path.join(folder, name), bytes, kOursAlone),
  );
  const extra = [...filesOf("shim", folder), ...filesOf("build/site", folder)].filter(
    (each) => !wanted.has(each),
  );
  for (const name of extra) rmSync(path.join(folder, name));
  if (changed.some(([name]) => name === kSecrets)) touch(path.join(folder, kWrangler));
  return changed.length + extra.length > 0;
}

// By name, with their bytes.
async function filesWanted() {
  const { build, ...rest } = await readWranglerToml();
  const names = [...kBuilt, "shim", ...kConfig, kSecrets].flatMap((part) => filesOf(part));
  const copies = names.map((name) => [name, readFileSync(inRoot(name))]);
  return new Map([...copies, [kWrangler, Buffer.from(JSON.stringify(rest))]]);
}

// Wrangler reads the secrets when it reads its configuration, and at no other time.
const touch = (file) => utimesSync(file, new Date(), new Date());

// The names of the files of a part, which may be one itself.
function filesOf(part, base = inRoot()) {
  const whole = path.join(base, part);
  if (!existsSync(whole)) return [];
  if (statSync(whole).isFile()) return [part];
  const entries = readdirSync(whole, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(base, path.join(entry.parentPath, entry.name)));
}
