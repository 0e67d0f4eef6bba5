#include "config/config_test.hpp"

namespace hb::notifications_test {
namespace {

constexpr const char* kMail = R"({"type":"email","name":"m","enabled":false,"config":{)";
constexpr const char* kHook = R"({"type":"webhook","name":"w","enabled":false,"config":{)";

NotificationSettings read(const std::string& text) {
  ParsedConfig parsed = parse({.notifications = text});
  INFO(joined(parsed.faults));
  CHECK(parsed.faults.empty());
  return std::move(parsed.config.notifications);
}

std::string channels(const std::string& list) {
  return R"({"channels":[)" + list + "]}";
}
std::string mail(const std::string& config) {
  return channels(kMail + config + "}}");
}
std::string hook(const std::string& config) {
  return channels(kHook + config + "}}");
}
std::string settings(const std::string& members) {
  return R"({"settings":{)" + members + "}}";
}

TEST_CASE("without a word about notifications they have their defaults") {
  const NotificationSettings usual = read("{}");

  CHECK(usual.enabled);
  CHECK(usual.cooldown_minutes == 5);
  CHECK(usual.repeat_alert_minutes == 0);
  CHECK(usual.include_metadata);
  CHECK(usual.timezone == "UTC");
  CHECK(usual.digest_after == 5);
  CHECK(usual.alert_history.max_alerts == 100);
  CHECK(usual.alert_history.max_age_days == 7);
  CHECK(usual.templates.empty());
  CHECK(usual.channels.empty());
}

TEST_CASE("the settings of notifications are read") {
  const NotificationSettings read_back = read(R"({"enabled":false,"settings":{"cooldownMinutes":0,
    "repeatAlertMinutes":60,"includeMetadata":false,"timezone":"America/Argentina/Buenos_Aires","digestAfter":1,
    "alertHistory":{"maxAlerts":1000,"maxAgeDays":1}}})");

  CHECK_FALSE(read_back.enabled);
  CHECK(read_back.cooldown_minutes == 0);
  CHECK(read_back.repeat_alert_minutes == 60);
  CHECK_FALSE(read_back.include_metadata);
  CHECK(read_back.timezone == "America/Argentina/Buenos_Aires");
  CHECK(read_back.digest_after == 1);
  CHECK(read_back.alert_history.max_alerts == 1000);
  CHECK(read_back.alert_history.max_age_days == 1);
}

