// YAML files as values.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const script = "import json, sys, yaml; json.dump(list(yaml.safe_load_all(sys.stdin.buffer)), sys.stdout)";

// The documents of a file.
export function documents(path) {
  const options = { input: readFileSync(path), encoding: "utf8" };
  return JSON.parse(execFileSync("/usr/bin/python3", ["-c", script], options));
}
