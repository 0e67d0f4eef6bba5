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
  "ntfy.sh": "ntfy",
  "teams.example": "teams",
  "chat.googleapis.com": "googlechat",
  "matrix.example": "matrix",
  "mattermost.example": "mattermost",
  "rocketchat.example": "rocketchat",
  "zulip.example": "zulip",
  "gotify.example": "gotify",
  "api.opsgenie.com": "opsgenie",
  "grafana.example": "grafana",
  "api.incident.io": "incidentio",
  "api.twilio.com": "twilio",
  "apprise.example": "apprise",
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
  ntfy: { status: 200, body: '{"id":"sPs71M8A2T","event":"message"}' },
  teams: { status: 202, body: "" },
  googlechat: { status: 200, body: '{"name":"spaces/A/messages/B"}' },
  matrix: { status: 200, body: '{"event_id":"$1"}' },
  mattermost: { status: 200, body: "ok" },
  rocketchat: { status: 200, body: '{"success":true}' },
  zulip: { status: 200, body: '{"result":"success","msg":"","id":42}' },
  gotify: { status: 200, body: '{"id":25,"appid":5}' },
  opsgenie: { status: 202, body: '{"result":"Request will be processed","took":0.3,"requestId":"r"}' },
  grafana: { status: 200, body: "Ok." },
  incidentio: {
    status: 202,
    body: '{"status":"success","deduplication_key":"k","message":"Event accepted"}',
  },
  twilio: { status: 201, body: '{"sid":"SM1","status":"queued"}' },
  apprise: { status: 200, body: '{"error":null}' },
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
