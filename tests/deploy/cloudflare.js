// Stands in for Cloudflare: its API, as far as wrangler calls it here, and the edge, where the Workers that were uploaded
// run. One loopback server is both.
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Account, Refusal } from "./account.js";
import { hostOf, Raw, routes } from "./api.js";
import { startVersion } from "./runtime.js";

const kNobody = { status: 530, content: "error code: 1016" };
const kOfConnection = ["host", "connection", "transfer-encoding", "content-length", "x-stand-in-host"];

export class Cloudflare {
  #server = http.createServer((request, response) => this.#pass(request, response));
  #storage = mkdtempSync(path.join(os.tmpdir(), "heartbeat-cloudflare-"));

  account = new Account();
  calls = []; // of the API, "METHOD path"
  requests = []; // at the edge, "METHOD path status"
  hosts = []; // that these went to
  refuses = () => undefined; // the Refusal of a call, if any
  needsLogin = () => false; // by the path

  async listen() {
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
  }

  // What makes commands take this for Cloudflare.
  get env() {
    return {
      CLOUDFLARE_API_BASE_URL: `${this.url}/client/v4`,
      CLOUDFLARE_API_TOKEN: "a-token",
      CLOUDFLARE_ACCOUNT_ID: "an-account",
      STAND_IN_EDGE: this.url,
      NODE_OPTIONS: `--import ${pathToFileURL(path.join(import.meta.dirname, "to_loopback.js"))}`,
    };
  }

  // As somebody elsewhere would.
  fetch(host, where, { headers = {}, ...init } = {}) {
    return fetch(this.url + where, {
      redirect: "manual",
      ...init,
      headers: { ...headers, "X-Stand-In-Host": host },
    });
  }

  // The next deployment is seen only after so many requests; until then the one before answers, or nobody.
  lagFor(name, requests) {
    this.account.orNew(name).lagOfNext = requests;
  }

  async check(name, time = Date.now()) {
    const running = await this.#runningOf(this.account.worker(name));
    await running.control("cron", { time });
  }

  // A call to a KV namespace, made by a Worker that is bound to it.
  kv = async (id, method, ...args) => {
    for (const worker of this.account.workers) {
      const { bindings } = this.account.deployed(worker.name);
      const bound = bindings.find(({ namespace_id: namespace }) => namespace === id);
      if (bound) return (await this.#runningOf(worker)).control("kv", { name: bound.name, method, args });
    }
    throw new Refusal(404, 10013, "namespace not found");
  };

  async close() {
    for (const { running } of this.account.workers) await running?.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.#storage, { recursive: true, force: true });
  }

  // What answers for a Worker: the version that is deployed, once its lag has passed. One after another, so that no two
  // have the storage.
  async #runningOf(worker) {
    if (worker.lag > 0) {
      worker.lag--;
      return worker.running;
    }
    worker.turn = (worker.turn ?? Promise.resolve()).then(async () => {
      const version = this.account.deployed(worker.name);
      if (worker.running?.id === version.id) return;
      await worker.running?.close();
      worker.running = await startVersion(worker.name, version, this.#storage);
    });
    await worker.turn;
    return worker.running;
  }

  #remove = async (name) => {
    await this.account.worker(name).running?.close();
    this.account.delete(name);
    return {};
  };

  async #pass(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const isApi = request.url.startsWith("/client/v4/");
    const {
      status,
      type = "text/plain",
      location,
      content,
    } = isApi ? await this.#called(request, body) : await this.#asked(request, body);
    if (!isApi) this.hosts.push(request.headers["x-stand-in-host"]);
    if (!isApi) this.requests.push(`${request.method} ${request.url} ${status}`);
    response
      .writeHead(status, { "Content-Type": type, ...(location && { Location: location }) })
      .end(content);
  }

  async #asked({ method, url, headers: all }, body) {
    const host = all["x-stand-in-host"];
    const worker = this.account.workers.find((each) => isAt(each, host));
    if (!worker) return kNobody;
    if (this.needsLogin(url)) return { status: 302, location: "https://login.example/" };
    const running = await this.#runningOf(worker);
    if (!running) return kNobody;
    const headers = Object.fromEntries(Object.entries(all).filter(([name]) => !kOfConnection.includes(name)));
    const init = { method, headers, redirect: "manual", ...(body.length > 0 && { body }) };
    const answer = await running.fetch(`https://${host}${url}`, init);
    const content = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, type: answer.headers.get("Content-Type") ?? undefined, content };
  }

  async #called(request, body) {
    const url = new URL(request.url, this.url);
    const call = `${request.method} ${url.pathname.replace(/^\/client\/v4(\/accounts\/an-account)?/, "")}`;
    this.calls.push(call);
    const json = (status, value) => ({ status, type: "application/json", content: JSON.stringify(value) });
    try {
      const result = await this.#answer(call, url, request, body);
      if (result instanceof Raw) return { status: 200, content: result.text };
      return json(200, { success: true, errors: [], messages: [], result });
    } catch (error) {
      if (!(error instanceof Refusal)) console.error(call, error);
      const { status = 500, code = 1, message } = error;
      return json(status, { success: false, errors: [{ code, message }], messages: [], result: null });
    }
  }

  #answer(call, url, { headers }, body) {
    const refusal = this.refuses(call);
    if (refusal) throw refusal;
    const [pattern, handler] = routes.find(([each]) => each.test(call)) ?? [];
    if (!pattern) throw new Refusal(405, 1, `The stand-in does not know: ${call}`);
    const words = Object.entries(call.match(pattern).groups ?? {});
    return handler({
      ...Object.fromEntries(words.map(([name, word]) => [name, decodeURIComponent(word)])),
      account: this.account,
      kv: this.kv,
      remove: this.#remove,
      json: () => JSON.parse(body),
      form: () => new Response(body, { headers: { "Content-Type": headers["content-type"] } }).formData(),
      query: url.searchParams,
      token: headers.authorization?.slice("Bearer ".length),
    });
  }
}

const isAt = ({ name, workersDev, domains, routes }, host) =>
  (workersDev && host === hostOf(name)) || domains.includes(host) || routes.includes(`${host}/*`);
