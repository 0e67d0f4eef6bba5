// CPU time of what the Worker does, in the runtime it does it in, beside the same work in plain JavaScript.

import { Baseline } from "./baseline.js";
import { CollectorWorld } from "./collector_world.js";
import { kBeat, World } from "./world.js";

const body = new TextEncoder().encode(kBeat);

// Cases run one after another, so the worlds of the largest need not be there at the same time as the others.
let current = {};
async function worldOf(count) {
  if (current.count === count) return;
  current = {};
  current = {
    count,
    world: new World(count),
    baseline: new Baseline(count),
    collector: await CollectorWorld.of(count),
  };
}

export default {
  bench(b) {
    for (const count of [100, 1_000, 10_000]) {
      const run = (name, work) =>
        b.run(`${name}, ${count} services`, () => b.blackBox(work(current)), {
          setup: () => worldOf(count),
          samples: 15,
        });
      run("heartbeat", ({ world }) => world.heartbeat(body));
      run("heartbeat (JavaScript)", ({ baseline }) => baseline.heartbeat(body));
      run("check without a record", ({ world }) => world.check(60));
      run("check without a record (JavaScript)", ({ baseline }) => baseline.check());
      run("check with a record", ({ world }) => world.check(300));
      if (count <= 1_000) run("check with a record (JavaScript)", ({ baseline }) => baseline.record());
      run("collector: heartbeat", ({ collector }) => collector.heartbeat(body));
      if (count >= 1_000) run("collector: batch of 1,000", ({ collector }) => collector.batch());
      run("collector: check without a record", ({ collector }) => collector.check(60));
      run("collector: check with a record", ({ collector }) => collector.check(300));
      run("collector: publish", ({ collector }) => collector.publish(300));
      run("GET /api/status", ({ world }) => world.request("GET", "/api/status"));
      run("GET /api/status (JavaScript)", ({ baseline }) => baseline.status());
      run("GET /", ({ world }) => world.request("GET", "/"));
      run("start: instantiate and configure", ({ world }) => world.start());
    }
  },
};
