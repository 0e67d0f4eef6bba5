// Everybody that messages are sent to, on loopback: a recorder that answers as it is told, and holds every request
// against what its provider documents. The Worker's calls go out through this process's `fetch`, which is pointed
// here while the recorder runs.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";

import { rules } from "./rules.js";

const kHosts = {
  "discord.com": "discord",
  "hooks.slack.com": "slack",
  "api.telegram.org": "telegram",
  "api.mailgun.net": "mailgun",
  "api.resend.com": "resend",
  "events.pagerduty.com": "pagerduty",
  "api.pushover.net": "pushover",
  "hook.example": "webhook",
  "watcher.example": "ping",
};

const kGood = {
  discord: { status: 204 },
  slack: { status: 200, body: "ok" },
  telegram: { status: 200, body: '{"ok":true,"result":{"message_id":1}}' },
  mailgun: { status: 200, body: '{"id":"<1@example.com>","message":"Queued. Thank you."}' },
  resend: { status: 200, body: '{"id":"49a3999c-0ce1-4ea6-ab68-afcd6dc2e794"}' },
  pagerduty: { status: 202, body: '{"status":"success","message":"Event processed","dedup_key":"k"}' },
  pushover: { status: 200, body: '{"status":1,"request":"647d2300-702c-4b38-8b2f-d56326ae460b"}' },
  webhook: { status: 200, body: "" },
  ping: { status: 200, body: "" },
};

export async function startProviders() {
  const providers = new Providers();
  await providers.listen();
  return providers;
}

class Providers {
  requests = []; // {provider, method, path, headers, body}, in the order in which they came
  broken = []; // rules that a request broke
  #answers = {};
  #server = createServer((request, response) => this.#take(request, response));
  #hanging = new Set();
  #fetch = globalThis.fetch;

  async listen() {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const { port } = this.#server.address();
    globalThis.fetch = (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      if (!(url.hostname in kHosts)) return this.#fetch(input, init);
      const path = `http://127.0.0.1:${port}/${url.hostname}${url.pathname}${url.search}`;
      return this.#fetch(new Request(path, request));
    };
  }

  // What a provider says from here on: {status, headers, body}, "hangs", "resets", or a function of the request that
  // gives one of these. Without an answer it is as ever.
  answers(provider, answer) {
    this.#answers[provider] = answer;
  }

  // What came since the last time this was asked, by one provider or all.
  news(provider) {
    const isMeant = (request) => !provider || request.provider === provider;
    const news = this.requests.filter(isMeant);
    this.requests = this.requests.filter((request) => !isMeant(request));
    return news;
  }

  async #take(request, response) {
    const [, host, ...rest] = request.url.split("/");
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, headers } = request;
    const body = Buffer.concat(chunks).toString();
    const record = { provider: kHosts[host], method, path: `/${rest.join("/")}`, headers, body };
    this.requests.push(record);
    try {
      rules[record.provider](record);
    } catch (error) {
      this.broken.push(`${record.provider}: ${error.message}`);
    }
    const answer = this.#answers[record.provider];
    this.#give((typeof answer === "function" ? answer(record) : answer) ?? kGood[record.provider], response);
  }

  #give(answer, response) {
    if (answer === "hangs") return this.#hanging.add(response);
    if (answer === "resets") return response.destroy();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  async close() {
    globalThis.fetch = this.#fetch;
    for (const response of this.#hanging) response.destroy();
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
    assert.deepEqual(this.broken, [], "requests that no provider would take");
  }
}
