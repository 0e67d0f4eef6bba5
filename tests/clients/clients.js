// The clients as shipped, each in the smallest surroundings that it claims to need.

import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { inRoot, onPath } from "../../scripts/lib/paths.mjs";

// What heartbeat.sh says at its top that it needs, besides curl or wget.
export const kTools = readFileSync(inRoot("clients/heartbeat.sh"), "utf8")
  .match(/^# (awk, .*)\.$/m)[1]
  .split(", ");
const kPatienceMs = 60_000; // for a client that hangs
const busybox = onPath("busybox");
const python = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : onPath("python3");

// `tools`: the programs on its PATH, as [name, where it really is].
export const clients = [
  {
    name: "heartbeat.sh in dash with curl",
    file: "heartbeat.sh",
    program: [onPath("dash")],
    tools: [...kTools, "curl"].map((name) => [name, onPath(name)]),
  },
  {
    name: "heartbeat.sh in BusyBox with wget",
    file: "heartbeat.sh",
    program: [busybox, "sh"],
    tools: [...[...kTools, "timeout"].map((name) => [name, busybox]), ["wget", onPath("wget")]],
  },
  { name: "heartbeat.py", file: "heartbeat.py", program: [python], tools: [] },
  {
    name: "heartbeat.mjs",
    file: "heartbeat.mjs",
    program: [process.execPath],
    tools: [["mkfifo", onPath("mkfifo")]],
  },
];

// A home with settings that must not count, an empty directory for temporary files, and a PATH.
export class Surroundings {
  constructor({ tools }) {
    this.root = mkdtempSync(join(tmpdir(), "clients-"));
    for (const name of ["home", "tmp", "bin"]) mkdirSync(join(this.root, name));
    writeFileSync(join(this.root, "home/.curlrc"), "insecure\nlocation\n");
    writeFileSync(join(this.root, "home/.wgetrc"), "check_certificate = off\nmax_redirect = 9\n");
    for (const [name, program] of tools) symlinkSync(program, join(this.root, "bin", name));
  }

  env() {
    return {
      HOME: join(this.root, "home"),
      TMPDIR: join(this.root, "tmp"),
      PATH: join(this.root, "bin"),
      // Nobody listens there: an address on this machine is never asked for through a proxy.
      http_proxy: "http://127.0.0.1:9",
      all_proxy: "http://127.0.0.1:9",
    };
  }

  temporaryFiles() {
    return readdirSync(join(this.root, "tmp"));
  }

  remove() {
    rmSync(this.root, { recursive: true });
  }
}

// A client that runs: what it has printed so far, and `ended`, which resolves with its exit code.
export function start(client, args, { env, input = "" }) {
  const [program, ...first] = client.program;
  const words = [...first, client.path ?? inRoot("clients", client.file), ...args];
  const child = spawn(program, words, { env, detached: true });
  const timer = setTimeout(() => process.kill(-child.pid, "SIGKILL"), kPatienceMs); // its children too
  const running = {
    stdout: "",
    stderr: "",
    kill: (signal) => child.kill(signal),
    killAll: (signal) => process.kill(-child.pid, signal), // and all that it has started
    closeStdout: () => child.stdout.destroy(),
  };
  for (const name of ["stdout", "stderr"]) {
    child[name].setEncoding("latin1").on("data", (text) => {
      running[name] += text;
      running.onText?.();
    });
  }
  child.stdin.on("error", () => {}).end(input);
  running.exited = new Promise((resolve) => child.on("exit", (code, signal) => resolve(code ?? signal)));
  running.ended = new Promise((resolve) => {
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve(code ?? signal);
    });
  });
  return running;
}

const utf8 = (text) => Buffer.from(text, "latin1").toString("utf8");

// Resolves with { code, stdout, stderr } when it has ended.
export async function run(client, args, options) {
  const running = start(client, args, options);
  const code = await running.ended;
  return { code, stdout: utf8(running.stdout), stderr: utf8(running.stderr) };
}

// Resolves when it has printed the text on stdout.
export async function printed(running, text) {
  const shown = new Promise((resolve) => {
    running.onText = () => running.stdout.includes(text) && resolve();
    running.onText();
  });
  await Promise.race([shown, running.ended]);
  if (!running.stdout.includes(text)) throw new Error(`It ended without "${text}":\n${running.stderr}`);
}
