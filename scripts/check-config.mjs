// npm run check-config: every fault and warning of the configuration, as the core itself finds them.
import "./lib/node-version.mjs";
import { checkConfig } from "./lib/check-config.mjs";
import { provideCore } from "./lib/core.mjs";
import { main, say } from "./lib/say.mjs";

const usage = `npm run check-config

Says what is wrong with the files in config/, all of it at once, with the place in the file. A deploy does the same.
Exit code 1 when something is.

  npm run check-config
`;

main(async () => {
  await provideCore();
  await checkConfig();
  say("The configuration has no faults.");
}, usage);
