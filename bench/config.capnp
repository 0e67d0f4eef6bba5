using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (services = [(name = "bench", worker = .bench)]);

const bench :Workerd.Worker = (
  compatibilityDate = "2026-11-01",
  modules = [
    (name = "bench/bench.js", esModule = embed "bench.js"),
    (name = "bench/world.js", esModule = embed "world.js"),
    (name = "bench/collector_world.js", esModule = embed "collector_world.js"),
    (name = "bench/baseline.js", esModule = embed "baseline.js"),
    (name = "shim/core.js", esModule = embed "../shim/core.js"),
    (name = "shim/frames.js", esModule = embed "../shim/frames.js"),
    (name = "shim/limits.js", esModule = embed "../shim/limits.js"),
    (name = "shim/log.js", esModule = embed "../shim/log.js"),
    (name = "shim/rounds.js", esModule = embed "../shim/rounds.js"),
    (name = "shim/sends.js", esModule = embed "../shim/sends.js"),
    (name = "shim/streams.js", esModule = embed "../shim/streams.js"),
    (name = "build/core.wasm", wasm = embed "../build/core.wasm"),
    (name = "dashboard/page.html", text = embed "../dashboard/page.html"),
  ],
);
