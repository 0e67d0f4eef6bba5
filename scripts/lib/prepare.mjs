// What every command that runs the Worker needs first: build/core.wasm, the dashboard, and a configuration without
// faults, whose identity it resolves with.
import { checkConfig } from "./check-config.mjs";
import { provideCore } from "./core.mjs";
import { buildDashboard } from "./dashboard.mjs";
import { installPackages } from "./install.mjs";

export async function prepare() {
  await installPackages();
  await provideCore();
  await buildDashboard();
  return checkConfig();
}
