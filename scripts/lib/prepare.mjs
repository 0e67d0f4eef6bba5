// What every command that runs the Worker needs first: build/core.wasm and a configuration without faults.
import { buildWasm } from "./build.mjs";
import { checkConfig } from "./check-config.mjs";
import { installPackages, installPrograms, toBuild } from "./install.mjs";

export async function prepare() {
  await installPackages();
  await installPrograms(toBuild);
  await buildWasm();
  await checkConfig();
}
