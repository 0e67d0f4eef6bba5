// npm run budget: what a day costs, beside what the free plan gives: npm run budget -- flapping --hours 2 --json
import "./lib/node-version.mjs";
import { optionsOf } from "../bench/budget/options.js";
import { provideCore } from "./lib/core.mjs";
import { buildDashboard } from "./lib/dashboard.mjs";
import { installPackages } from "./lib/install.mjs";
import { inRoot, node } from "./lib/paths.mjs";
import { attached } from "./lib/run.mjs";
import { main } from "./lib/say.mjs";

const usage = `npm run budget -- [load …] [--hours NUMBER] [--json]

Counts what days of several loads cost, beside the quotas of Cloudflare's free plan.

  --hours NUMBER   how much of a day (24)
  --json           for programs

  npm run budget
  npm run budget -- flapping --hours 2
`;

main(async (args) => {
  if (optionsOf(args).json) console.log = console.error; // stdout is for the JSON alone
  await installPackages();
  await provideCore();
  await buildDashboard();
  process.exitCode = await attached(node, [inRoot("bench", "budget", "main.js"), ...args]);
}, usage);
