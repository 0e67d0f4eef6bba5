// npm run build: build/core.wasm, the dashboard, and a configuration that the core finds no fault with. With --release
// the core is compiled, and kept in dist/.
import "./lib/node-version.mjs";
import { releaseCore } from "./lib/core.mjs";
import { optionsOf } from "./lib/options.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main } from "./lib/say.mjs";

const options = { release: { type: "boolean" } };
const usage = `npm run build -- [--release]

Makes build/core.wasm, bundles the dashboard, and checks the configuration. The core is compiled only where dist/ has
not the one of these sources.

  --release        compiles the core, and keeps it in dist/

  npm run build
`;

main(async (args) => {
  const { release } = optionsOf(args, { options, usage });
  if (release) await releaseCore();
  await prepare();
}, usage);
