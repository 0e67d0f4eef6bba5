// The whole monitor in workerd, with the made-up past and services that go on beating.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { inRoot } from "../lib/paths.mjs";
import { onSchedule } from "../lib/schedule.mjs";
import { config, credentials, kKey, services } from "./config.mjs";
import { documents } from "./documents.mjs";
import { neverSeen, past } from "./past.mjs";

const kBeatMs = 20_000; // between batches
const kObject = { name: "collector" };

// {url, stop}. Nothing of it is kept.
export async function startDemo() {
  Object.assign(process.env, { CLOUDFLARE_CF_FETCH_ENABLED: "false", WRANGLER_SEND_METRICS: "false" });
  const { createTestHarness } = await import("wrangler"); // not there before the packages are installed
  const root = await layOut();
  const harness = createTestHarness({ root, workers: [{ config: await workerConfig() }] });
  const end = async () => {
    await harness.close();
    await rm(root, { recursive: true, force: true });
  };
  try {
    return await play(harness, end);
  } catch (error) {
    await end(); // what still runs would keep the command from ending
    throw error;
  }
}

async function play(harness, end) {
  const { url } = await harness.listen();
  await remember(harness, documents(Date.now()));
  const beats = beating(harness, String(url));
  const worker = harness.getWorker();
  const schedule = onSchedule(["* * * * *"], (cron, time) =>
    worker
      .scheduled({ cron, scheduledTime: new Date(time) })
      .catch((error) => console.error(`A check failed: ${error.cause?.message ?? error.message}`)),
  );
  await beats.now();
  const stop = async () => {
    schedule.stop();
    beats.stop();
    await end();
  };
  return { url: String(url), stop };
}

// The bundler wants the configuration beside shim/.
async function layOut() {
  const root = await mkdtemp(path.join(tmpdir(), "heartbeat-demo-"));
  for (const part of ["shim", "build/core.wasm", "build/page.html", "build/site"]) {
    await mkdir(path.dirname(path.join(root, part)), { recursive: true });
    await cp(inRoot(part), path.join(root, part), { recursive: true });
  }
  await mkdir(path.join(root, "config"));
  for (const [name, content] of Object.entries(config)) {
    await writeFile(path.join(root, "config", `${name}.json`), JSON.stringify(content));
  }
  return root;
}

async function workerConfig() {
  const { parse } = await import("smol-toml");
  const { build, ...rest } = parse(await readFile(inRoot("wrangler.toml"), "utf8"));
  const vars = { API_KEYS: JSON.stringify({ "*": kKey }), ALERT_API_KEY: kKey, ...credentials };
  return { ...rest, vars };
}

async function remember(harness, { kv, rows }) {
  const { HEARTBEAT_KV } = await harness.getWorker().getEnv();
  for (const [key, text] of Object.entries(kv)) await HEARTBEAT_KV.put(key, text);
  const storage = await harness.getWorker().getDurableObjectStorage("COLLECTOR", kObject);
  await storage.exec("CREATE TABLE IF NOT EXISTS doc (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID");
  for (const [key, text] of Object.entries(rows)) {
    const value = new Uint8Array([1, ...Buffer.from(text)]).buffer; // 1: in one part
    await storage.exec("INSERT OR REPLACE INTO doc (key, value) VALUES (?, ?)", key, value);
  }
}

// A service that is up or degraded sends a heartbeat when it is due; one that is down sends none.
function beating(harness, url) {
  const incidents = past(Date.now());
  const states = services
    .filter(({ id }) => !neverSeen(id))
    .map((service) => ({ service, now: incidents.get(service.id).findLast(({ end }) => end === null) }))
    .filter(({ now }) => now?.status !== "down");
  const due = new Map(states.map(({ service }, i) => [service.id, i % 3 ? 0 : Date.now() + (i % 60) * 1000]));

  const beat = async () => {
    const now = Date.now();
    const entries = states.filter(({ service }) => due.get(service.id) <= now).map(entryOf);
    for (const { serviceId } of entries) {
      due.set(serviceId, now + services.find(({ id }) => id === serviceId).every * 1000);
    }
    if (entries.length === 0) return;
    const headers = { Authorization: `Bearer ${kKey}` };
    await harness.fetch(new URL("/api/heartbeat", url), {
      method: "POST",
      headers,
      body: JSON.stringify({ services: entries }),
    });
  };
  const timer = setInterval(() => beat().catch(() => {}), kBeatMs);
  return { now: beat, stop: () => clearInterval(timer) };
}

function entryOf({ service: { id, took }, now }) {
  return {
    serviceId: id,
    ...(now?.status === "degraded" && { status: now.status, message: now.message }),
    ...(took && { durationMs: Math.round(took * (0.9 + Math.random() * 0.3)) }),
    metadata: { hostname: `${id}.example.internal` },
  };
}
