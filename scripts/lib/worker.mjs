// The Worker in workerd, through `wrangler dev`, whose own talk is held back unless something goes wrong.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { readable } from "./log-lines.mjs";
import { root } from "./paths.mjs";
import { host } from "./port.mjs";
import { environment } from "./run.mjs";
import { Failure, say } from "./say.mjs";
import { wrangler } from "./wrangler.mjs";

const kPatienceMs = 5_000; // for wrangler to end by itself

// `ready` fails when the Worker does not start, `ended` when it ends without being stopped.
export function startWorker(port) {
  const url = `http://${host}:${port}`;
  const child = spawnWrangler(port);
  let stopping = false;
  const exit = new Promise((resolve) => child.on("close", resolve));
  const early = [];

  const ready = new Promise((resolve, reject) => {
    let show = (line) => {
      early.push(line);
      if (!line.includes("Ready on ")) return;
      show = showLine;
      resolve();
    };
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => show(line));
    }
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
    signalGroup(child, "SIGINT");
    const timer = setTimeout(() => signalGroup(child, "SIGKILL"), kPatienceMs);
    await exit;
    clearTimeout(timer);
    signalGroup(child, "SIGKILL"); // whatever wrangler left behind
  }

  async function check(cron, time) {
    const query = new URLSearchParams({ cron, time });
    try {
      await (await fetch(`${url}/cdn-cgi/local/scheduled?${query}`)).text();
    } catch (error) {
      if (!stopping) say(`The check could not be run: ${error.message}`);
    }
  }

  return { url, ready, ended, stop, check };
}

// In a process group of its own: Ctrl-C reaches it through `stop` alone, and all of it can be ended at once.
function spawnWrangler(port) {
  const [program, args] = wrangler("dev", "--ip", host, "--port", String(port));
  const env = environment({ NO_COLOR: "1", FORCE_COLOR: "0" });
  return spawn(program, args, { cwd: root, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // none of it is left
  }
}

const noise = [/^\s*$/, /^\[wrangler:info\]/, /^⎔ /, /^\[custom build\] (Running:.*)?$/];

function showLine(line) {
  if (noise.some((pattern) => pattern.test(line))) return;
  const own = line.match(/\{"level":.*\}/);
  say(own ? readable(Date.now(), "info", own[0]) : line);
}
