// npm run build: build/core.wasm, the dashboard, and a configuration that the core finds no fault with. With --release
// the core is compiled, and kept in dist/.
import "./lib/node-version.mjs";
import { releaseCore } from "./lib/core.mjs";
import { optionsOf } from "./lib/options.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main } from "./lib/say.mjs";

const options = { release: { type: "boolean" } };
const usage = "The only option is --release: it compiles the core and keeps it in dist/.";

main(async (args) => {
  const { release } = optionsOf(args, { options, usage });
  if (release) await releaseCore();
  await prepare();
});
