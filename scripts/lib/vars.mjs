// Files of secrets, NAME=value: .dev.vars for the monitor on this machine, .production.vars for the deployed one.
import { existsSync, readFileSync } from "node:fs";
import util from "node:util";
import { inRoot } from "./paths.mjs";
import { Failure } from "./say.mjs";

// By name; none without the file.
export function readVars(file) {
  return existsSync(inRoot(file)) ? util.parseEnv(readFileSync(inRoot(file), "utf8")) : {};
}

export const isKeys = (name) => /^API_KEYS(_\d+)?$/.test(name);

// The keys in such a file by service id, group id or "*": API_KEYS, API_KEYS_2 and so on, merged.
export function readKeys(file) {
  const parts = Object.entries(readVars(file)).filter(([name]) => isKeys(name));
  return Object.fromEntries(parts.flatMap(([name, text]) => Object.entries(parsed(file, name, text))));
}

function parsed(file, name, text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(
      `${name} in ${file} is not JSON such as {"website":"the-key"}. Put that right by hand.`,
    );
  }
}
