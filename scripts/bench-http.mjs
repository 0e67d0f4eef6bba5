// npm run bench:http: what whole requests cost, beside bare Workers: npm run bench:http -- --rounds 20 --json
import "./lib/node-version.mjs";
import { existsSync } from "node:fs";
import { optionsOf } from "../bench/http/options.js";
import { provideCore } from "./lib/core.mjs";
import { buildDashboard } from "./lib/dashboard.mjs";
import { installPackages } from "./lib/install.mjs";
import { inRoot, node } from "./lib/paths.mjs";
import { attached } from "./lib/run.mjs";
import { Failure, main } from "./lib/say.mjs";

const usage = `npm run bench:http -- [--rounds NUMBER] [--json]

Measures the CPU time of whole requests, the runtime's own work included, beside that of bare Workers which make the
same calls of storage and do nothing else. It sends them to workerd on a loopback port, and takes the time from the
process's own account in /proc.

  --rounds NUMBER  how often all of it is measured; what is printed is the median (9)
  --json           for programs

  npm run bench:http
`;

main(async (args) => {
  if (optionsOf(args).json) console.log = console.error; // stdout is for the JSON alone
  if (!existsSync("/proc/self/task"))
    throw new Failure("This needs Linux, which accounts for a process in /proc.");
  await installPackages();
  await provideCore();
  await buildDashboard();
  process.exitCode = await attached(node, [inRoot("bench", "http", "main.js"), ...args]);
}, usage);
