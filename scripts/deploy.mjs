// npm run deploy: wrangler deploy, whose [build] command compiles the core and checks the configuration.
import "./lib/node-version.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main } from "./lib/say.mjs";
import { runWrangler } from "./lib/wrangler.mjs";

main(async (args) => {
  await prepare();
  await runWrangler("deploy", ...args);
});
