// Builds with CMake: a preset is configured once, then Ninja decides what has to be done.
import { existsSync } from "node:fs";
import { inRoot } from "./paths.mjs";
import { run } from "./run.mjs";
import { say } from "./say.mjs";

// The core as WebAssembly; with tests from the same objects.
export async function buildWasm() {
  if (!isConfigured("wasm")) await configure("wasm");
  await compile("wasm", "worker");
}

export async function buildWasmTests() {
  await configure("wasm-tests");
  await compile("wasm-tests", "core_tests");
}

export async function buildNative(preset, options) {
  if (!isConfigured(preset)) await configure(preset);
  await compile(preset, "core_tests", options);
}

export async function configure(preset) {
  const [program, ...first] = preset.startsWith("wasm") ? ["emcmake", "cmake"] : ["cmake"];
  await run(program, [...first, "--preset", preset], `CMake could not configure the build "${preset}".`);
}

const isConfigured = (preset) => existsSync(inRoot("build", preset, "build.ninja"));

async function compile(preset, target, options) {
  const args = ["--build", "--preset", preset, "--target", target];
  await run("cmake", args, `The build "${preset}" failed.`, {
    onText: sayOnce(`Compiling (${preset}) …`),
    ...options,
  });
}

// Said only when Ninja has something to do.
function sayOnce(line) {
  let said = false;
  return (text) => {
    if (said || !/\] Building/.test(text)) return;
    said = true;
    say(line);
  };
}
