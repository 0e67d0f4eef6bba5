// Which programs run on this machine, and how a group of them is ended.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

const kPauseMs = 50; // between two looks

// [{pid, group, birth}], zombies left out. A birth tells a process from a later one with its number.
const processes = () => (existsSync("/proc/self/stat") ? fromProc() : fromPs());

export const birthOf = (pid) => processes().find((each) => each.pid === pid)?.birth;

export const membersOf = (group) => processes().filter((each) => each.group === group);

function fromProc() {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(procOf).filter(Boolean);
}

// proc(5): behind the name, in brackets, come the state, the parent, the group and so on; the start is field 22.
function procOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const [state, , group] = fields;
    return /[ZX]/.test(state) ? undefined : { pid: Number(pid), group: Number(group), birth: fields[19] };
  } catch {
    return undefined; // it has ended meanwhile
  }
}

function fromPs() {
  const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  const text = execFileSync("ps", ["-axo", "pid=,pgid=,stat=,lstart="], { encoding: "utf8", env });
  const rows = text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  return rows
    .filter(([, , state]) => !state.startsWith("Z"))
    .map(([pid, group, , ...birth]) => ({ pid: Number(pid), group: Number(group), birth: birth.join(" ") }));
}

export function signalGroup(group, signal) {
  try {
    process.kill(-group, signal);
  } catch {
    // none of it is left
  }
}

// Resolves when none of the group is left: first it is asked, then not.
export async function endGroup(group, patienceMs) {
  for (const signal of ["SIGINT", "SIGKILL"]) {
    const end = Date.now() + patienceMs;
    signalGroup(group, signal);
    while (membersOf(group).length > 0 && Date.now() < end) await setTimeout(kPauseMs);
  }
}
