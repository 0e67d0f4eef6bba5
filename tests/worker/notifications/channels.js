// A monitor with a channel of every kind.

import { startMonitor } from "../harness.js";
import { kSigningSecret } from "./rules.js";

const mail = (provider) => ({ provider, from: "Monitor <monitor@example.com>", to: ["ops@example.com"] });

export const kChannels = [
  { type: "discord", name: "discord" },
  { type: "slack", name: "slack" },
  { type: "telegram", name: "telegram" },
  { type: "email", name: "mailgun", config: mail("mailgun") },
  { type: "email", name: "resend", config: mail("resend") },
  { type: "pagerduty", name: "pagerduty" },
  { type: "pushover", name: "pushover" },
  { type: "webhook", name: "webhook" },
];

export const kNames = kChannels.map(({ name }) => name);
export const kAlertKey = "key-alert";

const kSecret = "s3cret";
export const kCredentials = {
  ALERT_API_KEY: kAlertKey,
  NOTIFICATION_DISCORD_WEBHOOKURL: `https://discord.com/api/webhooks/1/${kSecret}`,
  NOTIFICATION_SLACK_WEBHOOKURL: `https://hooks.slack.com/services/${kSecret}`,
  NOTIFICATION_TELEGRAM_BOTTOKEN: `1:${kSecret}`,
  NOTIFICATION_TELEGRAM_CHATID: "-100",
  NOTIFICATION_MAILGUN_APIKEY: kSecret,
  NOTIFICATION_MAILGUN_DOMAIN: "mg.example.com",
  NOTIFICATION_RESEND_APIKEY: kSecret,
  NOTIFICATION_PAGERDUTY_ROUTINGKEY: "0123456789abcdef0123456789abcdef",
  NOTIFICATION_PUSHOVER_USERKEY: kSecret,
  NOTIFICATION_PUSHOVER_APITOKEN: kSecret,
  NOTIFICATION_WEBHOOK_URL: `https://hook.example/${kSecret}`,
  NOTIFICATION_WEBHOOK_SIGNINGSECRET: kSigningSecret,
};
export const kSecrets = [kSecret, kCredentials.NOTIFICATION_PAGERDUTY_ROUTINGKEY, kSigningSecret];

export const kAlive = ["db", "mail", "dns"]; // so that "web" is never everybody

// `ids` are the services; `settings` those of notifications.json.
export function startNotifying({
  ids = ["web", ...kAlive],
  channels = kChannels,
  settings = { cooldownMinutes: 0 },
  secrets = kCredentials,
  templates,
  names = {},
  ...more
} = {}) {
  const services = ids.map((id) => ({ id, name: names[id] ?? id, auth: { required: false } }));
  return startMonitor({
    ...more,
    secrets,
    config: {
      services: { services },
      notifications: { channels, settings, templates },
      settings: { api: { enableTestNotificationEndpoint: true }, monitoring: { kvLagSeconds: 0 } },
    },
  });
}

export function beats(monitor, services) {
  return () => monitor.post("/api/heartbeat", { services });
}

export async function takeDown(monitor, all = ["web", ...kAlive]) {
  await monitor.minutesPass(1, beats(monitor, all));
  await monitor.minutesPass(6, beats(monitor, all.slice(1)));
}
