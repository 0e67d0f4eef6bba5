// npm run build: build/core.wasm, the dashboard, and a configuration that the core finds no fault with.
import "./lib/node-version.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main } from "./lib/say.mjs";

main(prepare);
