// CPU time of what the Worker does, in the runtime it does it in, beside the same work in plain JavaScript and, as the
// floor, copying the bytes that come in and go out.

import module from "../build/core.wasm";
import page from "../dashboard/page.html";
import { Baseline } from "./baseline.js";
import { CollectorWorld, kMidnight } from "./collector_world.js";
import { kBeat, kNow } from "./world.js";

const kBuild = { module, page };
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const kBody = encoder.encode(kBeat);
const kAuthorization = "Bearer key";
const kLater = kNow + 1_000; // of the heartbeat with KV only

const replyTo = ({ reply }) => reply.body;
const firstPut = ({ puts }) => puts[0].bytes;
const firstRow = ({ rows }) => rows[0].bytes;

// Each with what the Worker does, the same in JavaScript, and which bytes of the first the second has to give as well.
const kCompared = {
  heartbeat: {
    ours: ({ world }) => world.heartbeat(kBody),
    theirs: ({ baseline }) => baseline.heartbeat(kBody, kLater),
    bytesOf: firstPut,
    touches: ({ world }) => [world.latest, world.latest],
  },
  "check without a record": {
    ours: ({ world }) => world.check(60),
    theirs: ({ baseline }) => baseline.check(kNow + 60_000),
    touches: ({ world }) => [world.latest],
  },
  "check with a record": {
    ours: ({ world }) => world.check(300),
    theirs: ({ baseline }) => baseline.record(kNow + 300_000),
    bytesOf: firstPut,
    touches: ({ world }) => [world.latest, world.data, world.data],
  },
  "collector: heartbeat": {
    ours: ({ collector }) => collector.heartbeat(kBody),
    theirs: ({ baseline, next }) => baseline.collectorHeartbeat(kBody, kAuthorization, next).row,
    bytesOf: firstRow,
    touches: () => [kBody, kBody],
  },
  "collector: batch of 1,000": {
    least: 1_000, // services
    ours: ({ collector }) => collector.batch(),
    theirs: ({ baseline, batch, next }) => baseline.collectorHeartbeat(batch, kAuthorization, next).row,
    bytesOf: ({ rows }) => rows.at(-1).bytes,
    touches: ({ batch }) => [batch, batch],
  },
  "GET /api/status": {
    ours: ({ world }) => world.request("GET", "/api/status"),
    theirs: ({ baseline }) => baseline.status(),
    bytesOf: replyTo,
    touches: ({ world }) => [world.latest, world.data],
  },
  "GET /": {
    ours: ({ world }) => world.request("GET", "/"),
    theirs: ({ baseline }) => baseline.page(),
    bytesOf: replyTo,
    touches: ({ world }) => [world.latest, world.data],
  },
};

const kAlone = {
  "collector: check without a record": ({ collector }) => collector.check(270),
  "collector: check with a record": ({ collector }) => collector.check(300),
  "collector: publish": ({ collector }) => collector.publish(300),
  "start: instantiate and configure": ({ world }) => world.start(),
};

// What comes to the most in one invocation: agents that were late, so that as many batches of a thousand came in as there
// may be before a heartbeat makes a checkpoint of them, the last one five times as large.
const kLate = 8;
const kLargest = 10_000; // services
const kWorst = {
  "worst: heartbeat that makes a checkpoint": ({ late }) => late.heartbeat(kBody),
  "worst: heartbeat after an eviction": ({ late }) => late.heartbeatAfterEviction(kBody),
  "worst: check behind late agents": ({ late }) => late.check(270),
  "worst: check with a record behind late agents": ({ late }) => late.check(300),
  "worst: publish behind late agents": ({ late }) => late.publish(300),
  "worst: publish at a day change": ({ midnight }) => midnight.publish(kMidnight),
};

// Cases run one after another, so the worlds of the largest need not be there at the same time as the others.
let current = {};
async function worldOf(count) {
  if (current.count === count) return;
  current = {};
  const collector = await CollectorWorld.of(count, kBuild);
  const { world } = collector;
  const baseline = new Baseline(world, decoder.decode(replyTo(world.request("GET", "/"))));
  const next = JSON.parse(decoder.decode(firstRow(await collector.heartbeat(kBody)))).seq;
  current = { count, world, collector, baseline, next, batch: collector.batchBody() };
  if (count === kLargest) {
    current.late = await CollectorWorld.of(count, kBuild, { requests: kLate, hasLargest: true });
    current.midnight = await CollectorWorld.atMidnight(count, kBuild);
  }
  for (const [name, one] of Object.entries(kCompared)) await compare(name, one);
}

// What is not the same is not compared.
async function compare(name, { ours, theirs, bytesOf, least = 0 }) {
  if (!bytesOf || current.count < least) return;
  const [one, other] = [bytesOf(await ours(current)), theirs(current)].map((bytes) => decoder.decode(bytes));
  if (one !== other) throw new Error(`${name}, ${current.count} services: the JavaScript gives other bytes`);
}

const copied = (all) => all.map((bytes) => bytes.slice());

export default {
  bench(b) {
    for (const count of [100, 1_000, kLargest]) {
      const run = (name, work) =>
        b.run(`${name}, ${count} services`, () => b.blackBox(work(current)), {
          setup: () => worldOf(count),
          samples: 15,
        });
      for (const [name, { ours, theirs, touches, least = 0 }] of Object.entries(kCompared)) {
        if (count < least) continue;
        run(name, ours);
        run(`${name} (JavaScript)`, theirs);
        run(`${name} (floor)`, (all) => copied(touches(all)));
      }
      for (const [name, work] of Object.entries(kAlone)) run(name, work);
      if (count === kLargest) for (const [name, work] of Object.entries(kWorst)) run(name, work);
      run("start: instantiate and configure (JavaScript)", ({ world }) => Baseline.start(world.files));
    }
  },
};
