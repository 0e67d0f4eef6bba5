// Runs one version of a Worker in workerd: the modules that were uploaded, with their bindings. Storage is in a folder that
// outlives it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { unstable_startWorker } from "wrangler";

process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
process.env.WRANGLER_SEND_METRICS = "false";

const kControl = "http://stand.in/api/stand-in";
const rules = [
  { type: "ESModule", globs: ["**/*.js"] },
  { type: "CompiledWasm", globs: ["**/*.wasm"], fallthrough: true },
  { type: "Text", globs: ["**/*.html", "**/*.txt"], fallthrough: true },
];

// The uploaded main module, and what lets the stand-in run a cron and look into KV.
const entry = (main) => `
import { env } from "cloudflare:workers";
import uploaded from ${JSON.stringify(`./${main}`)};
export * from ${JSON.stringify(`./${main}`)};
const controls = {
  cron: async ({ time }, ctx) => {
    await uploaded.scheduled({ cron: "* * * * *", scheduledTime: time, noRetry() {} }, env, ctx);
    return null;
  },
  kv: async ({ name, method, args }) => (await env[name][method](...args)) ?? null,
};
export default {
  async fetch(request, bindings, ctx) {
    const control = controls[request.headers.get("X-Stand-In")];
    if (!control) return uploaded.fetch(request, bindings, ctx);
    return Response.json(await control(await request.json(), ctx));
  },
  scheduled: uploaded.scheduled,
};
`;

export async function startVersion(name, version, storage) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "heartbeat-version-"));
  const write = (file, content) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  };
  for (const module of version.modules) write(`modules/${module.name}`, module.content);
  for (const [file, content] of Object.entries(version.assets.files)) write(`assets/${file}`, content);
  write("modules/stand_in_entry.js", entry(version.main));
  write("wrangler.json", JSON.stringify(configOf(name, version)));
  const worker = await unstable_startWorker({
    config: path.join(folder, "wrangler.json"),
    dev: {
      server: { hostname: "127.0.0.1", port: 0 },
      inspector: false,
      watch: false,
      logLevel: "none",
      persist: storage,
    },
  });
  await worker.ready;
  return new Running(worker, folder, version.id);
}

function configOf(name, { metadata, bindings, assets }) {
  const of = (type) => bindings.filter((binding) => binding.type === type);
  return {
    name,
    main: "modules/stand_in_entry.js",
    no_bundle: true,
    find_additional_modules: true,
    base_dir: "modules",
    rules,
    compatibility_date: metadata.compatibility_date,
    compatibility_flags: metadata.compatibility_flags,
    vars: Object.fromEntries(
      [...of("secret_text"), ...of("plain_text")].map((each) => [each.name, each.text]),
    ),
    kv_namespaces: of("kv_namespace").map((each) => ({ binding: each.name, id: each.namespace_id })),
    durable_objects: {
      bindings: of("durable_object_namespace").map((each) => ({
        name: each.name,
        class_name: each.class_name,
      })),
    },
    migrations: [
      { tag: "v1", new_sqlite_classes: of("durable_object_namespace").map((each) => each.class_name) },
    ],
    ...(Object.keys(assets.files).length > 0 && { assets: { directory: "assets", ...assets.config } }),
  };
}

class Running {
  #worker;
  #folder;

  constructor(worker, folder, id) {
    this.id = id;
    this.#worker = worker;
    this.#folder = folder;
  }

  fetch(url, init) {
    return this.#worker.fetch(url, init);
  }

  async control(what, body) {
    const response = await this.#worker.fetch(kControl, {
      method: "POST",
      headers: { "X-Stand-In": what },
      body: JSON.stringify(body),
    });
    return response.json();
  }

  async close() {
    await this.#worker.dispose();
    rmSync(this.#folder, { recursive: true });
  }
}
