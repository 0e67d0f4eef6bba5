// Workers that do nothing but what the platform charges for: each path makes the storage calls of one of the Worker's
// requests, and answers with something constant.

import { DurableObject } from "cloudflare:workers";

const kInsert =
  "INSERT INTO doc (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
const kRows = 4_096; // as many as the write-ahead log has
const kAnswer = JSON.stringify({
  success: true,
  message: "Heartbeat received",
  timestamp: "2026-11-22T12:00:00.000Z",
});
const kHeaders = {
  "Content-Type": "application/json; charset=utf-8",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};

const encoder = new TextEncoder();

export class Bare extends DurableObject {
  #next = 0;

  constructor(ctx, env) {
    super(ctx, env);
    ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS doc (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID");
  }

  nothing() {
    return true;
  }

  insert(bytes) {
    this.ctx.storage.sql.exec(kInsert, `beat:${this.#next++ % kRows}`, bytes);
    return true;
  }
}

const collector = ({ BARE: namespace }) => namespace.get(namespace.idFromName("collector"));
const respond = (body = kAnswer) => new Response(body, { headers: kHeaders });

// Documents of any size, for an answer of the size that the URL says.
async function read({ HEARTBEAT_KV: kv }, keys, size) {
  await Promise.all(keys.map((key) => kv.get(key, { type: "arrayBuffer", cacheTtl: 30 })));
  return respond(bodyOf(size));
}

const bodies = new Map();
function bodyOf(size) {
  if (!bodies.has(size)) bodies.set(size, new Uint8Array(size).fill(0x20));
  return bodies.get(size);
}

const kPaths = {
  "/constant": () => respond(),
  "/body": async (request) => {
    await request.json();
    return respond();
  },
  "/put": async (request, env) => {
    await env.HEARTBEAT_KV.put("bare", JSON.stringify(await request.json()));
    return respond();
  },
  "/get-put": async (request, env) => {
    const body = await request.json();
    const latest = await env.HEARTBEAT_KV.get("monitor:latest", "json");
    latest[body.serviceId] = kAnswer;
    await env.HEARTBEAT_KV.put("bare", JSON.stringify(latest));
    return respond();
  },
  "/rpc": async (request, env) => {
    await request.json();
    await collector(env).nothing();
    return respond();
  },
  "/rpc-insert": async (request, env) => {
    const body = await request.json();
    await collector(env).insert(encoder.encode(JSON.stringify(body)));
    return respond();
  },
  "/get": (request, env, url) =>
    read(env, url.searchParams.getAll("key"), Number(url.searchParams.get("size"))),
};

export default {
  fetch(request, env) {
    const url = new URL(request.url);
    return kPaths[url.pathname](request, env, url);
  },
};
