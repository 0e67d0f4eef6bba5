// npm run bench: CPU time of what the Worker does.
import "./lib/node-version.mjs";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { rowsOf, tableOf } from "../bench/report.js";
import { aligned } from "../bench/table.js";
import { installPackages } from "./lib/install.mjs";
import { inRoot } from "./lib/paths.mjs";
import { attached, run } from "./lib/run.mjs";
import { main, say } from "./lib/say.mjs";

const usage = `npm run bench -- [--json] [options of "workerd bench"]

Measures the CPU time of what the Worker does, in workerd itself, beside the same work in JavaScript, whose output is
the same to the byte, and the floor: copying the bytes that come in and go out. What grows with the power 1 takes ten
times as long for ten times as many services. What is measured is what npm run build has built.

  --json           for programs
  --memory         instead: the memory while the most is published, and over many events, with 10,000 services

  npm run bench
  npm run bench -- "bench/GET*"
`;

main(async (args) => {
  const isJson = args.includes("--json");
  if (isJson) console.log = console.error; // stdout is for the JSON alone
  await installPackages();
  if (args.includes("--memory")) {
    process.exitCode = await attached(process.execPath, [inRoot("bench", "memory.js")]);
    return;
  }
  const rows = rowsOf(await measured(args.filter((arg) => arg !== "--json")));
  process.stdout.write(`${isJson ? JSON.stringify(rows, null, 2) : aligned(tableOf(rows)).join("\n")}\n`);
}, usage);

async function measured(args) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "heartbeat-bench-"));
  try {
    const output = path.join(folder, "bench.json");
    const own = ["bench", "--experimental", "--no-startup", "--format=json", "--output", output];
    const bench = [...own, "bench/config.capnp", ...args];
    say("Measuring, for some minutes …");
    await run(inRoot("node_modules", ".bin", "workerd"), bench, "Nothing was measured.");
    return JSON.parse(readFileSync(output, "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
