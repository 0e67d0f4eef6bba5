// What scripts/bench.mjs runs for --memory: the memory of the core, and what JavaScript holds beside it, while the largest
// documents that there may be are published, and over many events of all kinds.

import { readFileSync } from "node:fs";

import { inRoot } from "../scripts/lib/paths.mjs";
import { main, say } from "../scripts/lib/say.mjs";
import { CollectorWorld } from "./collector_world.js";
import { kNow } from "./world.js";
import { aligned } from "./table.js";

const kServices = 10_000;
const kDays = 200;
const kEvents = 100_000;
const kLooks = 10; // at the memory, in the course of the events
const kPerMinute = 500; // events between two checks
const encoder = new TextEncoder();

const memories = watchedMemories();

main(async () => {
  const build = {
    module: new WebAssembly.Module(readFileSync(inRoot("build/core.wasm"))),
    page: readFileSync(inRoot("dashboard/page.html"), "utf8"),
  };
  const world = await CollectorWorld.of(kServices, build, { days: kDays });
  const rows = [["MB", "core", "documents read", "put beside them"], await published(world)];
  for (let look = 0; look < kLooks; look++) rows.push(await played(world, look));
  say(aligned(rows).join("\n"));
});

// The instance is the core's own, so its memory is caught when it is made.
function watchedMemories() {
  const all = [];
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function (...args) {
    const instance = new Instance(...args);
    all.push(instance.exports.memory);
    return instance;
  };
  return all;
}

const inMb = (bytes) => (bytes / 1e6).toFixed(1);
const sizeOf = (all) => all.reduce((sum, { length }) => sum + length, 0);
const coreMb = () => inMb(Math.max(...memories.map(({ buffer }) => buffer.byteLength)));

async function published(world) {
  const read = sizeOf(Object.values(world.kv));
  const { puts } = await world.publish(300);
  const own = puts.map(({ bytes }) => bytes).filter((bytes) => !world.isInMemoryOfReads(bytes));
  return ["published", coreMb(), inMb(read), inMb(sizeOf(own))];
}

async function played(world, look) {
  const count = kEvents / kLooks;
  for (let i = 0; i < count; i++) await event(world, look * count + i);
  return [`${(look + 1) * count} events`, coreMb(), "", ""];
}

// One of each kind in turn, mostly heartbeats; what is answered is dropped.
async function event(world, i) {
  const seconds = 300 + Math.floor((i / kPerMinute) * 60);
  const [serviceId, other] = [world.ids[(i * 7919) % kServices], world.ids[(i * 104729) % kServices]];
  if (i % kPerMinute === 0) return world.keep(await world.check(seconds));
  if (i % (5 * kPerMinute) === 1) return world.keep(await world.publish(seconds));
  if (i % 997 === 2) return void world.world.request("GET", "/api/status", undefined, kNow + seconds * 1000);
  if (i % 1_999 === 3) return void world.world.request("GET", "/", undefined, kNow + seconds * 1000);
  if (i % 101 === 4) return void world.world.request("GET", "/nothing");
  const report = { serviceId, status: "degraded", message: `disk ${i} %`, metadata: { i } };
  const bodies = [{ serviceId }, { services: [serviceId, other] }, report];
  const isBatch = i % 211 === 5;
  const body = isBatch ? { services: world.ids.slice(0, 1_000) } : bodies[i % 10 === 0 ? 2 : i % 2];
  world.keep(await world.heartbeat(encoder.encode(JSON.stringify(body)), seconds));
}
