// The Worker as it is deployed, but on a stage: its clock stands at the time that http://clock/?<ms> was last asked
// for, what it is bound to follows the rules last posted to http://faults/, and http://calls/ tells what it called.

import { env, withEnv } from "cloudflare:workers";

import { worker } from "../../shim/worker.js";
import { Stage } from "./stage.js";

let time = Number(env.TEST_NOW);
const stage = new Stage();
const deployed = withEnv(stage.bindings(env), () => worker({ now: () => time }));

export const Collector = stage.collector(deployed.Collector);

const controls = {
  clock: ({ search }) => {
    time = Number(search.slice(1));
    return new Response();
  },
  faults: async (_, request) => {
    stage.follow(await request.json());
    return new Response();
  },
  calls: () => Response.json(stage.calls),
};

export default {
  fetch(request, ...rest) {
    const url = new URL(request.url);
    const control = controls[url.hostname];
    return control ? control(url, request) : deployed.handlers.fetch(request, ...rest);
  },
  scheduled: deployed.handlers.scheduled,
};
