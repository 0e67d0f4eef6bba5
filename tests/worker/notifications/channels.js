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

// A channel of each other type.
export const kMoreChannels = [
  { type: "ntfy", name: "ntfy" },
  { type: "teams", name: "teams" },
  { type: "googlechat", name: "googlechat" },
  { type: "matrix", name: "matrix" },
  { type: "mattermost", name: "mattermost" },
  { type: "rocketchat", name: "rocketchat" },
  { type: "zulip", name: "zulip", config: { stream: "alerts" } },
  { type: "gotify", name: "gotify" },
  { type: "opsgenie", name: "opsgenie" },
  { type: "grafana", name: "grafana" },
  { type: "incidentio", name: "incidentio" },
  { type: "twilio", name: "twilio" },
  { type: "apprise", name: "apprise" },
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
export const kMoreCredentials = {
  ALERT_API_KEY: kAlertKey,
  NOTIFICATION_NTFY_URL: "https://ntfy.sh/topic-of-mine",
  NOTIFICATION_NTFY_TOKEN: "tk_ntfy",
  NOTIFICATION_TEAMS_WEBHOOKURL: "https://teams.example/workflows/id/triggers/manual/paths/invoke?sig=s1g",
  NOTIFICATION_GOOGLECHAT_WEBHOOKURL: "https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=t0ken",
  NOTIFICATION_MATRIX_URL: "https://matrix.example",
  NOTIFICATION_MATRIX_ROOMID: "!room:matrix.example",
  NOTIFICATION_MATRIX_ACCESSTOKEN: "syt_token",
  NOTIFICATION_MATTERMOST_WEBHOOKURL: "https://mattermost.example/hooks/h00k",
  NOTIFICATION_ROCKETCHAT_WEBHOOKURL: "https://rocketchat.example/hooks/id/t0ken",
  NOTIFICATION_ZULIP_URL: "https://zulip.example",
  NOTIFICATION_ZULIP_BOTEMAIL: "bot@zulip.example",
  NOTIFICATION_ZULIP_APIKEY: "zul1p-key",
  NOTIFICATION_GOTIFY_URL: "https://gotify.example",
  NOTIFICATION_GOTIFY_APPTOKEN: "A-gotify",
  NOTIFICATION_OPSGENIE_APIKEY: "genie-key",
  NOTIFICATION_GRAFANA_URL: "https://grafana.example/integrations/v1/formatted_webhook/t0ken/",
  NOTIFICATION_INCIDENTIO_URL: "https://api.incident.io/v2/alert_events/http/s0urce",
  NOTIFICATION_INCIDENTIO_APITOKEN: "inc-token",
  NOTIFICATION_TWILIO_ACCOUNTSID: "AC0123456789abcdef0123456789abcdef",
  NOTIFICATION_TWILIO_AUTHTOKEN: "twilio-token",
  NOTIFICATION_TWILIO_SENDER: "+15550100",
  NOTIFICATION_TWILIO_RECIPIENT: "+15550199",
  NOTIFICATION_APPRISE_URL: "https://apprise.example/notify/key",
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
