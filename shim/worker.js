// The whole Worker: the core with this deployment's configuration and bindings, and the clock it is given.

import { env, waitUntil } from "cloudflare:workers";

import module from "../build/core.wasm";
import page from "../build/page.html";
import dashboard from "../config/dashboard.json";
import notifications from "../config/notifications.json";
import services from "../config/services.json";
import settings from "../config/settings.json";
import { keepingFor, ReaderCache } from "./cache.js";
import { collectorClass, CollectorStore } from "./collector.js";
import { Core } from "./core.js";
import { handlers } from "./handlers.js";
import { KvStore } from "./kv.js";
import { log } from "./log.js";

// The handlers and the class of the collector. Called at module scope, where start-up has CPU time of its own.
// `now` tells the time in ms; `cache`, if there is one, keeps answers for
// readers for READER_CACHE_SECONDS.
export function worker({ now, cache }) {
  const files = {
    services: JSON.stringify(services),
    notifications: JSON.stringify(notifications),
    settings: JSON.stringify(settings),
    dashboard: JSON.stringify(dashboard),
    page,
  };
  const core = new Core(module, env, files);
  for (const warning of core.configured.warnings) log("warn", warning, "configuration");
  const { HEARTBEAT_KV: kv, COLLECTOR: namespace, EMAIL: email } = env;
  const { collectorLocation: locationHint } = core.configured;
  const store = namespace
    ? new CollectorStore({ namespace, kv, locationHint })
    : new KvStore({ kv, core, now, waitUntil });
  const seconds = Number(env.READER_CACHE_SECONDS ?? 0);
  const readers = cache && seconds > 0 ? new ReaderCache({ cache, seconds, now, waitUntil }) : undefined;
  const shared = { core, now, platform: { call: fetch, email } };
  const fresh = handlers({ ...shared, store, limiters: { refused: env.REFUSALS, readers: env.READERS } });
  return {
    handlers: readers ? keepingFor(readers, fresh) : fresh,
    Collector: collectorClass({ ...shared, kv }),
  };
}
