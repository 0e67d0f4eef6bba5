// Asks the core itself whether the configuration is right.
import { readFile } from "node:fs/promises";
import { Core } from "../../shim/core.js";
import { inRoot } from "./paths.mjs";
import { Failure, say } from "./say.mjs";
import { readVars } from "./vars.mjs";

const files = {
  services: "config/services.json",
  notifications: "config/notifications.json",
  settings: "config/settings.json",
  dashboard: "config/dashboard.json",
  page: "dashboard/page.html",
};

// Prints the warnings; fails with the list of faults.
export async function checkConfig() {
  const { faults = [], warnings = [] } = await configured();
  for (const warning of warnings) say(`Warning: ${warning}`);
  if (faults.length > 0) throw new Failure(["The configuration has faults:", ...faults.map(item)].join("\n"));
}

const item = (text) => `  - ${text}`;

async function configured() {
  const texts = await Promise.all(
    Object.entries(files).map(async ([name, file]) => [name, await read(file)]),
  );
  const module = await WebAssembly.compile(await readFile(inRoot("build", "core.wasm")));
  return new Core(module, readVars(".dev.vars"), Object.fromEntries(texts)).configured;
}

async function read(file) {
  try {
    return await readFile(inRoot(file), "utf8");
  } catch (error) {
    throw new Failure(`${file} could not be read: ${error.code}.`);
  }
}
