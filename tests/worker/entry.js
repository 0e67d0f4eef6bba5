// The Worker as it is deployed, but its clock stands at the time that http://clock/?<ms> was last asked for.

import { env } from "cloudflare:workers";

import { worker } from "../../shim/worker.js";

let time = Number(env.TEST_NOW);
const { fetch, scheduled } = worker({ now: () => time });

export default {
  async fetch(request, ...rest) {
    const { hostname, search } = new URL(request.url);
    if (hostname !== "clock") return fetch(request, ...rest);
    time = Number(search.slice(1));
    return new Response();
  },
  scheduled,
};
