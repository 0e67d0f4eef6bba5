#include "config/channel_types.hpp"

#include "message/message_test.hpp"

namespace hb::channel_types_test {
namespace {

std::string fault_with(const std::string& secret, const std::string& value, std::string_view channel) {
  Config config = channel_config();
  config.secrets.notification[secret] = value;
  if (value.empty()) config.secrets.notification.erase(secret);
  return channel_fault(config, channel_named(config, channel)).value_or("");
}

}  // namespace

TEST_CASE("a channel that lacks a credential says which one") {
  const std::pair<const char*, const char*> table[] = {
      {"NOTIFICATION_DISCORD_WEBHOOKURL", "discord"}, {"NOTIFICATION_SLACK_WEBHOOKURL", "slack"},
      {"NOTIFICATION_TELEGRAM_BOTTOKEN", "telegram"}, {"NOTIFICATION_TELEGRAM_CHATID", "telegram"},
      {"NOTIFICATION_WEBHOOK_URL", "webhook"},        {"NOTIFICATION_PUSHOVER_USERKEY", "pushover"},
      {"NOTIFICATION_PUSHOVER_APITOKEN", "pushover"}, {"NOTIFICATION_PAGERDUTY_ROUTINGKEY", "pagerduty"},
      {"NOTIFICATION_MAILGUN_APIKEY", "mailgun"},     {"NOTIFICATION_MAILGUN_DOMAIN", "mailgun"},
      {"NOTIFICATION_RESEND_APIKEY", "resend"}};
  for (const auto& [secret, channel] : table)
    CHECK(fault_with(secret, "", channel) == "The secret " + std::string(secret) + " is not set");
}

TEST_CASE("the address of ntfy has a topic") {
  for (const char* url : {"https://ntfy.sh", "https://ntfy.sh/", "http://ntfy.sh/topic", "ntfy.sh/topic"}) {
    CHECK(fault_with("NOTIFICATION_NTFY_URL", url, "ntfy") ==
          "The secret NOTIFICATION_NTFY_URL is not an https URL with a topic, as in https://ntfy.sh/topic");
  }
  CHECK(fault_with("NOTIFICATION_NTFY_URL", "https://ntfy.sh/topic", "ntfy").empty());
}

TEST_CASE("a channel lacks exactly the credentials that its type needs") {
  struct Row {
    Channel channel;
    std::vector<std::string> missing;
  };
  const std::vector<Row> rows = {
      {{.type = "discord", .name = "c"}, {"NOTIFICATION_C_WEBHOOKURL"}},
      {{.type = "slack", .name = "c"}, {"NOTIFICATION_C_WEBHOOKURL"}},
      {{.type = "telegram", .name = "c"}, {"NOTIFICATION_C_BOTTOKEN", "NOTIFICATION_C_CHATID"}},
      {{.type = "email", .name = "c", .provider = "mailgun"},
       {"NOTIFICATION_C_APIKEY", "NOTIFICATION_C_DOMAIN"}},
      {{.type = "email", .name = "c", .provider = "resend"}, {"NOTIFICATION_C_APIKEY"}},
      {{.type = "email", .name = "c", .provider = "cloudflare"}, {}},
      {{.type = "webhook", .name = "c"}, {"NOTIFICATION_C_URL"}},
      {{.type = "pushover", .name = "c"}, {"NOTIFICATION_C_USERKEY", "NOTIFICATION_C_APITOKEN"}},
      {{.type = "pagerduty", .name = "c"}, {"NOTIFICATION_C_ROUTINGKEY"}}};
  for (const Row& row : rows) {
    INFO(row.channel.type << " " << row.channel.provider);
    CHECK(missing_secrets({}, row.channel) == row.missing);
    std::map<std::string, std::string> env;
    for (const std::string& name : row.missing) env[name] = "https://x.example";
    CHECK(missing_secrets(read_secrets(env), row.channel).empty());
  }
}

TEST_CASE("addresses must be https unless they are on this machine") {
  for (const char* url :
       {"https://a.example/x", "http://127.0.0.1:8787/x", "http://localhost/x", "http://[::1]:1"}) {
    INFO(url);
    CHECK(fault_with("NOTIFICATION_WEBHOOK_URL", url, "webhook").empty());
  }
  for (const char* url : {"http://a.example", "http://127.0.0.1.example", "http://localhost.example/", "a",
                          "//a", "ftp://localhost", "https://", "https://a b", "javascript:alert(1)"}) {
    INFO(url);
    CHECK(fault_with("NOTIFICATION_WEBHOOK_URL", url, "webhook") ==
          "The secret NOTIFICATION_WEBHOOK_URL is not an https URL");
  }
}

TEST_CASE("credentials that cannot be sent are faults that do not tell them") {
  CHECK(fault_with("NOTIFICATION_WEBHOOK_SIGNINGSECRET", "whsec_no base64", "webhook") ==
        "The secret NOTIFICATION_WEBHOOK_SIGNINGSECRET is not base64 behind whsec_");
  CHECK(fault_with("NOTIFICATION_WEBHOOK_AUTHTOKEN", "a\r\nX: b", "webhook") ==
        "The secret NOTIFICATION_WEBHOOK_AUTHTOKEN is not one line of ASCII text");
  CHECK(fault_with("NOTIFICATION_RESEND_APIKEY", "ключ", "resend") ==
        "The secret NOTIFICATION_RESEND_APIKEY is not one line of ASCII text");
}

TEST_CASE("secrets that belong to other types are no fault") {
  CHECK(fault_with("NOTIFICATION_PUSHOVER_URL", "http://a.example", "pushover").empty());
  CHECK(fault_with("NOTIFICATION_CLOUDFLARE_APIKEY", "ключ", "cloudflare").empty());
}

TEST_CASE("a credential is known as one in any case of letters, whichever type it is of") {
  for (const char* name : {"webhookUrl", "WEBHOOKURL", "botToken", "chatid", "apiKey", "domain", "url",
                           "authToken", "userKey", "apiToken", "routingKey", "signingSecret"})
    CHECK(is_credential(name));
  for (const char* name : {"", "to", "from", "method", "webhook", "urls"}) CHECK_FALSE(is_credential(name));
}

TEST_CASE("only a type that is there has a row") {
  for (const ChannelType& type : kChannelTypes) CHECK(&kChannelTypes[*channel_type(type.name)] == &type);
  for (const char* name : {"", "sms", "Discord"}) CHECK_FALSE(channel_type(name));
}

TEST_CASE("only some types keep incidents") {
  static constexpr std::string_view kKeepers[] = {"pagerduty", "opsgenie", "grafana", "incidentio"};
  for (const ChannelType& type : kChannelTypes) {
    INFO(type.name);
    const bool is_keeper =
        std::find(std::begin(kKeepers), std::end(kKeepers), type.name) != std::end(kKeepers);
    CHECK(keeps_incidents({.type = std::string(type.name)}) == is_keeper);
  }
  CHECK_FALSE(keeps_incidents({.type = "sms"}));
}

TEST_CASE("a signing secret is base64 with or without its prefix") {
  CHECK(signing_key("whsec_Zm9v") == "foo");
  CHECK(signing_key("Zm9v") == "foo");
  for (const char* secret : {"", "whsec_", "whsec_Zm9v!", "whsec_whsec_Zm9v", "plain text"}) {
    INFO(secret);
    CHECK_FALSE(signing_key(secret));
  }
}

}  // namespace hb::channel_types_test
