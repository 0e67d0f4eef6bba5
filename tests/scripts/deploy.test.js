// npm run deploy, with a stand-in for Cloudflare's account and the real Worker at the address that it names.
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import util from "node:util";
import { urlOf } from "../../scripts/lib/deployed.mjs";
import { startMonitor } from "../worker/harness.js";
import { command, makeStaged } from "./copy.js";

describe("npm run deploy", () => {
  let copy, cloudflare;
  before(async () => {
    cloudflare = new Cloudflare();
    copy = makeStaged({ url: await cloudflare.listen() });
    cloudflare.copy = copy;
  });
  after(async () => {
    await cloudflare.close();
    copy.remove();
  });

  const inCopy = (...parts) => path.join(copy.folder, ...parts);
  async function deploy(args = [], env = {}) {
    const running = command(copy.folder, "deploy", args, { ...copy.env, ...env });
    return { code: await running.ended, output: running.output };
  }
  const vars = () => util.parseEnv(readFileSync(inCopy(".production.vars"), "utf8"));

  test("a dry run builds and asks for nothing else", async () => {
    const { code, output } = await deploy(["--dry-run", "--outdir", inCopy("dist")]);
    assert.equal(code, 0, output);
    assert.deepEqual(
      copy.calls().map(([name]) => name),
      ["deploy"],
    );
    assert.ok(!existsSync(inCopy(".production.vars")));
  });

  test("a machine that is thrown away makes no keys, and says who does", async () => {
    const { output } = await deploy([], { CI: "true" });
    assert.match(output, /The monitor has no keys yet\. On your own machine: npm run keys -- --put/);
    assert.ok(!existsSync(inCopy(".production.vars")));
  });

  test("the first deploy makes keys, puts them, sends a heartbeat and reads it back", async () => {
    cloudflare.unknownFor(1);
    const { code, output } = await deploy();
    assert.equal(code, 0, output);
    assert.match(output, /A heartbeat of "website" was sent, accepted and read back\./);
    assert.match(output, new RegExp(`\\nDashboard: ${cloudflare.url}/\\n$`));
    assert.deepEqual(Object.keys(JSON.parse(vars().API_KEYS)), ["website", "database", "nightly-backup"]);
    const { logs } = await (await fetch(`${cloudflare.url}/api/logs?serviceId=website`)).json();
    assert.equal(logs[0].message, "Sent by npm run deploy");
  });

  test("a later one leaves keys and heard services alone", async () => {
    const before = vars();
    await cloudflare.monitor.check();
    const { code, output } = await deploy();
    assert.equal(code, 0, output);
    assert.match(output, /A heartbeat of "database" was sent/);
    assert.deepEqual(vars(), before);
  });

  test("without its keys, as on another machine, it is only asked", async () => {
    rmSync(inCopy(".production.vars"));
    const { code, output } = await deploy();
    assert.equal(code, 0, output);
    assert.match(output, /\nIt answers\.\n\nDashboard: /);
    assert.ok(!existsSync(inCopy(".production.vars")));
  });

  test("of another Worker than that of wrangler.toml, keys and heartbeats are left alone", async () => {
    const { code, output } = await deploy(["--name", "another"]);
    assert.equal(code, 0, output);
    assert.match(output, /Its keys and a first heartbeat are up to you\.\n$/);
    assert.deepEqual(copy.calls().at(-1), ["deploy", "--name", "another"]);
  });

  test("behind a login it is asked for its health", async () => {
    cloudflare.open = ["/healthz"];
    const { code, output } = await deploy();
    assert.equal(code, 0, output);
    assert.match(output, /\nIt checks\. Its state is behind a login, so no heartbeat was sent\.\n/);
    cloudflare.open = [];
    assert.match((await deploy()).output, /\/healthz is behind a login, too/);
    cloudflare.open = undefined;
  });

  test("keys that the monitor does not have make it fail with the monitor's words", async () => {
    writeFileSync(inCopy(".production.vars"), 'API_KEYS={"*":"wrong"}\n');
    const { code, output } = await deploy();
    assert.equal(code, 1);
    assert.match(output, /\/api\/heartbeat\/\S+ answered 401: .*Invalid API key/);
  });
});

test("the address is that of a custom domain, else that of workers.dev", () => {
  const entry = (targets) => `${JSON.stringify({ type: "deploy", targets })}\n`;
  const dev = "https://heartbeat-monitor.example.workers.dev";
  assert.equal(urlOf(`{"type":"wrangler-session"}\n${entry([dev, "schedule: * * * * *"])}`), dev);
  for (const more of [")", " - zone name: example.com)"]) {
    assert.equal(
      urlOf(entry([dev, `status.example.com (custom domain${more}`])),
      "https://status.example.com",
    );
  }
  assert.equal(urlOf(entry(["schedule: * * * * *"])), undefined);
});

// Where the deployed monitor is: the real Worker, with the secrets that have been put. New ones make it a new one.
class Cloudflare {
  #server = http.createServer((request, response) => this.#pass(request, response));
  #unknown = 0;
  #secrets;
  open; // the paths that need no login; without it all

  async listen() {
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
    return this.url;
  }

  // So many requests find nobody, as right after a first deploy.
  unknownFor(requests) {
    this.#unknown = requests;
  }

  async #pass(request, response) {
    if (this.#unknown-- > 0) return response.writeHead(530).end("<p>error code: 1016");
    if (this.open && !this.open.includes(request.url))
      return response.writeHead(302, { Location: "/login" }).end();
    await this.#provide();
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url, headers } = request;
    const key = headers.authorization?.slice("Bearer ".length);
    const answer = await this.monitor.request(method, url, {
      key,
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    response
      .writeHead(answer.status, { "Content-Type": "application/json" })
      .end(JSON.stringify(answer.body));
  }

  async #provide() {
    const read = (...parts) => readFileSync(path.join(this.copy.folder, ...parts), "utf8");
    const secrets = read("stand-in", "cloudflare", "secrets.json");
    if (secrets === this.#secrets) return;
    await this.monitor?.close();
    this.#secrets = secrets;
    const services = JSON.parse(read("config", "services.json"));
    this.monitor = await startMonitor({ config: { services }, secrets: JSON.parse(secrets) });
  }

  async close() {
    await this.monitor?.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
