// The whole Worker: the core with this deployment's configuration and bindings, and the clock it is given.

import { env, waitUntil } from "cloudflare:workers";

import module from "../build/core.wasm";
import page from "../build/page.html";
import dashboard from "../config/dashboard.json";
import notifications from "../config/notifications.json";
import services from "../config/services.json";
import settings from "../config/settings.json";
import { collectorClass, CollectorStore } from "./collector.js";
import { Core } from "./core.js";
import { handlers } from "./handlers.js";
import { KvStore } from "./kv.js";
import { log } from "./log.js";

// The handlers and the class of the collector. Called at module scope, where start-up has CPU time of its own.
// `now` tells the time in ms.
export function worker({ now }) {
  const files = {
    services: JSON.stringify(services),
    notifications: JSON.stringify(notifications),
    settings: JSON.stringify(settings),
    dashboard: JSON.stringify(dashboard),
    page,
  };
  const core = new Core(module, env, files);
  for (const warning of core.configured.warnings) log("warn", warning, "configuration");
  const { HEARTBEAT_KV: kv, COLLECTOR: namespace, REFUSALS: limiter, EMAIL: email } = env;
  const { collectorLocation: locationHint } = core.configured;
  const store = namespace
    ? new CollectorStore({ namespace, kv, locationHint })
    : new KvStore({ kv, core, now, waitUntil });
  const shared = { core, now, platform: { call: fetch, email } };
  return { handlers: handlers({ ...shared, store, limiter }), Collector: collectorClass({ ...shared, kv }) };
}
