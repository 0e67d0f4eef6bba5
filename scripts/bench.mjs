// npm run bench: CPU time of what the Worker does.
import "./lib/node-version.mjs";
import { installPackages } from "./lib/install.mjs";
import { inRoot } from "./lib/paths.mjs";
import { attached } from "./lib/run.mjs";
import { main } from "./lib/say.mjs";

const usage = `npm run bench -- [options of "workerd bench"]

Measures the CPU time of what the Worker does, in workerd itself. What is measured is what npm run build has built.

  --format=json    for programs

  npm run bench
`;

main(async (args) => {
  await installPackages();
  const own = ["bench", "--experimental", "--no-startup", "bench/config.capnp"];
  process.exitCode = await attached(inRoot("node_modules", ".bin", "workerd"), [...own, ...args]);
}, usage);
