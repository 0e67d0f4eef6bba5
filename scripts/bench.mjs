// npm run bench: CPU time of what the Worker does.
import "./lib/node-version.mjs";
import { installPackages } from "./lib/install.mjs";
import { inRoot } from "./lib/paths.mjs";
import { attached } from "./lib/run.mjs";
import { main } from "./lib/say.mjs";

const usage = `npm run bench -- [--json] [options of "workerd bench"]

Measures the CPU time of what the Worker does, in workerd itself, beside the same work in JavaScript, whose output is
the same to the byte, and the floor: copying the bytes that come in and go out. What is measured is what npm run build
has built.

  --json           for programs

  npm run bench
`;

main(async (args) => {
  await installPackages();
  const own = ["bench", "--experimental", "--no-startup", "bench/config.capnp"];
  process.exitCode = await attached(inRoot("node_modules", ".bin", "workerd"), [
    ...own,
    ...args.map((arg) => (arg === "--json" ? "--format=json" : arg)),
  ]);
}, usage);
