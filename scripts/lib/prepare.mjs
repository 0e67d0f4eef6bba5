// What every command that runs the Worker needs first: build/core.wasm, the dashboard, and a configuration without
// faults.
import { buildWasm } from "./build.mjs";
import { checkConfig } from "./check-config.mjs";
import { buildDashboard } from "./dashboard.mjs";
import { installPackages, installPrograms, toBuild } from "./install.mjs";

export async function prepare() {
  await installPackages();
  await installPrograms(toBuild);
  await buildWasm();
  await buildDashboard();
  await checkConfig();
}