TEST_CASE(
    "a channel is called after its type, is announced everything, and takes alerts, unless it says "
    "otherwise") {
  const auto read_back = read(channels(R"({"type":"slack","enabled":false},
    {"type":"slack","name":"ops","enabled":false,"events":["up","down"],"externalAlerts":false})"));

  CHECK(read_back.channels == std::vector{Channel{.type = "slack", .name = "slack", .enabled = false},
                                          Channel{.type = "slack",
                                                  .name = "ops",
                                                  .enabled = false,
                                                  .external_alerts = false,
                                                  .events = {.down = true, .up = true, .degraded = false}}});
}

TEST_CASE("e-mail and webhook channels have settings of their own") {
  const auto read_back = read(channels(
      kMail +
      std::string(
          R"("provider":"resend","region":"eu","from":"Monitor <m@x.example>","to":["a@x.example","b@x.example"]}},)") +
      kHook + R"("method":"PUT","headers":{"X-A":"1","Content-Type":"text/plain"},"authHeader":"X-Key"}})"));

  CHECK(read_back.channels[0] == Channel{.type = "email",
                                         .name = "m",
                                         .enabled = false,
                                         .provider = "resend",
                                         .region = "eu",
                                         .from = "Monitor <m@x.example>",
                                         .to = {"a@x.example", "b@x.example"}});
  CHECK(read_back.channels[1] == Channel{.type = "webhook",
                                         .name = "w",
                                         .enabled = false,
                                         .method = "PUT",
                                         .headers = {{"X-A", "1"}, {"Content-Type", "text/plain"}},
                                         .auth_header = "X-Key"});
}

TEST_CASE("each type of channels has fields of its own") {
  const auto read_back =
      read(channels(R"({"type":"telegram","enabled":false,"config":{"threadId":42}},)"
                    R"({"type":"discord","enabled":false,"config":{"forum":true}},)"
                    R"({"type":"pagerduty","enabled":false,"config":{"region":"eu"}},)"
                    R"({"type":"opsgenie","enabled":false,"config":{"region":"jira"}},)"
                    R"({"type":"zulip","enabled":false,"config":{"stream":"alerts","topic":"t"}},)"
                    R"({"type":"apprise","enabled":false,"config":{"tag":"ops"}},)"
                    R"({"type":"webhook","enabled":false,"config":{"body":"{\"text\":\"{{headline}}\"}"}})"));
  CHECK(read_back.channels.at(0).thread == "42");
  CHECK(read_back.channels.at(1).posts_to_forum);
  CHECK(read_back.channels.at(2).region == "eu");
  CHECK(read_back.channels.at(3).region == "jira");
  CHECK((read_back.channels.at(4).stream == "alerts" && read_back.channels.at(4).topic == "t"));
  CHECK(read_back.channels.at(5).tag == "ops");
  CHECK(read_back.channels.at(6).body == R"({"text":"{{headline}}"})");
}

TEST_CASE("what a channel says in its config counts as if it stood beside it, but not in both places") {
  const auto read_back = read(channels(
      R"({"type":"slack","config":{"name":"ops","enabled":false,"externalAlerts":false,"events":["down"]}})"));
  CHECK(read_back.channels == std::vector{Channel{.type = "slack",
                                                  .name = "ops",
                                                  .enabled = false,
                                                  .external_alerts = false,
                                                  .events = {.down = true, .up = false, .degraded = false}}});
  check_faults(&Files::notifications,
               {{channels(R"({"type":"slack","enabled":false,"events":["up"],"config":{"events":["down"]}})"),
                 "channels[0].config.events", "stands beside config already; delete one of the two"}});
}

TEST_CASE("an enabled channel without its credentials is a warning that names the secret") {
  Files files{.notifications = channels(R"({"type":"telegram","name":"on-call"},{"type":"slack"})"),
              .env = {{"NOTIFICATION_ON_CALL_BOTTOKEN", "1:a"}}};
  const auto parsed = parse(files);
  CHECK(parsed.faults.empty());
  CHECK(sentences(parsed.warnings) ==
        std::vector<std::string>{"notifications.json: channels[0]: is enabled, but the secret "
                                 "NOTIFICATION_ON_CALL_CHATID is not set; its "
                                 "messages will fail",
                                 "notifications.json: channels[1]: is enabled, but the secret "
                                 "NOTIFICATION_SLACK_WEBHOOKURL is not set; "
                                 "its messages will fail"});

  files.env["NOTIFICATION_ON_CALL_CHATID"] = "2";
  files.env["NOTIFICATION_SLACK_WEBHOOKURL"] = "https://hooks.slack.com/x";
  CHECK(parse(files).warnings.empty());
}

TEST_CASE("channels that are never written to need no credentials") {
  check_sound(&Files::notifications, {channels(R"({"type":"slack","enabled":false})"),
                                      R"({"enabled":false,"channels":[{"type":"slack"}]})"});
}

TEST_CASE("an address among the secrets that is not https is a warning, without the address") {
  const auto parsed = parse({.notifications = channels(R"({"type":"webhook","name":"w"})"),
                             .env = {{"NOTIFICATION_W_URL", "http://secret.example"}}});

  CHECK(has(parsed.warnings, "channels[0]", "NOTIFICATION_W_URL is not an https URL"));
  CHECK(joined(parsed.warnings).find("secret.example") == std::string::npos);
}

TEST_CASE("a credential in the file is a warning that names the secret and not its value") {
  const auto parsed =
      parse({.notifications = channels(
                 R"({"type":"discord","name":"d","enabled":false,"config":{"webhookUrl":"https://hush"}})")});

  CHECK(sentences(parsed.warnings) ==
        std::vector<std::string>{
            "notifications.json: channels[0].config.webhookUrl: is a credential: delete it here "
            "and put it into the secret NOTIFICATION_D_WEBHOOKURL"});
}

TEST_CASE("the secrets of two channels must not have one name") {
  const std::string first = R"({"type":"slack","name":"on-call","enabled":false},)";
  check_sound(&Files::notifications,
              {channels(first + R"({"type":"slack","name":"on-call-2","enabled":false})")});
  for (const char* name : {"on-call", "On Call", "on.call"}) {
    check_faults(&Files::notifications,
                 {{channels(first + R"({"type":"discord","enabled":false,"name":")" + name + "\"}"),
                   "channels[1]", "NOTIFICATION_ON_CALL_"}});
  }
  check_faults(&Files::notifications,
               {{channels(R"({"type":"slack","enabled":false},{"type":"slack","enabled":false})"),
                 "channels[1]", "NOTIFICATION_SLACK_"}});
}

TEST_CASE("what a channel may not say is a fault with its place") {
  check_faults(
      &Files::notifications,
      {{channels(R"({"type":"sms","name":"x","enabled":false})"), "channels[0].type", "\"pagerduty\""},
       {channels(R"({"type":7,"name":"x","enabled":false})"), "channels[0].type", "must be \"discord\""},
       {channels(R"({"name":"x","enabled":false})"), "channels[0].type", "is missing"},
       {channels(R"({"type":"slack","name":"","enabled":false})"), "channels[0].name", "not empty"},
       {channels(R"({"type":"slack","name":[],"enabled":false})"), "channels[0].name", "text"},
       {channels(R"({"type":"slack","enabled":"false","events":[]})"), "channels[0].enabled",
        "true or false"},
       {channels(R"({"type":"slack","enabled":false,"externalAlerts":1})"), "channels[0].externalAlerts",
        "true or"},
       {channels(R"({"type":"slack","enabled":false,"events":{}})"), "channels[0].events", "a list"},
       {channels(R"({"type":"slack","enabled":false,"events":[1]})"), "channels[0].events[0]", "\"down\""},
       {channels(R"({"type":"slack","enabled":false,"config":[]})"), "channels[0].config", "an object"},
       {channels("[]"), "channels[0]", "an object"},
       {R"({"channels":{}})", "channels", "a list"},
       {R"({"enabled":"on"})", "enabled", "true or false"},
       {channels(R"({"type":"email","enabled":false})"), "channels[0].config", "is missing"},
       {mail(R"("from":"a@x","to":["b@x"])"), "channels[0].config.provider", "is missing"},
       {mail(R"("provider":"smtp","from":"a@x","to":["b@x"])"), "channels[0].config.provider", "\"mailgun\""},
       {mail(R"("provider":"mailgun","region":"asia","from":"a@x","to":["b@x"])"),
        "channels[0].config.region", "\"us\" or \"eu\""},
       {mail(R"("provider":"resend","to":["b@x"])"), "channels[0].config.from", "is missing"},
       {mail(R"("provider":"resend","from":"nobody","to":["b@x"])"), "channels[0].config.from",
        "an e-mail address"},
       {mail(R"("provider":"resend","from":"a@x\r\nBcc: c@x","to":["b@x"])"), "channels[0].config.from",
        "an e-mail"},
       {mail(R"("provider":"resend","from":"a@x")"), "channels[0].config.to", "is missing"},
       {mail(R"("provider":"resend","from":"a@x","to":[])"), "channels[0].config.to", "at least one"},
       {mail(R"("provider":"resend","from":"a@x","to":"b@x")"), "channels[0].config.to", "a list"},
       {mail(R"("provider":"resend","from":"a@x","to":["@"])"), "channels[0].config.to[0]",
        "an e-mail address"},
       {channels(R"({"type":"telegram","enabled":false,"config":{"threadId":0}})"),
        "channels[0].config.threadId", "1"},
       {channels(R"({"type":"telegram","enabled":false,"config":{"threadId":"general"}})"),
        "channels[0].config.threadId", "whole number"},
       {channels(R"({"type":"discord","enabled":false,"config":{"forum":"x"}})"), "channels[0].config.forum",
        "true or false"},
       {channels(R"({"type":"pagerduty","enabled":false,"config":{"region":"asia"}})"),
        "channels[0].config.region", "\"us\" or \"eu\""},
       {channels(R"({"type":"opsgenie","enabled":false,"config":{"region":"asia"}})"),
        "channels[0].config.region", "\"jira\""},
       {channels(R"({"type":"zulip","enabled":false})"), "channels[0].config", "is missing"},
       {channels(R"({"type":"zulip","enabled":false,"config":{}})"), "channels[0].config.stream",
        "is missing"},
       {hook(R"("body":7)"), "channels[0].config.body", "text"},
       {hook(R"("method":"GET")"), "channels[0].config.method", "\"POST\" or \"PUT\""},
       {hook(R"("headers":[])"), "channels[0].config.headers", "an object"},
       {hook(R"("headers":{"X-A":1})"), "channels[0].config.headers.X-A", "text"},
       {hook(R"("headers":{"X-A":"1\r\nX-B: 2"})"), "channels[0].config.headers.X-A", "one line of ASCII"},
       {hook(R"("headers":{"X A":"1"})"), "channels[0].config.headers.X A", "name of a request header"},
       {hook(R"("authHeader":"")"), "channels[0].config.authHeader", "name of a request header"}});
}

TEST_CASE("a webhook sets neither hop-by-hop headers nor those of the platform") {
  for (const char* name : {"Host", "host", "Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding",
                           "Upgrade", "Proxy-Authorization", "Proxy-Authenticate", "Content-Length"}) {
    check_faults(&Files::notifications, {{hook(R"("headers":{")" + std::string(name) + R"(":"x"})"),
                                          std::string("channels[0].config.headers.") + name, "are refused"},
                                         {hook(R"("authHeader":")" + std::string(name) + "\""),
                                          "channels[0].config.authHeader", "are refused"}});
  }
}

TEST_CASE("the settings of notifications have bounds, both included") {
  check_sound(&Files::notifications,
              {settings(R"("cooldownMinutes":0,"repeatAlertMinutes":0,"digestAfter":1)"),
               settings(R"("cooldownMinutes":10080,"repeatAlertMinutes":43200,"digestAfter":1000)"),
               settings(R"("alertHistory":{"maxAlerts":1,"maxAgeDays":1})"),
               settings(R"("alertHistory":{"maxAlerts":1000,"maxAgeDays":365})")});
  check_faults(
      &Files::notifications,
      {{settings(R"("cooldownMinutes":-1)"), "settings.cooldownMinutes", "from 0 to 10080"},
       {settings(R"("cooldownMinutes":10081)"), "settings.cooldownMinutes", "from 0 to 10080"},
       {settings(R"("repeatAlertMinutes":43201)"), "settings.repeatAlertMinutes", "from 0 to 43200"},
       {settings(R"("digestAfter":0)"), "settings.digestAfter", "from 1 to 1000"},
       {settings(R"("digestAfter":1001)"), "settings.digestAfter", "from 1 to 1000"},
       {settings(R"("alertHistory":{"maxAlerts":0})"), "settings.alertHistory.maxAlerts", "from 1 to 1000"},
       {settings(R"("alertHistory":{"maxAlerts":1001})"), "settings.alertHistory.maxAlerts", "from 1 to"},
       {settings(R"("alertHistory":{"maxAgeDays":366})"), "settings.alertHistory.maxAgeDays", "to 365"},
       {settings(R"("includeMetadata":"no")"), "settings.includeMetadata", "true or false"},
       {settings(R"("timezone":"")"), "settings.timezone", "IANA"},
       {settings(R"("timezone":"Europe Berlin")"), "settings.timezone", "IANA"},
       {settings(R"("timezone":2)"), "settings.timezone", "IANA"},
       {R"({"settings":[]})", "settings", "an object"}});
}

TEST_CASE("templates are kept as written, the fields of lists by their number") {
  const auto read_back = read(R"({"templates":{
    "discord":{"title":"{{emoji}} {{serviceName}}","fields":[{"name":"Since","value":"{{lastSeen}}","inline":true},
                                                             {"name":"Group","value":"{{groupName}}","inline":false}]},
    "slack_external":{"text":"{{title}}: {{severity}}","fields":[{"title":"From","value":"{{source}}","short":true}]},
    "email":{"subject":"","body":"a\nb"}}})");

  CHECK(read_back.templates == std::map<std::string, std::map<std::string, std::string>>{
                                   {"discord",
                                    {{"title", "{{emoji}} {{serviceName}}"},
                                     {"fields[0].name", "Since"},
                                     {"fields[0].value", "{{lastSeen}}"},
                                     {"fields[0].inline", "true"},
                                     {"fields[1].name", "Group"},
                                     {"fields[1].value", "{{groupName}}"},
                                     {"fields[1].inline", "false"}}},
                                   {"slack_external",
                                    {{"text", "{{title}}: {{severity}}"},
                                     {"fields[0].title", "From"},
                                     {"fields[0].value", "{{source}}"},
                                     {"fields[0].short", "true"}}},
                                   {"email", {{"subject", ""}, {"body", "a\nb"}}}});
}

