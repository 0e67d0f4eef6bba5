// npm run check-config: every fault and warning of the configuration, as the core itself finds them.
import "./lib/node-version.mjs";
import { checkConfig } from "./lib/check-config.mjs";
import { provideCore } from "./lib/core.mjs";
import { main, say } from "./lib/say.mjs";

main(async () => {
  await provideCore();
  await checkConfig();
  say("The configuration has no faults.");
});
