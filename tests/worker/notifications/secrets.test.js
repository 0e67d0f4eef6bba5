// Providers that echo whatever they were sent, each in its own words and in every encoding: no secret gets out by
// way of them, into a log, a row, an answer, or a message to somebody else.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { kModes } from "../modes.js";
import { beats, kAlertKey, kAlive, kChannels, kNames, startNotifying, takeDown } from "./channels.js";
import { startProviders } from "./providers.js";
import { kSigningSecret } from "./rules.js";

// Short ones and long ones, with and without signs.
const kCanaries = {
  NOTIFICATION_DISCORD_WEBHOOKURL: [
    "https://discord.com/api/webhooks/1/",
    "disc0-cAnary_of-68-characters-or-so-9f",
  ],
  NOTIFICATION_SLACK_WEBHOOKURL: ["https://hooks.slack.com/services/", "T0slackcan"],
  NOTIFICATION_TELEGRAM_BOTTOKEN: ["77:", "AAtelegramC4nary"],
  NOTIFICATION_TELEGRAM_CHATID: ["", "-1009988776655"],
  NOTIFICATION_MAILGUN_APIKEY: ["", "ma1l-gunCanary"],
  NOTIFICATION_MAILGUN_DOMAIN: ["", "mg.canary.example"],
  NOTIFICATION_RESEND_APIKEY: ["re_", "r3send+can/ary="],
  NOTIFICATION_PAGERDUTY_ROUTINGKEY: ["", "ca9a21ca9a21ca9a21ca9a21ca9a21ca"],
  NOTIFICATION_PUSHOVER_USERKEY: ["", "uPushCanary9"],
  NOTIFICATION_PUSHOVER_APITOKEN: ["", 'aPushCanary8 "&\\'],
  NOTIFICATION_WEBHOOK_URL: ["https://hook.example/", "h00kC"],
  NOTIFICATION_WEBHOOK_AUTHTOKEN: ["", "we6hook(token)"],
  NOTIFICATION_WEBHOOK_SIGNINGSECRET: ["", kSigningSecret],
  MONITOR_PING_URL: ["https://watcher.example/", "p1ngCanary"],
};
const kSecrets = Object.fromEntries(Object.entries(kCanaries).map(([name, parts]) => [name, parts.join("")]));
const kCanary = Object.values(kCanaries).map(([, canary]) => canary);

const base64 = (text) => Buffer.from(text).toString("base64");
const url = (text) => text.replaceAll("+", "-").replaceAll("/", "_");
const percent = (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join("");
const json = (text) => [...text].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join("");

const kEncodings = {
  "as it is": (text) => text,
  percent: (text) => encodeURIComponent(text),
  "percent of everything": percent,
  "JSON in JSON": (text) => JSON.stringify(text),
  "JSON of everything": json,
  base64,
  "base64 behind one letter": (text) => base64(`:${text}`),
  "base64 behind two letters": (text) => url(base64(`::${text}`)),
};

// What of it could be seen in a text: the canary, or a good part of it.
const sightings = kCanary.flatMap((canary) => {
  const part = canary.slice(0, 12);
  const all = [
    canary,
    part,
    encodeURIComponent(part),
    percent(part),
    json(part),
    base64(part).slice(0, -4),
    ...[":", "::"].map((before) => base64(before + part).slice(4, -4)),
  ];
  return all.filter(({ length }) => length >= 5);
});
const isSeen = (text) => sightings.find((one) => text.includes(one) || text.includes(url(one)));

// Where each provider explains itself.
const kWords = {
  discord: (words) => JSON.stringify({ message: words }),
  slack: (words) => words,
  telegram: (words) => JSON.stringify({ ok: false, error_code: 500, description: words }),
  mailgun: (words) => JSON.stringify({ message: words }),
  resend: (words) => JSON.stringify({ message: words }),
  pagerduty: (words) => JSON.stringify({ errors: [words], message: words }),
  pushover: (words) => JSON.stringify({ errors: [words], status: 0 }),
  webhook: (words) => words,
};

for (const { mode, collector } of kModes) {
  describe(`providers that echo what they get, ${mode}`, () => {
    let monitor, providers;
    before(async () => {
      providers = await startProviders();
      monitor = await startNotifying({ collector, secrets: { ALERT_API_KEY: kAlertKey, ...kSecrets } });
    });
    after(async () => {
      await monitor.close();
      await providers.close();
    });

    // All that a request had, in short pieces, so that some of it is shown.
    const echo = (provider, status, encode) => (request) => {
      const all = [request.path, ...Object.values(request.headers), request.body, ...kCanary];
      const pieces = all.flatMap((text) => [text, text.split(/[ =&/:"]+/)].flat());
      const secret = kCanary.filter((canary) =>
        all.slice(0, -kCanary.length).some((text) => text.includes(canary)),
      );
      const words = [...secret, ...pieces].map((piece) => encode(piece).slice(0, 60)).join(" ; ");
      return { status, body: kWords[provider](words) };
    };

    test("hand no secret on", async () => {
      await takeDown(monitor);
      assert.equal(new Set(providers.requests.map(({ provider }) => provider)).size >= kNames.length, true);
      for (const [encoding, encode] of Object.entries(kEncodings)) {
        for (const status of [404, 500, 400]) {
          for (const name of kNames) providers.answers(name, echo(name, status, encode));
          for (const channelName of kNames) {
            const answer = await monitor.post(
              "/api/test-notification",
              { channelName, eventType: "test" },
              { key: kAlertKey },
            );
            assert.equal(answer.body.success, false);
            assert.equal(
              isSeen(JSON.stringify(answer.body)),
              undefined,
              `${channelName}, ${status}, ${encoding}`,
            );
          }
        }
      }
    });

    test("have none stored or logged, and none told to others", async () => {
      for (const [i, { name }] of kChannels.entries()) {
        const encode = Object.values(kEncodings)[i % Object.keys(kEncodings).length];
        providers.answers(name, echo(name, 404, encode));
      }
      await monitor.minutesPass(6, beats(monitor, ["web", ...kAlive])); // broken by the recovery
      for (const name of kNames) providers.answers(name, undefined);
      providers.news();
      await monitor.minutesPass(12, beats(monitor, ["web", ...kAlive]));
      const told = providers.news();
      assert.ok(
        told.some(({ body }) => /is broken|is%20broken/.test(body)),
        "nobody was told",
      );
      for (const { provider, body } of told) {
        const others = sightings.filter(
          (one) => !own(provider).some((canary) => one.includes(canary.slice(0, 4))),
        );
        assert.equal(
          others.find((one) => body.includes(one)),
          undefined,
          provider,
        );
      }
      const answers = await Promise.all(
        ["/", "/api/status", "/api/self", "/api/services", "/api/alerts/recent?hours=100"].map(async (path) =>
          JSON.stringify(await monitor.get(path, { key: kAlertKey })),
        ),
      );
      const all = [...answers, JSON.stringify(await monitor.stored()), JSON.stringify(monitor.logs())];
      assert.match(all.join(), /HTTP 404/);
      for (const text of all) assert.equal(isSeen(text), undefined);
    });
  });
}

// The canaries that a provider gets as its own credentials.
function own(provider) {
  return Object.entries(kCanaries)
    .filter(([name]) => name.includes(`_${provider.toUpperCase()}_`))
    .map(([, [, canary]]) => canary);
}
