// The state of the monitor on this machine, .wrangler/state, has one user at a time: two would lose each other's
// heartbeats. Who it is stands in a file; one that has ended, however, is none any more.
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { inRoot } from "./paths.mjs";
import { birthOf, endGroup, membersOf } from "./processes.mjs";
import { Failure, say } from "./say.mjs";

const folder = inRoot(".wrangler");
const file = inRoot(".wrangler", "state-user.json");
const kPatienceMs = 5_000; // for what an earlier user has left behind

// Takes the state for a command; fails with a sentence when another has it. `tell` adds what others should know of it:
// the url, and the group of processes that end with it.
export async function takeState(command) {
  const own = { command, pid: process.pid, birth: birthOf(process.pid), boot: bootId() };
  mkdirSync(folder, { recursive: true });
  while (!put(own)) await clear(read());
  return {
    tell: (more) => write(file, Object.assign(own, more)),
    release: () => rmSync(file, { force: true }),
  };
}

// Of two at once one succeeds: a link is made or it is there.
function put(own) {
  const mine = `${file}.${process.pid}`;
  write(mine, own);
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(mine);
  }
}

const write = (name, user) => writeFileSync(name, JSON.stringify(user));

// Undefined when it has been released meanwhile.
function read() {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    return {}; // damaged: nobody's
  }
}

async function clear(user) {
  if (user === undefined) return;
  if (user.pid && birthOf(user.pid) === user.birth) throw new Failure(sentence(user));
  await endRemains(user);
  if (JSON.stringify(read()) === JSON.stringify(user)) rmSync(file, { force: true });
}

function sentence({ command, pid, url }) {
  if (command !== "npm start") return `"${command}" is at the monitor's state (process ${pid}). Wait for it.`;
  const where = url ? `runs already at ${url}/` : "is being started already";
  return `The monitor of this folder ${where} (process ${pid}). To stop it: Ctrl-C where it was started, or kill ${pid}`;
}

// A killed npm start leaves its runtime behind, which still has the state.
async function endRemains({ group, groupBirth, boot }) {
  if (!group || boot !== bootId() || membersOf(group).length === 0) return;
  const leader = birthOf(group);
  if (leader !== undefined && leader !== groupBirth) return; // another's, with the number of old
  await endGroup(group, kPatienceMs);
  say("Ended what a killed npm start had left behind.");
}

function bootId() {
  const id = "/proc/sys/kernel/random/boot_id";
  return existsSync(id) ? readFileSync(id, "utf8").trim() : "";
}
