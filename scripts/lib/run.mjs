// Programs are started with a list of arguments, never through a shell, and are quiet unless they fail.
import { spawn } from "node:child_process";
import os from "node:os";
import path from "node:path";
import util from "node:util";
import { root } from "./paths.mjs";
import { Failure } from "./say.mjs";

// What every program gets: the tools of node_modules first, and a wrangler that stays off the network, and that Node
// does not compile anew at each start.
export const environment = (more = {}) => ({
  NODE_COMPILE_CACHE: path.join(root, "build", "node-cache"),
  ...process.env,
  PATH: [path.join(root, "node_modules", ".bin"), process.env.PATH].join(path.delimiter),
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_HIDE_BANNER: "true",
  ...more,
});

// Resolves with { code, output }: stdout and stderr as they came, mixed, without colours. A program that cannot
// be started has code 127, one that a signal ended 128. `input` is what it reads; `onText` sees the output while it
// comes. A patient program lets others go first; after `timeout` ms it is ended.
export async function capture(program, args, options) {
  const { code, output } = await captureBoth(program, args, options);
  return { code, output };
}

// Resolves with its stdout. Fails with the sentence, and what the program printed, when it does not succeed.
export async function run(program, args, sentence, options) {
  const { code, output, stdout } = await captureBoth(program, args, options);
  if (code !== 0) throw new Failure(`${output.trimEnd()}\n${sentence}`);
  return stdout;
}

// The same with stdout alone beside it.
export function captureBoth(
  program,
  args,
  { env = {}, cwd = root, input, onText = () => {}, isPatient = false, timeout } = {},
) {
  return new Promise((resolve) => {
    const stdio = [input === undefined ? "ignore" : "pipe", "pipe", "pipe"];
    const child = spawn(program, args, { cwd, env: environment(env), stdio, timeout });
    if (isPatient && child.pid) os.setPriority(child.pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
    child.stdin?.on("error", () => {}).end(input);
    let [output, stdout] = ["", ""];
    const collect = (text) => {
      output += text;
      onText(text);
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", collect);
    child.stdout.on("data", (text) => (stdout += text));
    child.on("error", (error) => resolve({ code: 127, output: error.message, stdout }));
    child.on("close", (code) =>
      resolve({ code: code ?? 128, output: util.stripVTControlCharacters(output), stdout }),
    );
  });
}

// With the terminal as its own: it may ask questions, and everything it says is seen. Resolves with its code.
export function attached(program, args, { env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env: environment(env), stdio: "inherit" });
    child.on("error", (error) => reject(new Failure(`${program} could not be started: ${error.message}`)));
    child.on("close", (code) => resolve(code ?? 128));
  });
}

// The results of `job` for each item, in their order, as many at once as there are processors.
export async function inParallel(items, job) {
  const results = [];
  const queue = items.entries(); // shared: each worker takes the next
  const work = async () => {
    for (const [i, item] of queue) results[i] = await job(item);
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, work));
  return results;
}
