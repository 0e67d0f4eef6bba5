// npm run build: build/core.wasm, and a configuration it finds no fault with.
import "./lib/node-version.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main } from "./lib/say.mjs";

main(prepare);
