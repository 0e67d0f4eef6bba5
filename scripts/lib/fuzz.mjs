// The targets of tests/fuzz, run for a while each, from the inputs in its corpus and what was found earlier.
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildFuzz } from "./build.mjs";
import { inRoot } from "./paths.mjs";
import { capture, inParallel } from "./run.mjs";
import { say } from "./say.mjs";

const kLines = 60; // of what a target printed last

const inFuzz = (...parts) => inRoot("tests", "fuzz", ...parts);

// None where only the commands are, as in a copy without tests.
export const targets = () =>
  existsSync(inFuzz())
    ? readdirSync(inFuzz())
        .filter((file) => file.endsWith(".cpp"))
        .map((file) => path.basename(file, ".cpp"))
    : [];

// Resolves with {name, output} of those that did not survive. As many at once as there are processors.
export async function fuzz(names, seconds) {
  await buildFuzz(names);
  const rounds = Math.ceil(names.length / os.availableParallelism());
  const share = Math.max(1, Math.floor(seconds / rounds));
  const results = await inParallel(names, async (name) => {
    say(`${name}: ${share} s …`);
    const { code, output } = await capture(program(name), argumentsOf(name, share), { isPatient: true });
    return { name, code, output: output.split("\n").slice(-kLines).join("\n") };
  });
  return results.filter(({ code }) => code !== 0);
}

const program = (name) => inRoot("build", "fuzz", "tests", "fuzz", `fuzz_${name}`);

// What is new goes to the first folder, what fails to the folder of the build.
function argumentsOf(name, seconds) {
  const found = inRoot("build", "fuzz", "found", name);
  mkdirSync(found, { recursive: true });
  return [
    `-max_total_time=${seconds}`,
    ...["-max_len=4096", "-print_final_stats=1"],
    `-dict=${inFuzz("words.dict")}`,
    `-artifact_prefix=${inRoot("build", "fuzz")}/${name}-`,
    ...[found, inFuzz("corpus", name)].filter(existsSync),
  ];
}
