// A Worker and a collector of different versions, on one storage.
//
// Each is a Worker of its own in workerd; the edge's binding names the class of the other.

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "smol-toml";
import { createTestHarness } from "wrangler";

import { inRoot } from "../../scripts/lib/paths.mjs";

process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
process.env.WRANGLER_SEND_METRICS = "false";

export const kStart = Date.parse("2026-11-22T06:00:00.000Z");
const kFiles = ["services", "notifications", "settings", "dashboard"];
const kObject = { name: "collector" };

// The present version, and the one before it.
export const kPresent = inRoot(".");
export const kEarlier = inRoot("tests/skew/main");

// A version is {code, config, secrets}: where its shim/ and build/ are, its files by name, `{}` for those left out.
export async function startSkewed({ edge, object }) {
  const skewed = new Skewed({ edge, object });
  await skewed.start();
  return skewed;
}

class Skewed {
  now = kStart;
  #harness;
  #versions;
  #roots = [];

  constructor(versions) {
    this.#versions = versions;
  }

  async start() {
    this.#harness = createTestHarness(await this.#options());
    await this.#harness.listen();
  }

  // Deploys either or both; the storage stays.
  async deploy(versions) {
    this.#versions = { ...this.#versions, ...versions };
    await this.#harness.update(await this.#options());
  }

  async request(method, path, { key, body, headers = {} } = {}) {
    if (key) headers = { ...headers, Authorization: `Bearer ${key}` };
    const url = `http://monitor.example${path}`;
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const answer = await this.#edge().fetch(url, { method, headers, body: text });
    const said = await answer.text();
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(said) : said };
  }

  get(path, options) {
    return this.request("GET", path, options);
  }

  post(path, body, options) {
    return this.request("POST", path, { ...options, body });
  }

  // A minute later; the check of that minute.
  async minutePasses() {
    this.now += 60_000;
    for (const worker of [this.#edge(), this.#object()]) await worker.fetch(`http://clock/?${this.now}`);
    await this.#edge().scheduled({ cron: "* * * * *", scheduledTime: new Date(this.now) });
  }

  async minutesPass(count) {
    for (let minute = 0; minute < count; minute++) await this.minutePasses();
  }

  async statusOf(id) {
    const { summary } = (await this.get("/api/status")).body;
    return summary?.results.find(({ serviceId }) => serviceId === id)?.status;
  }

  // A row's text without the count of its parts; all of these have one.
  async row(key) {
    const [row] = await this.#sql(`SELECT value FROM doc WHERE key = '${key}'`);
    return row && Buffer.from(row.value).subarray(1).toString();
  }

  async putRow(key, text) {
    const hex = `01${Buffer.from(text).toString("hex")}`;
    await this.#sql(`INSERT OR REPLACE INTO doc (key, value) VALUES ('${key}', x'${hex}')`);
    await this.#object().evictDurableObject("COLLECTOR", kObject);
  }

  // {level, event, message} each.
  lines() {
    const lines = this.#harness.getLogs().filter(({ message }) => message.startsWith("{"));
    return lines.map(({ message }) => JSON.parse(message));
  }

  async close() {
    await this.#harness.close();
    for (const root of this.#roots) await rm(root, { recursive: true });
  }

  #edge() {
    return this.#harness.getWorker("edge");
  }

  #object() {
    return this.#harness.getWorker("object");
  }

  async #sql(query) {
    const storage = await this.#object().getDurableObjectStorage("COLLECTOR", kObject);
    return storage.exec(query);
  }

  async #options() {
    const { edge, object } = this.#versions;
    const workers = [
      await this.#worker("edge", edge, { script_name: "object" }),
      await this.#worker("object", object, {}),
    ];
    return { workers };
  }

  async #worker(name, { code, config = {}, secrets = {} }, binding) {
    const root = await layOut(code, config);
    this.#roots.push(root);
    const { compatibility_date, compatibility_flags, migrations } = parse(
      await readFile(inRoot("wrangler.toml"), "utf8"),
    );
    return {
      config: {
        name,
        main: join(root, "entry.js"),
        compatibility_date,
        compatibility_flags,
        kv_namespaces: [{ binding: "HEARTBEAT_KV", id: "heartbeats" }],
        durable_objects: { bindings: [{ name: "COLLECTOR", class_name: "Collector", ...binding }] },
        migrations: name === "object" ? migrations : undefined,
        vars: { ...secrets, TEST_NOW: String(this.now) },
      },
    };
  }
}

async function layOut(code, config) {
  const root = await mkdtemp(join(tmpdir(), "heartbeat-skew-"));
  await mkdir(join(root, "build"));
  await mkdir(join(root, "config"));
  await cp(inRoot("tests/skew/entry.js"), join(root, "entry.js"));
  for (const path of ["shim", "build/core.wasm", "build/page.html"]) {
    await cp(join(code, path), join(root, path), { recursive: true });
  }
  for (const name of kFiles) {
    await writeFile(join(root, `config/${name}.json`), JSON.stringify(config[name] ?? {}));
  }
  return root;
}
