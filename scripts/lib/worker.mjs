// The Worker in workerd, through `wrangler dev`, whose own talk is held back unless something goes wrong.
import { spawn } from "node:child_process";
import { linesOf, plain, readable } from "./log-lines.mjs";
import { inRoot } from "./paths.mjs";
import { host } from "./port.mjs";
import { signalGroup } from "./processes.mjs";
import { environment } from "./run.mjs";
import { Failure, say } from "./say.mjs";
import { wrangler } from "./wrangler.mjs";

const kPatienceMs = 5_000; // for wrangler to end by itself

// Of what is laid out in the folder. `ready` fails when the Worker does not start, `ended` when it ends without being
// stopped.
export function startWorker(folder, port) {
  const url = `http://${host}:${port}`;
  const child = spawnWrangler(folder, port);
  let stopping = false;
  const exit = new Promise((resolve) => child.on("close", resolve));
  const early = [];

  const ready = new Promise((resolve, reject) => {
    let show = (line) => {
      early.push(plain(line));
      if (!line.includes("Ready on ")) return;
      show = showLine;
      resolve();
    };
    for (const stream of [child.stdout, child.stderr]) eachLine(stream, (line) => show(line));
    exit.then(() =>
      stopping ? undefined : reject(new Failure(`${early.join("\n")}\nThe Worker did not start.`)),
    );
  });

  const ended = exit.then((code) => {
    if (!stopping) throw new Failure(`The Worker's runtime ended with code ${code}.`);
  });
  ended.catch(() => {});

  async function stop() {
    if (stopping) return;
    stopping = true;
    signalGroup(child.pid, "SIGINT");
    const timer = setTimeout(() => signalGroup(child.pid, "SIGKILL"), kPatienceMs);
    await exit;
    clearTimeout(timer);
    signalGroup(child.pid, "SIGKILL"); // whatever wrangler left behind
  }

  async function check(cron, time) {
    const query = new URLSearchParams({ cron, time });
    try {
      await (await fetch(`${url}/cdn-cgi/local/scheduled?${query}`)).text();
    } catch (error) {
      if (!stopping) say(`The check could not be run: ${error.message}`);
    }
  }

  return { url, group: child.pid, ready, ended, stop, check };
}

// In a process group of its own: Ctrl-C reaches it through `stop` alone, and all of it can be ended at once.
function spawnWrangler(folder, port) {
  const state = inRoot(".wrangler", "state");
  const fresh = ["--var", "READER_CACHE_SECONDS:0"]; // whoever tries something wants to see it at once
  const [program, args] = wrangler(
    "dev",
    "--ip",
    host,
    "--port",
    String(port),
    "--persist-to",
    state,
    ...fresh,
  );
  const env = environment({ NO_COLOR: "1", FORCE_COLOR: "0" });
  return spawn(program, args, { cwd: folder, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
}

async function eachLine(stream, job) {
  for await (const line of linesOf(stream)) job(line);
}

const noise = [/^\s*$/, /^\[wrangler:info\]/, /^⎔ /];

function showLine(line) {
  const own = line.match(/\{"level":.*\}/s);
  if (own) return say(readable(Date.now(), "info", own[0]));
  const other = plain(line);
  if (!noise.some((pattern) => pattern.test(other))) say(other);
}
