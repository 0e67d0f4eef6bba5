// Builds with CMake: a preset is configured once, then Ninja decides what has to be done.
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { inRoot, root } from "./paths.mjs";
import { ninjaProgress } from "./progress.mjs";
import { capture, run } from "./run.mjs";
import { say } from "./say.mjs";

// The core as WebAssembly, its bytes.
export async function buildWasm() {
  if (!isConfigured("wasm")) await configure("wasm");
  await compile("wasm", "worker");
  return readFileSync(path.join(folderOf("wasm"), "core.wasm"));
}

export async function buildNative(preset, { target = "core_tests", ...options } = {}) {
  if (!isConfigured(preset)) await configure(preset);
  await compile(preset, target, options);
}

export async function buildFuzz(names) {
  await configure("fuzz");
  for (const name of names) await compile("fuzz", `fuzz_${name}`);
}

export async function configure(preset) {
  if (!isConfigured(preset)) {
    say(`Configuring the build "${preset}" …`);
    rmSync(folderOf(preset), { recursive: true, force: true });
  }
  const [program, ...first] = preset === "wasm" ? ["emcmake", "cmake"] : ["cmake"];
  const env = await environmentOf(preset);
  await run(program, [...first, "--preset", preset], `CMake could not configure the build "${preset}".`, {
    env,
  });
}

// What the compiler is given to make a target: its sources, or the files that join several of them.
export function unitsOf(preset, target) {
  const commands = JSON.parse(readFileSync(path.join(folderOf(preset), "compile_commands.json"), "utf8"));
  return commands
    .filter(({ output, command }) => (output ?? command).includes(`/${target}.dir/`))
    .map(({ file }) => file);
}

const folderOf = (preset) => inRoot("build", preset);

// Here, that is: a tree that was copied or moved knows where it came from, and would be built there.
function isConfigured(preset) {
  const [ninja, cache] = ["build.ninja", "CMakeCache.txt"].map((name) => path.join(folderOf(preset), name));
  return existsSync(ninja) && readFileSync(cache, "utf8").includes(`CMAKE_HOME_DIRECTORY:INTERNAL=${root}\n`);
}

async function compile(preset, target, options) {
  const args = ["--build", "--preset", preset, "--target", target];
  const onText = ninjaProgress(`Compiling (${preset})`);
  const env = await environmentOf(preset);
  await run("cmake", args, `The build "${preset}" failed.`, { onText, env, ...options });
}

// Emscripten begins with "python3" at each of its calls, and where that is a script which looks for the right one, this
// takes longer than many a call. So it is looked for once.
let python;
async function environmentOf(preset) {
  if (preset !== "wasm") return {};
  python ??= capture("python3", ["-c", "import sys; print(sys.executable)"]);
  const { code, output } = await python;
  return code === 0 ? { EMSDK_PYTHON: output.trim() } : {};
}
