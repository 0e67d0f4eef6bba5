// What each provider documents of the requests it takes. A request that breaks a rule throws.
//
// https://discord.com/developers/docs/resources/webhook#execute-webhook and …/resources/message#embed-object-embed-limits
// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks and …/reference/block-kit/blocks/section-block
// https://core.telegram.org/bots/api#sendmessage and #html-style
// https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages
// https://resend.com/docs/api-reference/emails/send-email
// https://developer.pagerduty.com/docs/send-alert-event
// https://pushover.net/api#messages
// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";

export const kSigningSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

const json = ({ headers, body }) => {
  assert.match(headers["content-type"], /^application\/json\b/);
  return JSON.parse(body);
};

const form = ({ headers, body }) => {
  assert.equal(headers["content-type"], "application/x-www-form-urlencoded");
  return new URLSearchParams(body);
};

// Discord and Slack count code units, Telegram as well.
function isText(name, text, most, least = 1) {
  assert.equal(typeof text, "string", `${name} is no text`);
  assert.ok(text.length >= least && text.length <= most, `${name} has ${text.length} characters`);
  assert.ok(text.isWellFormed(), `${name} is cut inside a character`);
}

function discord(request) {
  assert.equal(request.method, "POST");
  const { content, embeds = [], allowed_mentions: mentions } = json(request);
  assert.deepEqual(mentions, { parse: [] });
  if (content !== undefined) isText("content", content, 2000);
  assert.ok(content || embeds.length > 0);
  assert.ok(embeds.length <= 10);
  let sum = 0;
  const isPart = (name, text, most) => {
    isText(name, text, most);
    sum += text.length;
  };
  for (const { title, description, fields = [], footer, color } of embeds) {
    if (title !== undefined) isPart("title", title, 256);
    if (description !== undefined) isPart("description", description, 4096);
    assert.ok(fields.length <= 25, `${fields.length} fields`);
    for (const { name, value } of fields) {
      isPart("field name", name, 256);
      isPart("field value", value, 1024);
    }
    if (footer !== undefined) isPart("footer", footer.text, 2048);
    assert.ok(Number.isInteger(color) && color >= 0 && color <= 0xffffff);
  }
  assert.ok(sum <= 6000, `${sum} characters in all`);
}

function slack(request) {
  assert.equal(request.method, "POST");
  const { text, attachments = [] } = json(request);
  isText("text", text, 40_000);
  for (const { color, blocks = [] } of attachments) {
    assert.match(color, /^#[0-9a-fA-F]{6}$/);
    assert.ok(blocks.length <= 50);
    for (const block of blocks) {
      if (block.text) isText("block", block.text.text, 3000);
      assert.ok((block.fields ?? []).length <= 10);
      for (const field of block.fields ?? []) isText("field", field.text, 2000);
      for (const element of block.elements ?? [])
        if (element.text?.text) isText("element", element.text.text, 3000);
    }
  }
  for (const markup of request.body.match(/<[^>]*>/g) ?? []) {
    assert.match(markup, /^<https?:\/\/[^|<>]+(\|[^<>]*)?>$/, `${markup} is no link`);
  }
}

const kTelegramTags = new Set(["b", "i", "u", "s", "a", "code", "pre", "tg-spoiler", "blockquote"]);

function telegram(request) {
  assert.match(request.path, /^\/bot[^/]+\/sendMessage$/);
  const { chat_id: chat, text, parse_mode: mode } = json(request);
  assert.ok(chat);
  let shown = text;
  if (mode === "HTML") {
    for (const [tag, name] of text.matchAll(/<\/?([a-z-]+)[^<>]*>/g)) {
      assert.ok(kTelegramTags.has(name), `${tag} is no tag of Telegram's`);
    }
    shown = text.replace(/<[^<>]*>/g, "").replace(/&(lt|gt|amp|quot);/g, "x");
    assert.doesNotMatch(shown, /[<>&]/, "markup that is not escaped");
  }
  isText("text", shown, 4096);
}

function mailgun(request) {
  assert.match(request.path, /^\/v3\/[^/]+\/messages$/);
  assert.match(request.headers.authorization, /^Basic /);
  const parameters = form(request);
  for (const name of ["from", "to", "subject", "text"]) {
    assert.ok(parameters.get(name), `${name} is missing`);
    if (name !== "text") assert.doesNotMatch(parameters.get(name), /[\r\n]/);
  }
}

function resend(request) {
  assert.equal(request.path, "/emails");
  assert.match(request.headers.authorization, /^Bearer /);
  const { from, to, subject, text } = json(request);
  for (const part of [from, subject, text]) isText("part", part, 100_000);
  assert.doesNotMatch(from + subject, /[\r\n]/);
  assert.ok(Array.isArray(to) && to.length >= 1 && to.length <= 50);
  if (request.headers["idempotency-key"]) isText("key", request.headers["idempotency-key"], 256);
}

function pagerduty(request) {
  assert.equal(request.path, "/v2/enqueue");
  const { routing_key: key, event_action: action, dedup_key: dedup, payload, links = [] } = json(request);
  assert.match(key, /^[0-9a-z]{32}$/);
  assert.ok(["trigger", "acknowledge", "resolve"].includes(action));
  isText("dedup_key", dedup, 255);
  if (action !== "trigger") return;
  isText("summary", payload.summary, 1024);
  isText("source", payload.source, 1024);
  assert.ok(["critical", "error", "warning", "info"].includes(payload.severity));
  assert.ok(!Number.isNaN(Date.parse(payload.timestamp)));
  for (const { href } of links) assert.match(href, /^https?:/);
  assert.ok(Buffer.byteLength(request.body) <= 512 * 1024);
}

function pushover(request) {
  assert.equal(request.path, "/1/messages.json");
  const parameters = form(request);
  for (const name of ["token", "user"]) assert.ok(parameters.get(name));
  isText("message", parameters.get("message"), 1024);
  isText("title", parameters.get("title"), 250);
  assert.ok(["-2", "-1", "0", "1", null].includes(parameters.get("priority")));
  assert.equal(parameters.get("sound"), null);
}

function webhook(request) {
  const { event, timestamp, dedupKey } = json(request);
  assert.ok(["down", "up", "degraded", "digest", "reminder", "alert", "test"].includes(event), event);
  assert.ok(!Number.isNaN(Date.parse(timestamp)));
  assert.equal(typeof dedupKey, "string");
  const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature } = request.headers;
  const secret = Buffer.from(kSigningSecret.slice("whsec_".length), "base64");
  const signed = createHmac("sha256", secret).update(`${id}.${at}.${request.body}`).digest("base64");
  assert.equal(signature, `v1,${signed}`);
}

function ping({ method, body }) {
  assert.equal(method, "GET");
  assert.equal(body, "");
}

export const rules = { discord, slack, telegram, mailgun, resend, pagerduty, pushover, webhook, ping };
