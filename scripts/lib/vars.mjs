// Files of secrets, NAME=value: .dev.vars for the monitor on this machine, .production.vars for the deployed one.
import { existsSync } from "node:fs";
import util from "node:util";
import { readText } from "./files.mjs";
import { jsonFault } from "./json.mjs";
import { inRoot } from "./paths.mjs";
import { Failure } from "./say.mjs";

// By name; none without the file.
export function readVars(file) {
  return existsSync(inRoot(file)) ? util.parseEnv(readText(inRoot(file), file)) : {};
}

export const isKeys = (name) => /^API_KEYS(_\d+)?$/.test(name);

// The keys in such a file by service id, group id or "*": API_KEYS, API_KEYS_2 and so on, merged.
export function readKeys(file) {
  const parts = Object.entries(readVars(file)).filter(([name]) => isKeys(name));
  return Object.fromEntries(parts.flatMap(([name, text]) => Object.entries(parsed(file, name, text))));
}

function parsed(file, name, text) {
  if (text.trim() === "") return {};
  const fault = jsonFault(text, originOf(file, text));
  const keys = fault ? undefined : JSON.parse(text);
  if (isObject(keys) && Object.values(keys).every((key) => typeof key === "string")) return keys;
  throw new Failure(
    `${name} in ${file} is not JSON such as {"website":"the-key"}. Put that right by hand` +
      (fault ? `: ${fault}` : ": it must be an object, and each key in it a text."),
  );
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// Where the value begins in the file.
function originOf(file, text) {
  const whole = readText(inRoot(file), file);
  const lines = whole.slice(0, Math.max(whole.indexOf(text), 0)).split("\n");
  return { line: lines.length, column: lines.at(-1).length + 1 };
}
