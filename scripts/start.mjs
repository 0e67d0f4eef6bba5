// npm start: the whole monitor on this machine, until Ctrl-C.
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import "./lib/node-version.mjs";
import { cronsOf, curlLine, exampleService, readConfig, readWranglerToml } from "./lib/config.mjs";
import { ensureDevVars } from "./lib/dev-vars.mjs";
import { inRoot } from "./lib/paths.mjs";
import { checkPort } from "./lib/port.mjs";
import { prepare } from "./lib/prepare.mjs";
import { birthOf } from "./lib/processes.mjs";
import { Failure, main, misused, say } from "./lib/say.mjs";
import { onSchedule } from "./lib/schedule.mjs";
import { stage } from "./lib/stage.mjs";
import { takeState } from "./lib/state.mjs";
import { readKeys } from "./lib/vars.mjs";
import { onChange } from "./lib/watch.mjs";
import { startWorker } from "./lib/worker.mjs";

const usage = `npm start -- [--port NUMBER]

Runs the whole monitor on this machine, until Ctrl-C, and takes over what is changed in its files meanwhile. The first
start installs and builds what it needs, and makes keys in .dev.vars. What is stored stays in .wrangler/state.

  --port NUMBER    the port at 127.0.0.1 (8787)

  npm start
  npm start -- --port 9000
`;

const folder = inRoot("build", "local");

main(async (args) => {
  const port = portOf(args);
  const state = await takeState("npm start");
  try {
    await checkPort(port);
    ensureDevVars();
    await prepare();
    rmSync(folder, { recursive: true, force: true });
    await stage(folder);
    await serve(port, state);
  } finally {
    state.release();
  }
}, usage);

function portOf(args) {
  try {
    const { values } = parseArgs({ args, options: { port: { type: "string", default: "8787" } } });
    if (/^\d{1,5}$/.test(values.port) && values.port > 0 && values.port < 65536) return Number(values.port);
  } catch {
    // said below
  }
  throw new Failure(misused("The only option is --port with a number from 1 to 65535.", usage));
}

async function serve(port, state) {
  say("Starting the Worker …");
  const worker = startWorker(folder, port);
  state.tell({ url: worker.url, group: worker.group, groupBirth: birthOf(worker.group) });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, worker.stop);
  await worker.ready;
  const toml = await readWranglerToml();
  const schedule = onSchedule(cronsOf(toml), worker.check);
  const changes = onChange(
    { folders: toml.build.watch_dir, files: ["wrangler.toml", ".dev.vars"] },
    takeOver,
  );
  introduce(worker.url);
  await worker.ended.finally(() => Promise.all([schedule.stop(), changes.stop()]));
}

async function takeOver() {
  try {
    await prepare();
    if (await stage(folder)) say("The monitor has what was changed.");
  } catch (error) {
    say(`${error instanceof Failure ? error.message : error.stack}\nThe monitor goes on as it was.`);
  }
}

function introduce(url) {
  const example = exampleService(readConfig("services"), readKeys(".dev.vars"));
  say(`\nThe monitor is up. Dashboard: ${url}/`);
  if (example) say(`\nLet a service be heard, and a minute later it is up:\n\n  ${curlLine(url, example)}\n`);
  else say("\nNo service in config/services.json has a key in API_KEYS of .dev.vars yet.\n");
  say("Ctrl-C stops it; what it has stored stays in .wrangler/state.");
}
