// What each provider documents of the requests it takes. A request that breaks a rule throws.
//
// https://discord.com/developers/docs/resources/webhook#execute-webhook and …/resources/message#embed-object-embed-limits
// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks and …/reference/block-kit/blocks/section-block
// https://core.telegram.org/bots/api#sendmessage and #html-style
// https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages
// https://resend.com/docs/api-reference/emails/send-email
// https://developer.pagerduty.com/docs/send-alert-event
// https://pushover.net/api#messages
// https://docs.ntfy.sh/publish/#publish-as-json and #limitations
// https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
// https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages
// https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid
// https://developers.mattermost.com/integrate/webhooks/incoming/ and https://docs.rocket.chat/docs/integrations
// https://zulip.com/api/send-message
// https://gotify.net/docs/pushmsg
// https://docs.opsgenie.com/docs/alert-api
// https://grafana.com/docs/grafana-cloud/alerting-and-irm/irm/configure/integrations/webhooks/incoming-webhooks/
// https://docs.incident.io/api-reference/alert-events-v2/createhttp
// https://www.twilio.com/docs/messaging/api/message-resource
// https://github.com/caronc/apprise-api#api-details
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

function ntfy(request) {
  assert.equal(request.path, "/"); // JSON goes to the root
  const { topic, title, message, priority, click } = json(request);
  assert.match(topic, /^[-_A-Za-z0-9]{1,64}$/);
  isText("title", title, 250);
  assert.ok(message && Buffer.byteLength(message) <= 4096, "a longer message becomes an attachment");
  assert.ok(Number.isInteger(priority) && priority >= 1 && priority <= 5);
  if (click !== undefined) assert.match(click, /^https?:/);
}

function teams(request) {
  const { type, attachments } = json(request);
  assert.equal(type, "message");
  assert.ok(Buffer.byteLength(request.body) <= 28 * 1024);
  for (const { contentType, content } of attachments) {
    assert.equal(contentType, "application/vnd.microsoft.card.adaptive");
    assert.equal(content.type, "AdaptiveCard");
    assert.match(content.version, /^1\.[0-5]$/);
    for (const element of content.body) {
      if (element.type === "TextBlock") isText("text", element.text, 10_000);
      if (element.color) assert.ok(["attention", "warning", "good", "accent"].includes(element.color));
      for (const { title, value } of element.facts ?? []) isText("fact", `${title}${value}`, 1000);
    }
    for (const { type: kind, url } of content.actions ?? [])
      assert.match(`${kind} ${url}`, /^Action.OpenUrl https?:/);
  }
}

function googlechat(request) {
  const { text, cardsV2 = [] } = json(request);
  assert.ok(text || cardsV2.length === 1);
  assert.ok(Buffer.byteLength(request.body) <= 32_000);
  if (text) assert.doesNotMatch(text, /<users\/|<https?:/);
  for (const { card } of cardsV2) {
    isText("title", card.header.title, 500);
    for (const { textParagraph } of card.sections.flatMap(({ widgets }) => widgets))
      if (textParagraph) assert.doesNotMatch(textParagraph.text, /<(?!\/?(b|i|u|s|font|a|br|time)\b)/);
  }
}

function matrix(request) {
  assert.equal(request.method, "PUT");
  assert.match(request.path, /^\/_matrix\/client\/v3\/rooms\/%21[^/]+\/send\/m.room.message\/[^/?]+$/);
  assert.match(request.headers.authorization, /^Bearer /);
  const { msgtype, body, format, formatted_body: html } = json(request);
  assert.equal(msgtype, "m.text");
  isText("body", body, 60_000);
  assert.equal(format !== undefined, html !== undefined);
  if (html) assert.doesNotMatch(html, /<(?!\/?(b|br|a)\b)/);
  assert.ok(Buffer.byteLength(request.body) <= 65_536);
}

// Mattermost's, and Rocket.Chat's, which has less room.
function attachment(request) {
  const { text, attachments = [] } = json(request);
  assert.ok(text || attachments.length > 0);
  for (const part of [text ?? "x", ...attachments.map((one) => one.text)]) {
    isText("text", part, 5000);
    assert.doesNotMatch(part, /@(all|channel|here|everyone)\b/);
  }
  for (const { color } of attachments) assert.match(color, /^#[0-9a-f]{6}$/);
}

function zulip(request) {
  assert.equal(request.path, "/api/v1/messages");
  assert.match(request.headers.authorization, /^Basic /);
  const parameters = form(request);
  assert.equal(parameters.get("type"), "stream");
  assert.ok(parameters.get("to"));
  isText("topic", parameters.get("topic"), 60);
  isText("content", parameters.get("content"), 10_000);
  assert.doesNotMatch(parameters.get("content"), /@\*\*|@everyone/);
}

function gotify(request) {
  assert.equal(request.path, "/message");
  assert.ok(request.headers["x-gotify-key"]);
  const { title, message, priority } = json(request);
  isText("title", title, 500);
  isText("message", message, 10_000);
  assert.ok(Number.isInteger(priority) && priority >= 0 && priority <= 10);
}

function opsgenie(request) {
  assert.match(request.headers.authorization, /^GenieKey /);
  const { message, alias, description, priority, source, note } = json(request);
  isText("source", source, 100);
  if (request.path !== "/v2/alerts") {
    assert.match(request.path, /^\/v2\/alerts\/[^/]+\/close\?identifierType=alias$/);
    return isText("note", note, 25_000);
  }
  isText("message", message, 130);
  isText("alias", alias, 512);
  isText("description", description, 15_000);
  assert.match(priority, /^P[1-5]$/);
}

function grafana(request) {
  const { alert_uid: uid, title, state, message } = json(request);
  for (const part of [uid, title, message]) isText("part", part, 10_000);
  assert.ok(["alerting", "ok"].includes(state));
}

function incidentio(request) {
  assert.match(request.headers.authorization, /^Bearer /);
  const { title, status, deduplication_key: key } = json(request);
  for (const part of [title, key]) isText("part", part, 1000);
  assert.ok(["firing", "resolved"].includes(status));
}

function twilio(request) {
  assert.match(request.path, /^\/2010-04-01\/Accounts\/AC[0-9a-f]{32}\/Messages\.json$/);
  assert.match(request.headers.authorization, /^Basic /);
  const parameters = form(request);
  assert.match(parameters.get("To"), /^\+[1-9][0-9]{1,14}$/);
  assert.ok(parameters.get("From") || parameters.get("MessagingServiceSid"));
  isText("body", parameters.get("Body"), 1600);
}

function apprise(request) {
  assert.match(request.path, /^\/notify\/[^/]+$/);
  const { title, body, type, format } = json(request);
  isText("title", title, 1000);
  isText("body", body, 10_000);
  assert.ok(["info", "success", "warning", "failure"].includes(type));
  assert.equal(format, "text");
}

export const rules = {
  ...{ discord, slack, telegram, mailgun, resend, pagerduty, pushover, webhook, ping },
  ...{ ntfy, teams, googlechat, matrix, mattermost: attachment, rocketchat: attachment, zulip, gotify },
  ...{ opsgenie, grafana, incidentio, twilio, apprise },
};
