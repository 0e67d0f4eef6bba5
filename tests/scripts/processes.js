// Which processes there are, read from /proc.
import { readdirSync, readFileSync } from "node:fs";

// The process and all it has started, directly or not.
export function familyOf(pid) {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parents = new Map(all.map((child) => [Number(child), parentOf(child)]));
  const family = [pid];
  for (const member of family)
    family.push(...[...parents.keys()].filter((each) => parents.get(each) === member));
  return family;
}

export function isAlive(pid) {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

function parentOf(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/^PPid:\s+(\d+)/m)[1]);
  } catch {
    return undefined; // it has ended meanwhile
  }
}
