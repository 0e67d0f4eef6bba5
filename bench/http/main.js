// What scripts/bench-http.mjs runs: whole requests, beside bare Workers that make the same storage calls.

import { median } from "../numbers.js";
import { aligned } from "../table.js";
import { main, say } from "../../scripts/lib/say.mjs";
import { cases, kServices } from "./cases.js";
import { Client } from "./client.js";
import { optionsOf } from "./options.js";
import { startRuntime } from "./runtime.js";

const kWarmUp = 2_000; // requests of each kind, so that all is compiled for good before anything counts
const kBatch = 250; // requests between two looks at the time

const ids = Array.from({ length: kServices }, (_, i) => `service-${String(i).padStart(5, "0")}`);

main(async (args) => {
  const { rounds, json } = optionsOf(args);
  const client = new Client();
  const runtime = await startRuntime(config());
  try {
    await begin(client, runtime);
    const results = await measured(client, runtime, rounds);
    say(json ? JSON.stringify(results, null, 2) : table(results));
  } finally {
    client.close();
    await runtime.end();
  }
});

function config() {
  return {
    services: {
      groups: [{ id: "prod", services: ids }],
      services: ids.map((id) => ({ id })),
    },
    notifications: {},
    settings: {},
    dashboard: {},
  };
}

// Every service is up, and KV has the documents.
async function begin(client, { ports }) {
  const body = JSON.stringify({ services: ids });
  await client.repeat(ports.monitor, 1, () => ({ method: "POST", path: "/api/heartbeat", body }), 200);
  const minute = Math.floor(Date.now() / 60_000) * 60_000;
  await client.repeat(ports.clock, 1, () => ({ path: `/?at=${minute}` }), 200);
  await client.repeat(ports.bare, 1, () => ({ method: "POST", path: "/put", body }), 200);
}

// By case: the CPU time of one request in µs, and how many times that of the bare Worker beside it; each the median of
// all rounds. Rounds take turns, so that what else the machine does is shared.
async function measured(client, runtime, rounds) {
  const all = cases(ids, await sizesOf(client, runtime));
  const times = Object.fromEntries(all.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const { name, socket, status = 200, requestOf } of all) {
      const count = round < 0 ? kWarmUp : kBatch;
      const before = runtime.cpuMs();
      await client.repeat(runtime.ports[socket], count, requestOf, status);
      if (round >= 0) times[name].push(((runtime.cpuMs() - before) * 1000) / count);
    }
  }
  return all.map(({ name, beside }) => ({
    name,
    us: median(times[name]),
    beside,
    times: beside && median(times[name].map((us, round) => us / times[beside][round])),
  }));
}

async function sizesOf(client, { ports }) {
  const sizeOf = async (path) => (await client.request(ports.monitor, { path })).bytes.length;
  return { status: await sizeOf("/api/status"), page: await sizeOf("/") };
}

function table(results) {
  const rows = results.map(({ name, us, beside = "", times }) => {
    return [name, us.toFixed(0), beside, times?.toFixed(2) ?? ""];
  });
  return aligned([["CPU of a request", "µs", "beside", "times"], ...rows]).join("\n");
}
