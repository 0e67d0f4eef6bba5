// A copy of the repository as a fresh clone would have it, and commands run in it.
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { recordOf } from "../../scripts/lib/core.mjs";
import { inRoot, root } from "../../scripts/lib/paths.mjs";

const leftOut = [
  ...[".git", ".dev.vars", ".production.vars", ".wrangler"],
  ...["backups", "build", "node_modules"],
].map((name) => inRoot(name));

// Only the npm packages are shared with the original.
export function makeCopy() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "heartbeat-"));
  cpSync(root, folder, { recursive: true, filter: (source) => !leftOut.includes(source) });
  symlinkSync(inRoot("node_modules"), path.join(folder, "node_modules"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

// A copy for commands about the rest: its core is the one that is built here, and wrangler talks to a stand-in for
// Cloudflare. `env` is what its commands need.
export function makeStaged() {
  const copy = makeCopy();
  const inCopy = (...parts) => path.join(copy.folder, ...parts);
  const real = inRoot("node_modules", "wrangler", "bin", "wrangler.js");
  const standIn = path.join(import.meta.dirname, "wrangler_stand_in.js");

  rmSync(inCopy("node_modules"));
  mkdirSync(inCopy("node_modules", "wrangler", "bin"), { recursive: true });
  for (const name of readdirSync(inRoot("node_modules")).filter((name) => name !== "wrangler")) {
    symlinkSync(inRoot("node_modules", name), inCopy("node_modules", name));
  }
  writeFileSync(inCopy("node_modules", "wrangler", "bin", "wrangler.js"), `import "${standIn}";\n`);
  writeFileSync(inCopy("node_modules", "wrangler", "package.json"), '{"type":"module"}');

  mkdirSync(inCopy("stand-in"));
  const module = readFileSync(inRoot("build", "core.wasm"));
  writeFileSync(inCopy("dist", "core.wasm"), module);
  writeFileSync(inCopy("dist", "core.json"), JSON.stringify(recordOf(module)));

  const env = {
    ...process.env,
    CI: "",
    STAND_IN_FOLDER: inCopy("stand-in", "cloudflare"),
    STAND_IN_REAL: real,
  };
  return { ...copy, env, calls: () => callsIn(inCopy("stand-in", "cloudflare", "calls")) };
}

// What wrangler was asked to do elsewhere than on this machine.
function callsIn(file) {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  return lines.map((line) => JSON.parse(line));
}

// A command of scripts/ with what it has printed so far; `ended` resolves with its exit code.
export function command(folder, name, args = [], env = process.env) {
  const child = spawn(process.execPath, [`scripts/${name.replace(":", "-")}.mjs`, ...args], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const running = { pid: child.pid, output: "", kill: (signal) => child.kill(signal) };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (running.output += text));
  }
  running.ended = new Promise((resolve) => child.on("close", (code, signal) => resolve(code ?? signal)));
  return running;
}

// Resolves when the command has printed the text; fails when it ends without.
export async function printed(running, text) {
  const end = running.ended.then((code) => ({ code }));
  while (!running.output.includes(text)) {
    const { code } = await Promise.race([end, new Promise((resolve) => setTimeout(resolve, 50, {}))]);
    if (code !== undefined && !running.output.includes(text)) {
      throw new Error(`It ended with ${code} without printing "${text}":\n${running.output}`);
    }
  }
}

export function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
