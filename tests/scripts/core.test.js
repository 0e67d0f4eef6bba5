// Where the core comes from, in copies of the repository on machines with and without a compiler.
import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { sources } from "../../scripts/lib/core.mjs";
import { inRoot } from "../../scripts/lib/paths.mjs";
import { command, makeStaged } from "./copy.js";

const kNoCompiler = "Not found: Emscripten (em++), CMake, Ninja. Please install and run this again.\n";

let bare; // a folder with Node alone
let copy;

before(() => {
  bare = mkdtempSync(path.join(os.tmpdir(), "heartbeat-bin-"));
  symlinkSync(process.execPath, path.join(bare, "node"));
});
after(() => rmSync(bare, { recursive: true }));
beforeEach(() => (copy = makeStaged()));

const inCopy = (...parts) => path.join(copy.folder, ...parts);
const built = () => readFileSync(inCopy("build", "core.wasm"));

async function ended(name, args = [], PATH = bare) {
  const running = command(copy.folder, name, args, { ...process.env, PATH });
  return { code: await running.ended, output: running.output };
}

test("a fresh copy needs no compiler, since the core in dist/ is of its sources", async (t) => {
  t.after(copy.remove);
  for (const name of ["check-config", "build"]) {
    const { code, output } = await ended(name);
    assert.equal(code, 0, output);
    assert.deepEqual(built(), readFileSync(inCopy("dist", "core.wasm")));
  }
});

test("a copy with other sources needs a compiler", async (t) => {
  t.after(copy.remove);
  for (const file of [
    "src/check/verdict.cpp",
    "src/check/verdict.hpp",
    "worker/exports.cpp",
    "CMakeLists.txt",
  ]) {
    const original = readFileSync(inCopy(file));
    appendFileSync(inCopy(file), "\n");
    assert.deepEqual(await ended("build"), { code: 1, output: kNoCompiler }, file);
    writeFileSync(inCopy(file), original);
  }
  writeFileSync(inCopy("src", "check", "more.cpp"), "");
  assert.deepEqual(await ended("build"), { code: 1, output: kNoCompiler });
});

test("tests and files of editors are no sources", async (t) => {
  t.after(copy.remove);
  appendFileSync(inCopy("src", "check", "verdict_test.cpp"), "\n");
  writeFileSync(inCopy("src", "check", "verdict.cpp~"), "");
  const { code, output } = await ended("build");
  assert.equal(code, 0, output);
});

test("a core in dist/ that is damaged, or missing, is not taken", async (t) => {
  t.after(copy.remove);
  appendFileSync(inCopy("dist", "core.wasm"), "\0");
  assert.deepEqual(await ended("build"), { code: 1, output: kNoCompiler });
  rmSync(inCopy("dist"), { recursive: true });
  assert.deepEqual(await ended("build"), { code: 1, output: kNoCompiler });
});

test("the ring of dist/ fails when the sources are others, and says what to do", async (t) => {
  t.after(copy.remove);
  appendFileSync(inCopy("src", "check", "verdict.cpp"), "\n");
  const { code, output } = await ended("test", ["dist"], process.env.PATH);
  assert.equal(code, 1, output);
  assert.match(output, /^dist\/core\.wasm was not made of these sources\. .*: npm run build -- --release$/m);
});

test("--release compiles, and keeps the core with a record of what it was made of and by", async (t) => {
  t.after(copy.remove);
  const { folder, PATH } = layCompiler("a core");
  t.after(() => rmSync(folder, { recursive: true }));
  const first = await ended("build", ["--release"], PATH);
  assert.match(first.output, /^Compiling \(wasm\): 1 of 2$/m);
  assert.deepEqual(readFileSync(inCopy("dist", "core.wasm"), "utf8"), "a core");
  const record = JSON.parse(readFileSync(inCopy("dist", "core.json"), "utf8"));
  assert.equal(record.compiler, "Emscripten 9.9.9, Some clang version 99.0.0");
  assert.match(record.json, /^3\.\d+\.\d+$/);
  rmSync(inCopy("build"), { recursive: true });
  await ended("build");
  assert.equal(built().toString(), "a core");
});

test("the ring of dist/ fails when the same compiler makes another core", async (t) => {
  t.after(copy.remove);
  const { folder, PATH } = layCompiler("a core");
  t.after(() => rmSync(folder, { recursive: true }));
  await ended("build", ["--release"], PATH);
  assert.match((await ended("test", ["dist"], PATH)).output, /^1 passed, 0 failed$/m);
  layCompiler("another core", folder);
  const { code, output } = await ended("test", ["dist"], PATH);
  assert.equal(code, 1);
  assert.match(output, /^dist\/core\.wasm is not what Emscripten 9\.9\.9, .* makes of these sources\./m);
});

// Stands in for the compiler and those that call it; makes every core the same.
function layCompiler(module, folder = mkdtempSync(path.join(os.tmpdir(), "heartbeat-bin-"))) {
  const write = (name, text) => writeFileSync(path.join(folder, name), `#!/bin/sh\n${text}`, { mode: 0o755 });
  write("em++", 'echo "emcc (Emscripten) 9.9.9 ()" >&2\necho "Some clang version 99.0.0" >&2\n');
  write("cmake", `mkdir -p build/wasm\nprintf '${module}' >build/wasm/core.wasm\necho "[1/2] Building"\n`);
  for (const name of ["emcmake", "ninja"]) write(name, "");
  return { folder, PATH: `${folder}:${bare}:/usr/bin:/bin` };
}

test("every source has the line ends of the repository, whatever git makes of them elsewhere", () => {
  assert.match(readFileSync(inRoot(".gitattributes"), "utf8"), /^\* text=auto eol=lf$/m);
  for (const file of sources()) assert.ok(!readFileSync(inRoot(file)).includes("\r"), file);
});
