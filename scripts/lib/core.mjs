// build/core.wasm: the one of dist/ where that was made of these very sources, else compiled.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { buildWasm } from "./build.mjs";
import { exclusively } from "./exclusive.mjs";
import { installPrograms, toBuild } from "./install.mjs";
import { inRoot } from "./paths.mjs";
import { replaceFile } from "./replace.mjs";
import { toolchain } from "./toolchain.mjs";

const [kModule, kRecord] = ["core.wasm", "core.json"].map((name) => inRoot("dist", name));

const sha256 = (content) => createHash("sha256").update(content).digest("hex");

export async function provideCore() {
  await exclusively(async () => {
    const { module = await compiled() } = dist();
    replaceFile(inRoot("build", "core.wasm"), module);
  });
}

// Compiles the core and keeps it in dist/, for everybody who has no compiler.
export async function releaseCore() {
  await exclusively(async () => {
    const module = await compiled();
    replaceFile(kModule, module);
    replaceFile(kRecord, `${JSON.stringify({ ...recordOf(module), ...(await toolchain()) }, null, 2)}\n`);
  });
}

async function compiled() {
  await installPrograms(toBuild);
  return buildWasm();
}

// What is wrong with dist/, as sentences.
export async function distFaults() {
  const advice = "Make dist/ anew, and commit it: npm run build -- --release";
  const { module, ...record } = dist();
  if (!module) return [`dist/core.wasm was not made of these sources. ${advice}`];
  const { compiler, json } = await toolchain();
  if (compiler !== record.compiler || json !== record.json) return [];
  const isSame = (await exclusively(compiled)).equals(module);
  return isSame ? [] : [`dist/core.wasm is not what ${compiler} makes of these sources. ${advice}`];
}

// The record in dist/ with, where it fits, the module.
function dist() {
  if (!existsSync(kModule) || !existsSync(kRecord)) return {};
  const record = JSON.parse(readFileSync(kRecord, "utf8"));
  const module = readFileSync(kModule);
  const { sources, sha256 } = recordOf(module);
  return record.sources === sources && record.sha256 === sha256 ? { ...record, module } : record;
}

// Which module it is, and of what it was made.
export const recordOf = (module) => ({ sha256: sha256(module), sources: sourcesHash() });

function sourcesHash() {
  const all = sources().map((file) => `${sha256(readFileSync(inRoot(file)))}  ${file}\n`);
  return sha256(all.join(""));
}

// Everything that reaches the bytes, in the same order everywhere.
export function sources() {
  const code = ["src", "worker"].flatMap((folder) =>
    readdirSync(inRoot(folder)).map((name) => `${folder}/${name}`),
  );
  const shipped = code.filter((file) => /\.[ch]pp$/.test(file) && !/_test\.[ch]pp$/.test(file));
  return [...shipped, "CMakeLists.txt", "CMakePresets.json"].sort();
}
