// npm run check-config: every fault and warning of the configuration, as the core itself finds them.
import "./lib/node-version.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main, say } from "./lib/say.mjs";

main(async () => {
  await prepare();
  say("The configuration has no faults.");
});
