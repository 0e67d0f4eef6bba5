// npm start: the whole monitor on this machine, until Ctrl-C.
import { copyFileSync, existsSync } from "node:fs";
import { parseArgs } from "node:util";
import "./lib/node-version.mjs";
import { curlLine, exampleService, readConfig, readCrons } from "./lib/config.mjs";
import { checkPort } from "./lib/port.mjs";
import { inRoot } from "./lib/paths.mjs";
import { prepare } from "./lib/prepare.mjs";
import { Failure, main, say } from "./lib/say.mjs";
import { onSchedule } from "./lib/schedule.mjs";
import { readKeys } from "./lib/vars.mjs";
import { startWorker } from "./lib/worker.mjs";

main(async (args) => {
  const port = portOf(args);
  await checkPort(port);
  createSecrets();
  await prepare();
  say("Starting the Worker …");
  const worker = startWorker(port);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, worker.stop);
  await worker.ready;
  const schedule = onSchedule(await readCrons(), worker.check);
  introduce(worker.url);
  await worker.ended.finally(schedule.stop);
});

function portOf(args) {
  try {
    const { values } = parseArgs({ args, options: { port: { type: "string", default: "8787" } } });
    if (/^\d{1,5}$/.test(values.port) && values.port > 0 && values.port < 65536) return Number(values.port);
  } catch {
    // said below
  }
  throw new Failure("The only option is --port with a number from 1 to 65535: npm start -- --port 9000");
}

function createSecrets() {
  if (existsSync(inRoot(".dev.vars"))) return;
  copyFileSync(inRoot(".dev.vars.example"), inRoot(".dev.vars"));
  say("Made .dev.vars, the secrets of this machine, from .dev.vars.example.");
}

function introduce(url) {
  const example = exampleService(readConfig("services"), readKeys(".dev.vars"));
  say(`\nThe monitor is up. Dashboard: ${url}/`);
  if (example) say(`\nLet a service be heard, and a minute later it is up:\n\n  ${curlLine(url, example)}\n`);
  else say("\nNo service in config/services.json has a key in API_KEYS of .dev.vars yet.\n");
  say("Ctrl-C stops it; what it has stored stays in .wrangler/state.");
}
