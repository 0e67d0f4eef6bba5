// The Worker as it is deployed, in which http://play/?<start>&<minutes> plays minutes of the load and tells what was
// counted, and http://played/ what was sent. Played from inside, because a request from outside costs more time than
// all that the Worker does with it.

import { env, withEnv } from "cloudflare:workers";

import { worker } from "../../shim/worker.js";
import { Counter } from "./counter.js";
import { Day } from "./day.js";
import { loads } from "./loads.js";

let time = 0;
let published; // when monitor:latest was last put, and what it has to have

const counter = new Counter({ onPut: (key) => key === "monitor:latest" && remember() });
globalThis.fetch = counter.send;
const deployed = withEnv(counter.bindings(env), () => worker({ now: () => time }));

const load = loads.find(({ name }) => name === env.BUDGET_LOAD);
const day = new Day({ load, counter, handlers: deployed.handlers, setTime: (ms) => (time = ms) });

function remember() {
  published = { at: time, latest: { ...day.lastSent } };
}

const controls = {
  play: async ({ search }) => {
    await day.play(...search.slice(1).split("&").map(Number));
    return Response.json(counter.take());
  },
  played: () => Response.json({ sent: day.sent, published }),
};

export const Collector = counter.collector(deployed.Collector);

export default {
  fetch(request, ...rest) {
    const url = new URL(request.url);
    const control = controls[url.hostname];
    return control ? control(url) : deployed.handlers.fetch(request, ...rest);
  },
  scheduled: deployed.handlers.scheduled,
};
