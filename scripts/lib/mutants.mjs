// Mutants: one changed line each, played in a copy of the tree under build/, so that the tree itself stays as it is.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { buildWasm } from "./build.mjs";
import { buildDashboard } from "./dashboard.mjs";
import { inRoot, node } from "./paths.mjs";
import { capture } from "./run.mjs";
import { Failure, say } from "./say.mjs";

const copied = [
  "CMakeLists.txt",
  "CMakePresets.json",
  "package.json",
  "src",
  "worker",
  "shim",
  "tests",
  "config",
  "dashboard",
];
const inCopy = (...parts) => inRoot("build", "mutants", ...parts);
const kPatience = 20; // times as long as the tests take, a mutant may
const kLeastMs = 60_000;
const quiet = '#pragma clang diagnostic ignored "-Weverything"\n'; // what a mutant leaves unused is no error

// The text with the mutant in it.
export function mutated(text, { name, file, before, after }) {
  const [head, tail, ...more] = text.split(before);
  if (tail === undefined || more.length > 0)
    throw new Failure(`${name}: what it changes has to be in ${file} exactly once: ${before}`);
  return head + after + tail;
}

// `note` is called with each result: {name, rule, file, verdict, by}, where `by` is the test that went red.
export async function coreMutants(mutants, note) {
  copyTree();
  say("Compiling …");
  const built = await build();
  if (built.code !== 0) throw new Failure(`${built.output}\nThe tree does not compile as it is.`);
  const start = Date.now();
  const sound = await runCore();
  if (sound.code !== 0)
    throw new Failure(`${sound.output.slice(-2000)}\nThe tests fail on the tree as it is.`);
  const timeout = Math.max(kLeastMs, kPatience * (Date.now() - start));
  await each(mutants, quiet, note, async () => {
    const { code, output } = await build();
    if (code !== 0) return { verdict: "does not compile", by: output.match(/error: .*/)?.[0] };
    const result = await runCore(timeout);
    return result.code === 0 ? { verdict: "survived" } : { verdict: "killed", by: redOfCatch(result.output) };
  });
}

export async function shimMutants(mutants, note) {
  await buildWasm();
  await buildDashboard();
  copyTree();
  mkdirSync(inCopy("build"), { recursive: true });
  for (const file of ["core.wasm", "page.html"]) cpSync(inRoot("build", file), inCopy("build", file));
  const sound = await runShim();
  if (sound.code !== 0)
    throw new Failure(`${sound.output.slice(-2000)}\nThe tests fail on the tree as it is.`);
  await each(mutants, "", note, async () => {
    const { code, output } = await runShim();
    return code === 0 ? { verdict: "survived" } : { verdict: "killed", by: redOfNode(output) };
  });
}

export function summaryOf(results) {
  const names = (verdict) => results.filter((result) => result.verdict === verdict).map(({ name }) => name);
  const [killed, survived, bad] = ["killed", "survived", "does not compile"].map(names);
  const list = (all) => (all.length ? `: ${all.join(", ")}` : "");
  const sentence = [
    `${killed.length} of ${results.length} mutants killed`,
    `${survived.length} survived${list(survived)}`,
    ...(bad.length ? [`${bad.length} did not compile${list(bad)}`] : []),
  ].join("; ");
  return { sentence, isGood: killed.length === results.length };
}

// Of Catch2's XML, which ends at the first failure, or where the program crashed.
export function redOfCatch(xml) {
  const cases = [...xml.matchAll(/<TestCase name="([^"]*)"/g)];
  return cases.at(-1)?.[1].replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&amp;", "&");
}

// Of node:test's TAP: the first test, rather than the file or the suite that it is in.
export const redOfNode = (tap) =>
  tap.match(/^\s*not ok \d+ - (?!tests\/)(.*)/m)?.[1] ?? tap.match(/^not ok \d+ - (.*)/m)?.[1];

async function each(mutants, head, note, play) {
  for (const mutant of mutants) {
    const { name, rule, file } = mutant;
    const text = readFileSync(inRoot(file), "utf8");
    writeFileSync(inCopy(file), head + mutated(text, mutant));
    const result = await play();
    writeFileSync(inCopy(file), text);
    note({ name, rule, file, ...result });
  }
}

// Only what differs is written, for Ninja to compile nothing else.
function copyTree() {
  for (const entry of copied) copy(entry);
  if (!existsSync(inCopy("node_modules"))) symlinkSync(inRoot("node_modules"), inCopy("node_modules"));
}

function copy(entry) {
  const [from, to] = [inRoot(entry), inCopy(entry)];
  const names = (folder) => readdirSync(folder, { withFileTypes: true });
  if (!isFolder(from)) return copyFile(from, to);
  mkdirSync(to, { recursive: true });
  const present = new Set(names(from).map(({ name }) => name));
  for (const { name } of names(to)) if (!present.has(name)) rmSync(path.join(to, name), { recursive: true });
  for (const name of present) copy(path.join(entry, name));
}

const isFolder = (file) => {
  try {
    return readdirSync(file) !== undefined;
  } catch {
    return false;
  }
};

function copyFile(from, to) {
  const bytes = readFileSync(from);
  if (existsSync(to) && readFileSync(to).equals(bytes)) return;
  mkdirSync(path.dirname(to), { recursive: true });
  writeFileSync(to, bytes);
}

async function build() {
  const options = { cwd: inCopy(), isPatient: true };
  if (!existsSync(inCopy("build", "quick", "build.ninja"))) {
    const configured = await capture("cmake", ["--preset", "quick"], options);
    if (configured.code !== 0) return configured;
  }
  return capture("cmake", ["--build", "--preset", "quick", "--target", "core_tests"], options);
}

// The slow ones only when the others have found nothing.
async function runCore(timeout) {
  for (const tests of ["~[slow]", "[slow]"]) {
    const args = [tests, "--abort", "--reporter", "xml"];
    const result = await capture(inCopy("build", "quick", "tests", "core_tests"), args, {
      timeout,
      isPatient: true,
    });
    if (result.code !== 0 || tests === "[slow]") return result;
  }
}

const runShim = () =>
  capture(
    node,
    [
      "--test",
      "--test-reporter=tap",
      "--test-concurrency=1",
      "--test-timeout=600000",
      "tests/shim/*.test.js",
    ],
    {
      cwd: inCopy(),
      env: { NODE_TEST_CONTEXT: "" },
    },
  );
