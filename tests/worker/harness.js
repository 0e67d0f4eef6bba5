// A Worker in workerd with a test's own configuration, secrets and clock.
//
// The sources are copied into a directory of their own, because the bundler follows links and the configuration
// lies beside shim/.

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";

import { parse } from "smol-toml";
import { createTestHarness } from "wrangler";

import { checkAnswer } from "./contract.js";

process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
process.env.WRANGLER_SEND_METRICS = "false";

const kRoot = join(import.meta.dirname, "../..");
const kStage = ["tests/worker/entry.js", "tests/worker/stage.js"];
const kTries = 1_000; // to find something that is about to happen
const kObject = { name: "collector" };
export const kStart = Date.parse("2026-11-22T06:00:00.000Z");

// `config` has the files by name, `{}` for those left out. With `collector: false` that binding is taken out of
// wrangler.toml, and so are its rate limits unless there are to be `limits`; `toml` has what is to be added to it.
export async function startMonitor({ config = {}, secrets = {}, now = kStart, ...bound } = {}) {
  const { collector = true, limits = false, toml } = bound;
  const root = await layOut(config);
  const vars = { ...secrets, TEST_NOW: String(now) };
  const harness = createTestHarness({
    root,
    workers: [{ config: { ...(await wranglerConfig({ collector, limits })), ...toml, vars } }],
  });
  await harness.listen();
  return new Monitor(harness, root, { now, collector });
}

async function layOut(config) {
  const root = await mkdtemp(join(tmpdir(), "heartbeat-monitor-"));
  for (const path of ["shim", "build/core.wasm", "build/page.html", "build/site", ...kStage]) {
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
async function wranglerConfig({ collector, limits }) {
  const { build, ...config } = parse(await readFile(join(kRoot, "wrangler.toml"), "utf8"));
  if (!limits) config.ratelimits = undefined;
  if (!collector) [config.durable_objects, config.migrations] = [undefined, undefined];
  return { ...config, main: "tests/worker/entry.js" };
}

class Monitor {
  #harness;
  #root;
  #collector;

  constructor(harness, root, { now, collector }) {
    this.#harness = harness;
    this.#root = root;
    this.#collector = collector;
    this.now = now;
  }

  // {status, headers, body}, the body parsed when it is JSON; it has to be what openapi.yaml promises. Redirects are
  // not followed. `cf` is what the platform says of the request.
  async request(method, path, { headers = {}, body, key, cf } = {}) {
    if (key) headers = { ...headers, Authorization: `Bearer ${key}` };
    const url = `http://monitor.example${path}`;
    const response = await this.#harness.fetch(url, { method, headers, body, cf, redirect: "manual" });
    const text = await response.text();
    checkAnswer(method, path, { status: response.status, headers: response.headers, body: text });
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

  // `scheduledTime` is that of the run, in ms.
  async check(scheduledTime = this.now) {
    return this.#harness.getWorker().scheduled({ cron: "* * * * *", scheduledTime: new Date(scheduledTime) });
  }

  // A check at the end of each, after what happens every minute.
  async minutesPass(minutes, everyMinute = () => {}) {
    for (let minute = 0; minute < minutes; minute++) {
      await this.advance(60);
      await everyMinute();
      await this.check();
    }
  }

  // What goes wrong from here on, as stage.js has it; nothing when there are no rules.
  async faults(...rules) {
    await this.#harness.fetch("http://faults/", { method: "POST", body: JSON.stringify(rules) });
  }

  // How often what the Worker is bound to was called, and what stage.js counts besides.
  async calls() {
    return (await this.#harness.fetch("http://calls/")).json();
  }

  // Resolves once so many calls hang.
  async untilHanging(count) {
    for (let tries = 0; (await this.calls()).hanging < count; tries++) {
      if (tries === kTries) throw new Error(`there are not ${count} calls that hang`);
      await setImmediate();
    }
  }

  async kv() {
    return (await this.#harness.getWorker().getEnv()).HEARTBEAT_KV;
  }

  // Of the collector, which forgets all that is not in its rows.
  async evict() {
    await this.#harness.getWorker().evictDurableObject("COLLECTOR", kObject);
  }

  // The next call finds a collector that is new.
  async renew() {
    await this.sql("DELETE FROM doc");
    await this.evict();
  }

  // The collector's documents by key, as text.
  async rows() {
    const documents = {};
    for (const { key, value } of await this.sql("SELECT key, value FROM doc ORDER BY key")) {
      const [name, part] = key.split("/");
      const bytes = Buffer.from(value);
      if (!part) documents[name] = { count: bytes[0], parts: [bytes.subarray(1)] };
      else if (Number(part) < documents[name].count) documents[name].parts.push(bytes);
    }
    return mapped(documents, ({ parts }) => Buffer.concat(parts).toString());
  }

  // The documents in KV by key, as text.
  async published() {
    const kv = await this.kv();
    const { keys } = await kv.list();
    return Object.fromEntries(await Promise.all(keys.map(async ({ name }) => [name, await kv.get(name)])));
  }

  // All that is stored, by key, as text.
  async stored() {
    return { ...(await this.published()), ...(this.#collector && (await this.rows())) };
  }

  // When each service was last seen, and `$reports`, as monitor:latest has it, or will have it once
  // published.
  async lastSeen() {
    if (!this.#collector) return JSON.parse((await this.published())["monitor:latest"] ?? "{}");
    const rows = await this.rows();
    const { folded, document } = JSON.parse(rows.latest ?? '{"folded":0,"document":{}}');
    const beats = Object.keys(rows).filter((key) => key.startsWith("beat:"));
    return beats
      .map((key) => JSON.parse(rows[key]))
      .filter(({ seq }) => seq > folded)
      .toSorted((one, other) => one.seq - other.seq)
      .reduce(withRequest, document);
  }

  // What the Worker had to say: {level, event, message} each.
  lines() {
    return this.logs()
      .filter(({ message }) => message.startsWith("{"))
      .map(({ message }) => JSON.parse(message));
  }

  logs() {
    return this.#harness.getLogs();
  }

  // The rows of a query in the collector.
  async sql(query) {
    const storage = await this.#harness.getWorker().getDurableObjectStorage("COLLECTOR", kObject);
    return storage.exec(query);
  }

  async close() {
    await this.#harness.close();
    await rm(this.#root, { recursive: true });
  }
}

// The document with an entry of the write-ahead log.
function withRequest(document, { at, all, beats }) {
  const time = new Date(at).toISOString();
  const latest = { ...document };
  for (const beat of beats) {
    const {
      id,
      status = "up",
      message = "",
    } = { ...all, ...(typeof beat === "string" ? { id: beat } : beat) };
    latest[id] = time;
    if (status !== "up") latest.$reports = { ...latest.$reports, [id]: { status, at: time, message } };
  }
  return latest;
}

function mapped(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
