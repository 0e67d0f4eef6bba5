// A Worker in workerd that plays a load.
//
// The sources are copied into a directory of their own, because the bundler follows links and the configuration
// lies beside shim/.

import { existsSync, rmSync, statfsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { parse } from "smol-toml";
import { createTestHarness } from "wrangler";

import { configOf } from "./loads.js";

process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
process.env.WRANGLER_SEND_METRICS = "false";
process.env.WRANGLER_LOG = "error"; // stdout is for the table

const kRoot = join(import.meta.dirname, "../..");
const kAlertKey = "alert-key";
const kSecrets = {
  API_KEYS: '{"*":"key"}',
  ALERT_API_KEY: kAlertKey,
  NOTIFICATION_HOOK_URL: "https://hook.example/",
};

// A day is a hundred thousand durable writes: in memory, where there is enough of it, they take a fifth of the time.
const kMemory = "/dev/shm";
const kMemoryBytes = 2 * 1024 ** 3;
if (existsSync(kMemory) && hasRoom(kMemory)) process.env.TMPDIR = kMemory; // for the simulation too

function hasRoom(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= kMemoryBytes;
}

export async function startMonitor(load) {
  const root = await layOut(configOf(load));
  const config = { ...(await wranglerConfig()), vars: { ...kSecrets, BUDGET_LOAD: load.name } };
  const harness = createTestHarness({ root, workers: [{ config }] });
  await harness.listen();
  return new Monitor(harness);
}

async function layOut(config) {
  const root = await mkdtemp(join(tmpdir(), "heartbeat-budget-"));
  process.on("exit", () => rmSync(root, { recursive: true, force: true }));
  for (const path of ["shim", "build/core.wasm", "build/page.html", "build/site", "bench/budget"]) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await cp(join(kRoot, path), join(root, path), { recursive: true });
  }
  await mkdir(join(root, "config"));
  for (const name of ["services", "notifications", "settings", "dashboard"]) {
    await writeFile(join(root, `config/${name}.json`), JSON.stringify(config[name] ?? {}));
  }
  return root;
}

// The project's own wrangler.toml but for the entry, and the build, which is done.
async function wranglerConfig() {
  const { build, ...config } = parse(await readFile(join(kRoot, "wrangler.toml"), "utf8"));
  return { ...config, main: "bench/budget/entry.js" };
}

class Monitor {
  #harness;

  constructor(harness) {
    this.#harness = harness;
  }

  // What was counted in these minutes.
  async play(start, minutes) {
    const response = await this.#harness.fetch(`http://play/?${start}&${minutes}`);
    if (!response.ok) throw new Error(`The Worker failed: ${await response.text()}`);
    return response.json();
  }

  // {sent, published}: how many heartbeats of each service were acknowledged; when monitor:latest was last put, and
  // the time of each service that it has to have.
  async played() {
    return (await this.#harness.fetch("http://played/")).json();
  }

  async get(path) {
    const headers = { Authorization: `Bearer ${kAlertKey}` };
    const response = await this.#harness.fetch(`http://monitor.example${path}`, { headers });
    if (!response.ok) throw new Error(`${path} was answered ${response.status}`);
    return response.headers.get("Content-Type")?.startsWith("application/json")
      ? response.json()
      : response.text();
  }

  async document(key) {
    const { HEARTBEAT_KV: kv } = await this.#harness.getWorker().getEnv();
    return JSON.parse((await kv.get(key)) ?? "{}");
  }

  // Of the collector, which forgets all that is not in its rows. The simulation itself does so now and then.
  async evict() {
    try {
      await this.#harness.getWorker().evictDurableObject("COLLECTOR", { name: "collector" });
    } catch (error) {
      if (!error.message.includes("not currently running")) throw error;
    }
  }

  // The warnings and errors in the Worker's log, each once; that services are down is no complaint.
  complaints() {
    const lines = this.#harness.getLogs().map(({ message }) => message);
    return [...new Set(lines.filter((line) => /^\{"level":"(warn|error)"(?!,"event":"down")/.test(line)))];
  }

  close() {
    return this.#harness.close();
  }
}
