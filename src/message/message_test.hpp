// What the tests of the channels share: a configuration with one channel of every type, and messages.
#pragma once

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"
#include "channels/send_of.hpp"
#include "config/secrets.hpp"
#include "text/json.hpp"

namespace hb {

inline const Time kTestTime = *parse_iso("2026-11-22T06:05:12.000Z");

// Text that wants to be markup in every channel's language, and more of it than any of them takes.
inline const std::string kHostile =
    "<script>alert(1)</script> *b* _i_ ~s~ `c` [x](https://e.example) > q | t & $& ${x} {{message}} {{x}} "
    "@everyone "
    "<!channel> <@123> \\ 😀 \u202Eright-to-left \u05D0\u05D1 \"q\" 'q'";

inline std::string test_file(const std::string& name) {
  std::ifstream file(std::string(TEST_DATA) + "/" + name, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  INFO("tests/data/" << name);
  REQUIRE(!text.str().empty());
  return text.str();
}

inline std::map<std::string, std::string> first_credentials() {
  return {{"NOTIFICATION_DISCORD_WEBHOOKURL", "https://discord.example/api/webhooks/123/discord-token"},
          {"NOTIFICATION_SLACK_WEBHOOKURL", "https://hooks.slack.example/services/T000/B000/slack-token"},
          {"NOTIFICATION_TELEGRAM_BOTTOKEN", "123456:telegram-token"},
          {"NOTIFICATION_TELEGRAM_CHATID", "-1001234567890"},
          {"NOTIFICATION_WEBHOOK_URL", "https://hook.example/heartbeat"},
          {"NOTIFICATION_PUSHOVER_USERKEY", "user-key"},
          {"NOTIFICATION_PUSHOVER_APITOKEN", "api-token"},
          {"NOTIFICATION_PAGERDUTY_ROUTINGKEY", "0123456789abcdef0123456789abcdef"},
          {"NOTIFICATION_MAILGUN_APIKEY", "mailgun-key"},
          {"NOTIFICATION_MAILGUN_DOMAIN", "mg.example.com"},
          {"NOTIFICATION_RESEND_APIKEY", "re_key"}};
}

inline std::map<std::string, std::string> more_credentials() {
  return {
      {"NOTIFICATION_NTFY_URL", "https://ntfy.example/topic-of-mine"},
      {"NOTIFICATION_NTFY_TOKEN", "tk_ntfy"},
      {"NOTIFICATION_TEAMS_WEBHOOKURL", "https://teams.example/workflows/teams-id/invoke?sig=teams-sig"},
      {"NOTIFICATION_GOOGLECHAT_WEBHOOKURL",
       "https://chat.example/v1/spaces/A/messages?key=k&token=chat-token"},
      {"NOTIFICATION_MATRIX_URL", "https://matrix.example/"},
      {"NOTIFICATION_MATRIX_ROOMID", "!room:matrix.example"},
      {"NOTIFICATION_MATRIX_ACCESSTOKEN", "matrix-token"},
      {"NOTIFICATION_MATTERMOST_WEBHOOKURL", "https://mattermost.example/hooks/mattermost-hook"},
      {"NOTIFICATION_ROCKETCHAT_WEBHOOKURL", "https://rocket.example/hooks/rocket-id/rocket-token"},
      {"NOTIFICATION_ZULIP_URL", "https://zulip.example"},
      {"NOTIFICATION_ZULIP_BOTEMAIL", "bot@zulip.example"},
      {"NOTIFICATION_ZULIP_APIKEY", "zulip-key"},
      {"NOTIFICATION_GOTIFY_URL", "https://gotify.example/sub/"},
      {"NOTIFICATION_GOTIFY_APPTOKEN", "gotify-token"},
      {"NOTIFICATION_OPSGENIE_APIKEY", "opsgenie-key"},
      {"NOTIFICATION_GRAFANA_URL", "https://grafana.example/integrations/v1/formatted_webhook/grafana-id/"},
      {"NOTIFICATION_INCIDENTIO_URL", "https://incident.example/v2/alert_events/http/incident-id"},
      {"NOTIFICATION_INCIDENTIO_APITOKEN", "incident-token"},
      {"NOTIFICATION_TWILIO_ACCOUNTSID", "AC0123"},
      {"NOTIFICATION_TWILIO_AUTHTOKEN", "twilio-token"},
      {"NOTIFICATION_TWILIO_SENDER", "+15550100"},
      {"NOTIFICATION_TWILIO_RECIPIENT", "+15550199"},
      {"NOTIFICATION_APPRISE_URL", "https://apprise.example/notify/apprise-key"}};
}

inline Config channel_config() {
  Config config;
  config.settings.monitoring.public_url = "https://status.example.com";
  for (const char* type : {"discord", "slack", "telegram", "webhook", "pushover", "pagerduty"})
    config.notifications.channels.push_back({.type = type, .name = type});
  for (const char* type : {"ntfy", "teams", "googlechat", "matrix", "mattermost", "rocketchat", "zulip",
                           "gotify", "opsgenie", "grafana", "incidentio", "twilio", "apprise"})
    config.notifications.channels.push_back({.type = type, .name = type});
  config.notifications.channels[12].stream = "alerts";
  for (const char* provider : {"mailgun", "resend", "cloudflare"}) {
    config.notifications.channels.push_back({.type = "email",
                                             .name = provider,
                                             .provider = provider,
                                             .from = "Monitor <monitor@example.com>",
                                             .to = {"ops@example.com", "Boss <boss@example.com>"}});
  }
  std::map<std::string, std::string> credentials = first_credentials();
  credentials.merge(more_credentials());
  config.secrets = read_secrets(credentials);
  return config;
}

inline Channel& channel_named(Config& config, std::string_view name) {
  for (Channel& channel : config.notifications.channels) {
    if (channel.name == name) return channel;
  }
  FAIL(name);
  return config.notifications.channels.front();
}

inline Message down_message() {
  return {.kind = MessageKind::down,
          .title = "Website is down",
          .text = "No heartbeat for 6 min, limit 5 min",
          .severity = "critical",
          .status = "down",
          .timestamp = kTestTime,
          .service_id = "web",
          .service_name = "Website",
          .group_name = "Production",
          .previous = "up",
          .since = kTestTime,
          .last_seen = kTestTime - 5min,
          .heartbeat_message = "all well",
          .metadata = R"({"hostname":"server-1","load":0.5})",
          .dedup_key = "service:web:1795327200000"};
}

inline Message up_message() {
  Message message = down_message();
  message.kind = MessageKind::up;
  message.title = "Website is up";
  message.text = "It was down for 6 min";
  message.severity = "info";
  message.status = "up";
  message.previous = "down";
  message.duration = 6min;
  return message;
}

inline Message hostile_message(MessageKind kind) {
  Message message = down_message();
  message.kind = kind;
  for (std::string Message::*field : {&Message::title, &Message::text, &Message::service_name,
                                      &Message::group_name, &Message::heartbeat_message, &Message::source})
    message.*field = kHostile;
  Json labels = {{kHostile, kHostile}, {"number", 5}, {"null", nullptr}, {"nested", {{"a", {1, 2}}}}};
  message.metadata = message.labels = labels.dump();
  return message;
}

// Every fourth letter is an emoji.
inline std::string letters(size_t size) {
  std::string text;
  for (size_t i = 0; i < size; ++i) text += i % 4 == 0 ? "😀" : "&";
  return text;
}

// Letters in all its texts: `size` of them in what it says, and more in all others, and more labels, than any channel
// shows.
inline Message long_message(MessageKind kind, size_t size) {
  const std::string name = letters(std::min<size_t>(size, 600));
  Message message = down_message();
  message.kind = kind;
  message.text = letters(size);
  for (std::string Message::*field : {&Message::title, &Message::service_name, &Message::group_name,
                                      &Message::heartbeat_message, &Message::source, &Message::dedup_key})
    message.*field = name;
  Json labels;
  for (int i = 0; i < 26; ++i) labels[std::to_string(i) + letters(300)] = name;
  message.metadata = message.labels = labels.dump();
  message.lines.assign(20, name);
  message.more = 100;
  return message;
}

inline Send send_through(const Config& config, std::string_view channel, const Message& message,
                         const SendOptions& options = {.at = kTestTime}) {
  for (const Channel& one : config.notifications.channels) {
    if (one.name != channel) continue;
    const auto made = send_of(config, one, message, options);
    if (const auto* error = std::get_if<Error>(&made)) FAIL(error->text);
    return std::get<Send>(made);
  }
  FAIL(channel);
  return {};
}

inline Json body_json(const Send& send) {
  INFO(send.body);
  const auto json = parse_json(send.body);
  REQUIRE(json);
  return *json;
}

inline std::string header(const Send& send, std::string_view name) {
  for (const auto& [key, value] : send.headers) {
    if (key == name) return value;
  }
  return "";
}

// The parameters of a form, decoded, in their order.
inline std::vector<std::pair<std::string, std::string>> form(const Send& send) {
  std::vector<std::pair<std::string, std::string>> out;
  std::istringstream pairs(send.body);
  for (std::string pair; std::getline(pairs, pair, '&');) {
    const size_t equals = pair.find('=');
    out.emplace_back(decoded_path(pair.substr(0, equals)), decoded_path(pair.substr(equals + 1)));
  }
  return out;
}

inline std::string parameter(const Send& send, std::string_view name) {
  for (const auto& [key, value] : form(send)) {
    if (key == name) return value;
  }
  return "";
}

}  // namespace hb
