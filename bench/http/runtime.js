// workerd with the Worker as it is shipped, the bare ones, and what stands in for KV, each on a loopback port of its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { parse } from "smol-toml";
import workerd from "workerd";

import { inRoot } from "../../scripts/lib/paths.mjs";

const kSockets = ["monitor", "bare", "clock"];
const kMemory = "/dev/shm"; // what a disk takes is not compared
const kPatienceMs = 30_000;
const kFdOfControl = 3;

// `config` has the files by name.
export async function startRuntime(config) {
  const folder = layOut(config);
  const args = ["serve", "--experimental", `--control-fd=${kFdOfControl}`, "bench.capnp"];
  const stdio = ["ignore", "inherit", "inherit", "pipe"];
  const child = spawn(workerd.default, args, { cwd: folder, stdio });
  process.on("exit", () => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  const ports = await portsOf(child);
  return { pid: child.pid, ports, cpuMs: () => cpuMsOf(child.pid), end: () => end(child) };
}

// The runtime's own account of its time on a processor, of all of its threads. proc(5) has it.
function cpuMsOf(pid) {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const ns = tasks.map((task) =>
    Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]),
  );
  return ns.reduce((sum, one) => sum + one, 0) / 1e6;
}

async function portsOf(child) {
  const ports = {};
  const timer = setTimeout(() => child.kill(), kPatienceMs);
  for await (const line of createInterface({ input: child.stdio[kFdOfControl] })) {
    const { event, socket, port } = JSON.parse(line);
    if (event === "listen") ports[socket] = port;
    if (Object.keys(ports).length === kSockets.length) break;
  }
  clearTimeout(timer);
  if (Object.keys(ports).length < kSockets.length) throw new Error("workerd did not start");
  return ports;
}

async function end(child) {
  child.kill();
  await once(child, "exit");
}

function layOut(config) {
  const folder = mkdtempSync(join(existsSync(kMemory) ? kMemory : tmpdir(), "heartbeat-bench-"));
  for (const part of ["shim", "build/core.wasm", "build/page.html", "bench/http"])
    cpSync(inRoot(part), join(folder, part), { recursive: true });
  mkdirSync(join(folder, "config"));
  for (const [name, content] of Object.entries(config))
    writeFileSync(join(folder, "config", `${name}.json`), JSON.stringify(content));
  mkdirSync(join(folder, "objects"));
  writeFileSync(join(folder, "bench.capnp"), capnp(folder, Object.keys(config)));
  return folder;
}

const module = (name, kind = "esModule") => `(name = "${name}", ${kind} = embed "${name}")`;

const platform = parse(readFileSync(inRoot("wrangler.toml"), "utf8"));
const kFlags = [...platform.compatibility_flags, "service_binding_extra_handlers"]; // for the clock

// What wrangler.toml says, for workerd by itself.
function capnp(folder, names) {
  const shim = readdirSync(join(folder, "shim")).map((name) => `shim/${name}`);
  const others = shim.filter((name) => name !== "shim/main.js").map((name) => module(name));
  const files = names.map((name) => module(`config/${name}.json`, "json"));
  const parts = [...others, ...files, module("build/core.wasm", "wasm"), module("build/page.html", "text")];
  const monitor = [module("shim/main.js"), ...parts].join(",\n    ");
  const keys = `(name = "API_KEYS", text = "{\\"*\\":\\"key\\"}")`;
  const kv = `(name = "HEARTBEAT_KV", kvNamespace = "kv")`;
  const object = (binding, name) => `(name = "${binding}", durableObjectNamespace = "${name}")`;
  const objects = (name) => `
  durableObjectNamespaces = [(className = "${name}", uniqueKey = "${name}", enableSql = true)],
  durableObjectStorage = (localDisk = "objects"),`;
  const worker = (name, modules, bindings, more = "") => `
const ${name} :Workerd.Worker = (
  compatibilityDate = "${platform.compatibility_date}",
  compatibilityFlags = ${JSON.stringify(kFlags)},
  modules = [${modules}],
  bindings = [${bindings.join(", ")}],${more}
);
`;
  const service = (name) => `(name = "${name}", worker = .${name})`;
  const socket = (name) => `(name = "${name}", address = "127.0.0.1:0", service = "${name}", http = ())`;
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [${["kv", ...kSockets].map(service).join(", ")},
    (name = "objects", disk = (path = "objects", writable = true))],
  sockets = [${kSockets.map(socket).join(", ")}],
);
${worker("monitor", monitor, [keys, kv, object("COLLECTOR", "Collector")], objects("Collector"))}
${worker("bare", module("bench/http/bare.js"), [kv, object("BARE", "Bare")], objects("Bare"))}
${worker("kv", module("bench/http/kv.js"), [])}
${worker("clock", module("bench/http/clock.js"), [`(name = "MONITOR", service = "monitor")`])}
`;
}
