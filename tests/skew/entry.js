// One version of the Worker, whose clock stands at the time that http://clock/?<ms> was last asked for.

import { env } from "cloudflare:workers";

import { worker } from "./shim/worker.js";

let time = Number(env.TEST_NOW);
const { handlers, Collector } = worker({ now: () => time });

export { Collector };
export default {
  fetch(request, ...rest) {
    const { hostname, search } = new URL(request.url);
    if (hostname !== "clock") return handlers.fetch(request, ...rest);
    time = Number(search.slice(1));
    return new Response();
  },
  scheduled: handlers.scheduled,
};
