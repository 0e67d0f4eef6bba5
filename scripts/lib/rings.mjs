// The rings of tests, in lanes: what compiles for long, and lets others go first; beside it what mostly waits for servers
// and browsers, whose core is that of dist/ unless the sources are newer.
import { existsSync, readdirSync, statSync } from "node:fs";
import { buildNative, configure, unitsOf } from "./build.mjs";
import { distFaults, provideCore } from "./core.mjs";
import { catchCounts, nodeCounts } from "./counts.mjs";
import { buildDashboard } from "./dashboard.mjs";
import { cppFiles } from "./cpp-files.mjs";
import * as needs from "./install.mjs";
import { inRoot, node } from "./paths.mjs";
import { prettier } from "./prettier.mjs";
import { capture, inParallel } from "./run.mjs";

const compilers = [
  { name: "native", title: "the core under ASan and UBSan", needs: needs.toTestNative, run: native },
  { name: "clang", title: "clang-tidy finds nothing", needs: needs.toTidy, run: clang },
  { name: "wasm", title: "the core as WebAssembly", needs: needs.toTestWasm, run: wasm },
  { name: "dist", title: "the core that is shipped", needs: needs.toBuild, run: dist },
];

const servers = [
  { name: "tidy", title: "the order of the sources", needs: [], run: () => runNodeTests("tidy") },
  { name: "config", title: "the shipped configuration", needs: [], run: config },
  { name: "shim", title: "the shim in Node", needs: [], run: () => nodeTests("shim") },
  { name: "budget", title: "a short day's costs", needs: [], run: () => nodeTests("budget") },
  {
    name: "worker",
    title: "the Worker in workerd",
    needs: needs.toTestWorker,
    run: () => nodeTests("worker", { atOnce: 2 }), // which mostly wait for KV
  },
  {
    name: "browser",
    title: "the page in browsers",
    needs: needs.toTestPage,
    run: () => nodeTests("browser"),
  },
];

const commands = [
  { name: "scripts", title: "the commands", needs: [], run: () => nodeTests("scripts") },
  { name: "deploy", title: "deploys", needs: [], run: () => nodeTests("deploy", { atOnce: 2 }) },
  { name: "clients", title: "the clients", needs: needs.toTestClients, run: () => nodeTests("clients") },
  { name: "format", title: "white space", needs: needs.toFormat, run: format },
];

// Only when asked for: they hold the same as others, quicker or elsewhere.
const extras = [
  {
    name: "quick",
    title: "the core without sanitizers",
    needs: needs.toTestNative,
    run: quick,
    isExtra: true,
  },
  {
    name: "gcc",
    title: "the core with g++, every file by itself",
    needs: needs.toTestGcc,
    run: () => catchTests("gcc"),
    isExtra: true,
  },
  {
    name: "own-node",
    title: "the commands, by the Node that runs this",
    needs: [],
    run: () => nodeTests("scripts", { program: process.execPath }),
    isExtra: true,
  },
];

// One after another; the lanes of a stage at the same time.
export const stages = [[compilers, servers, commands], [extras]];
export const rings = stages.flat(2);

// What the tests say to the core, and what it answers, call by call; tests/recorded.hpp has its format.
const record = inRoot("build", "calls.record");

function native() {
  return catchTests("asan", { isPatient: true, env: { HEARTBEAT_RECORD: record } });
}

function quick() {
  return catchTests("quick");
}

async function catchTests(preset, options) {
  await buildNative(preset, options);
  const result = await capture(inRoot("build", preset, "tests", "core_tests"), [], options);
  return { ...result, ...catchCounts(result.output) };
}

// One test of what ships, however many files. Most of the time goes into reading the headers, so rooms are taken whole.
async function clang() {
  await configure("clang");
  const tidy = (file) => [
    "clang-tidy",
    ["--quiet", "-p", inRoot("build", "clang"), file],
    { isPatient: true },
  ];
  const { failed, output } = await each(unitsOf("clang", "core").map(tidy));
  return { code: 0, passed: failed === 0 ? 1 : 0, failed: failed === 0 ? 0 : 1, output };
}

// The calls of the native tests, made of the module.
async function wasm() {
  await buildNative("asan", { isPatient: true });
  const tests = statSync(inRoot("build", "asan", "tests", "core_tests"));
  if (!existsSync(record) || statSync(record).mtimeMs < tests.mtimeMs) await native();
  return nodeTests("wasm");
}

// The tests above are of the compiled core, so what is shipped has to be the same.
async function dist() {
  const faults = await distFaults();
  return { code: 0, passed: faults.length > 0 ? 0 : 1, failed: faults.length, output: faults.join("\n") };
}

async function nodeTests(folder, options) {
  await provided();
  return runNodeTests(folder, options);
}

// Once for all of them, before another ring compiles for minutes.
let providing;
const provided = () => (providing ??= provideCore().then(buildDashboard));

// One file after another, unless told otherwise: those that start programs would slow each other down.
async function runNodeTests(folder, { program = node, atOnce = 1 } = {}) {
  const options = ["--test-reporter=spec", `--test-concurrency=${atOnce}`, "--test-timeout=1800000"];
  const result = await capture(program, ["--test", ...options, ...testFiles(`tests/${folder}`)], {
    env: { FORCE_COLOR: "0" },
  });
  return { ...result, ...nodeCounts(result.output) };
}

const testFiles = (folder) =>
  readdirSync(inRoot(folder), { recursive: true })
    .filter((name) => name.endsWith(".test.js"))
    .map((name) => `${folder}/${name}`)
    .sort();

async function config() {
  await provided();
  return each([[process.execPath, ["scripts/check-config.mjs"]]]);
}

async function format() {
  const result = await each([
    prettier("--check", "."),
    ["clang-format", ["--dry-run", "--Werror", ...cppFiles()]],
  ]);
  return { ...result, output: `${withoutExcerpts(result.output)}\n"npm run format" puts it right.` };
}

// Of clang-format's complaints, only which files they are about.
function withoutExcerpts(output) {
  const files = [...output.matchAll(/^(\S+?):\d+:\d+: error: /gm)].map(
    ([, file]) => `[clang-format] ${file}`,
  );
  const warnings = output.split("\n").filter((line) => line.startsWith("["));
  return [...new Set([...warnings, ...files])].join("\n");
}

// Each command is one test: it passes when it succeeds.
async function each(commands) {
  const results = await inParallel(commands, (command) => capture(...command));
  const failures = results.filter(({ code }) => code !== 0);
  const passed = results.length - failures.length;
  return {
    code: 0,
    passed,
    failed: failures.length,
    output: failures.map(({ output }) => output).join("\n"),
  };
}
