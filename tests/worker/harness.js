// A Worker in workerd with a test's own configuration, secrets and clock.
//
// The sources are copied into a directory of their own, because the bundler follows links and the configuration
// lies beside shim/.

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { parse } from "smol-toml";
import { createTestHarness } from "wrangler";

process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
process.env.WRANGLER_SEND_METRICS = "false";

const kRoot = join(import.meta.dirname, "../..");
export const kStart = Date.parse("2026-11-22T06:00:00.000Z");

// `config` has the files by name, `{}` for those left out.
export async function startMonitor({ config = {}, secrets = {}, now = kStart } = {}) {
  const root = await layOut(config);
  const harness = createTestHarness({
    root,
    workers: [{ config: await wranglerConfig({ ...secrets, TEST_NOW: String(now) }) }],
  });
  await harness.listen();
  return new Monitor(harness, root, now);
}

async function layOut(config) {
  const root = await mkdtemp(join(tmpdir(), "heartbeat-monitor-"));
  for (const path of ["shim", "build/core.wasm", "dashboard", "tests/worker/entry.js"]) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await cp(join(kRoot, path), join(root, path), { recursive: true });
  }
  await mkdir(join(root, "config"));
  for (const name of ["services", "notifications", "settings", "dashboard"]) {
    await writeFile(join(root, `config/${name}.json`), JSON.stringify(config[name] ?? {}));
  }
  return root;
}

// The project's own wrangler.toml but for the entry, the variables, and the build, which is done.
async function wranglerConfig(vars) {
  const { build, ...config } = parse(await readFile(join(kRoot, "wrangler.toml"), "utf8"));
  return { ...config, main: "tests/worker/entry.js", vars };
}

class Monitor {
  #harness;
  #root;

  constructor(harness, root, now) {
    this.#harness = harness;
    this.#root = root;
    this.now = now;
  }

  // {status, headers, body}, the body parsed when it is JSON. Redirects are not followed.
  async request(method, path, { headers = {}, body, key } = {}) {
    if (key) headers = { ...headers, Authorization: `Bearer ${key}` };
    const url = `http://monitor.example${path}`;
    const response = await this.#harness.fetch(url, { method, headers, body, redirect: "manual" });
    const text = await response.text();
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json") && text !== "";
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  get(path, options) {
    return this.request("GET", path, options);
  }

  post(path, body, options) {
    return this.request("POST", path, {
      ...options,
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  }

  // Where a browser finds it.
  async url() {
    return String((await this.#harness.listen()).url);
  }

  // Sends a POST on a connection of its own, which is closed after `ms`. Resolves to the error's name.
  async hangUp(path, ms) {
    const { url } = await this.#harness.listen();
    const signal = AbortSignal.timeout(ms);
    return fetch(new URL(path, url), { method: "POST", signal }).then(
      ({ status }) => status,
      ({ name }) => name,
    );
  }

  async advance(seconds) {
    this.now += seconds * 1000;
    await this.#harness.fetch(`http://clock/?${this.now}`);
  }

  async check() {
    return this.#harness.getWorker().scheduled({ cron: "* * * * *", scheduledTime: new Date(this.now) });
  }

  async kv() {
    return (await this.#harness.getWorker().getEnv()).HEARTBEAT_KV;
  }

  logs() {
    return this.#harness.getLogs();
  }

  async close() {
    await this.#harness.close();
    await rm(this.#root, { recursive: true });
  }
}
