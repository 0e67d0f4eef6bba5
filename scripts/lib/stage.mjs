// What the Worker is made of, laid out in a folder of its own. `wrangler dev` runs there, so that it sees a change only
// when that has been built and found without faults, and goes on with what it has until then.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { readWranglerToml } from "./config.mjs";
import { inRoot } from "./paths.mjs";

const kBuilt = ["build/core.wasm", "build/page.html", "build/site"];

const kConfig = ["services", "notifications", "settings", "dashboard"].map((name) => `config/${name}.json`);

// Brings the folder up to date. Returns whether anything in it changed.
export async function stage(folder) {
  const { build, ...rest } = await readWranglerToml();
  const wanted = new Map(
    [...kBuilt, "shim", ...kConfig]
      .flatMap((part) => filesOf(part))
      .map((name) => [name, readFileSync(inRoot(name))]),
  );
  wanted.set("wrangler.json", Buffer.from(JSON.stringify(rest)));
  const changes = [...wanted].map(([name, bytes]) => put(path.join(folder, name), bytes));
  const extra = filesOf("shim", folder)
    .concat(filesOf("build/site", folder))
    .filter((name) => !wanted.has(name));
  for (const name of extra) rmSync(path.join(folder, name));
  return changes.includes(true) || extra.length > 0;
}

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

// Whole or not at all, and left alone when it is the same.
function put(file, bytes) {
  if (existsSync(file) && readFileSync(file).equals(bytes)) return false;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, bytes);
  renameSync(`${file}.new`, file);
  return true;
}
