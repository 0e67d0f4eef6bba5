// .dev.vars, the secrets of the monitor on this machine: made from the example, with keys of its own.
import { existsSync, writeFileSync } from "node:fs";
import { readText } from "./files.mjs";
import { kAlertKey, newKey } from "./keys.mjs";
import { inRoot } from "./paths.mjs";
import { say } from "./say.mjs";
import { readKeys, readVars } from "./vars.mjs";

const kFile = ".dev.vars";

// Makes the file, or the keys that are missing in it.
export function ensureDevVars() {
  const isThere = existsSync(inRoot(kFile));
  const missing = isThere ? missingIn(kFile) : ["API_KEYS", kAlertKey];
  if (missing.length === 0) return;
  const from = isThere ? kFile : ".dev.vars.example";
  const text = missing.reduce(withNewKey, readText(inRoot(from), from));
  writeFileSync(inRoot(kFile), text, { mode: 0o600 });
  say(
    isThere
      ? `Made what was empty in .dev.vars: ${missing.join(", ")}.`
      : "Made .dev.vars, the secrets of this machine, with keys of its own.",
  );
}

function missingIn(file) {
  const hasKeys = Object.keys(readKeys(file)).length > 0;
  return [...(hasKeys ? [] : ["API_KEYS"]), ...(readVars(file)[kAlertKey] ? [] : [kAlertKey])];
}

// In the line of that name, else at the end.
function withNewKey(text, name) {
  const line = `${name}=${name === kAlertKey ? newKey() : JSON.stringify({ "*": newKey() })}`;
  const there = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=.*$`, "m");
  if (there.test(text)) return text.replace(there, () => line);
  return `${text}${text.endsWith("\n") || text === "" ? "" : "\n"}${line}\n`;
}