TEST_CASE("a variable that a template cannot have is a warning, and braces that are no variable are not") {
  check_sound(
      &Files::notifications,
      {R"({"templates":{"telegram":{"message":"{{emoji}}{{eventType}}{{serviceName}}{{serviceId}}{{groupName}}{{alsoDown}}{{lastSeen}}{{timestamp}}{{timestampISO}}{{duration}}{{message}}{{headline}}{{dedupKey}}{{dashboardUrl}}"}}})",
       R"({"templates":{"telegram_external":{"message":"{{title}}{{severity}}{{source}}{{status}}{{message}}"}}})",
       R"({"templates":{"telegram":{"message":"{emoji} {{ }"}}})"});
  for (const char* name : {"title", "servicename", " emoji ", "", "{emoji"}) {
    const auto parsed = parse({.notifications = R"({"templates":{"telegram":{"message":"a {{)" +
                                                std::string(name) + R"(}} b {{emoji}}"}}})"});
    INFO(joined(parsed.warnings));
    CHECK(parsed.faults.empty());
    CHECK(parsed.warnings.size() == 1);
    CHECK(has(parsed.warnings, "templates.telegram.message",
              "{{" + std::string(name) + "}}, which is no variable"));
  }
}

TEST_CASE("templates of nothing known are warnings, and of wrong types faults") {
  for (const char* name : {"webhook", "sms", "external", "webhook_external"}) {
    const auto parsed = parse({.notifications = R"({"templates":{")" + std::string(name) + R"(":{"a":1}}})"});
    INFO(name);
    CHECK(parsed.faults.empty());
    CHECK(has(parsed.warnings, std::string("templates.") + name, "not the name of a template"));
  }
  check_faults(&Files::notifications,
               {{R"({"templates":[]})", "templates", "an object"},
                {R"({"templates":{"slack":"x"}})", "templates.slack", "an object"},
                {R"({"templates":{"slack":{"text":5}}})", "templates.slack.text", "text"},
                {R"({"templates":{"slack":{"fields":{}}}})", "templates.slack.fields", "a list"},
                {R"({"templates":{"slack":{"fields":["x"]}}})", "templates.slack.fields[0]", "an object"},
                {R"({"templates":{"slack":{"fields":[{"short":"yes"}]}}})", "templates.slack.fields[0].short",
                 "true or"}});
}

}  // namespace
}  // namespace hb::notifications_test
