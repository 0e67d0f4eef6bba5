#include "message/message_template.hpp"

#include "channels/slack.hpp"
#include "message/message_test.hpp"
#include "text/utf8.hpp"

namespace hb::message_template_test {
namespace {

constexpr std::string_view kEveryVariable =
    "{{emoji}}|{{eventType}}|{{serviceName}}|{{serviceId}}|{{groupName}}|{{alsoDown}}|{{lastSeen}}|{{"
    "timestamp}}|"
    "{{timestampISO}}|{{duration}}|{{message}}|{{dashboardUrl}}|{{title}}|{{severity}}|{{source}}|{{status}}";

std::string filled(const Message& message, std::string_view text, Escape escape = nullptr,
                   size_t cap = 1000) {
  const Config config = channel_config();
  const SendOptions options{.at = kTestTime};
  return Variables({config, config.notifications.channels.front(), message, options})
      .filled(text, escape, cap);
}

const TemplateTexts* template_of(const Config& config, MessageKind kind) {
  const Message message{.kind = kind};
  const SendOptions options{};
  return template_for({config, config.notifications.channels.front(), message, options});
}

}  // namespace

TEST_CASE("every variable of a change is replaced, and those of alerts stay as written") {
  Message message = up_message();
  message.also_down = "1 of 3 others: Database";
  CHECK(filled(message, kEveryVariable) ==
        "🟢|up|Website|web|Production|1 of 3 others: Database|2026-11-22 06:00:12 UTC|2026-11-22 06:05:12 "
        "UTC|2026-11-22T06:05:12.000Z|6 min|"
        "It was down for 6 min|https://status.example.com|{{title}}|{{severity}}|{{source}}|{{status}}");
}

TEST_CASE("every variable of an alert is replaced") {
  const Message alert{.kind = MessageKind::alert,
                      .title = "Disk full",
                      .text = "91 %",
                      .severity = "warning",
                      .status = "firing",
                      .source = "grafana",
                      .timestamp = kTestTime};
  CHECK(filled(alert, kEveryVariable) ==
        "🟡|degraded|Disk full||||never|2026-11-22 06:05:12 UTC|2026-11-22T06:05:12.000Z||91 %|"
        "https://status.example.com|Disk full|warning|grafana|firing");
}

TEST_CASE("braces that are no variable stay as written") {
  for (const char* text : {"", "no variable", "{{", "}}", "{{}}", "{{ emoji }}", "{{Emoji}}", "{{nothing}}",
                           "{emoji}", "{{emoji", "{{{emoji}}", "$& $1 \\1 %s {0}", "{{a{{b}}", "{{a\n}}"}) {
    INFO(text);
    CHECK(filled(down_message(), text) == text);
  }
  CHECK(filled(down_message(), "{{x}}{{serviceId}}}}{{serviceId}}") == "{{x}}web}}web");
}

TEST_CASE("what was inserted is not searched for variables again") {
  Message message = down_message();
  message.service_name = "{{message}}";
  message.text = "{{serviceName}} $& {{x}}";
  CHECK(filled(message, "{{serviceName}}: {{message}}") == "{{message}}: {{serviceName}} $& {{x}}");
  message.service_name = "{{mess";
  CHECK(filled(message, "{{serviceName}}age}}") == "{{message}}");
}

TEST_CASE("values are escaped and the text around them is not") {
  Message message = down_message();
  message.service_name = "<b>";
  CHECK(filled(message, "<i>{{serviceName}}</i>", append_slack) == "<i>&lt;b&gt;</i>");
}

TEST_CASE("values are shortened until the whole fits") {
  const Config config = channel_config();
  const Message message = long_message(MessageKind::down, 10'000);
  const SendOptions options{};
  const Variables variables({config, config.notifications.channels.front(), message, options});
  for (const size_t limit : {size_t{20}, size_t{256}, size_t{4096}}) {
    const std::string out = variables.truncated("<b>{{serviceName}}</b> {{message}}!", append_slack, limit);
    INFO(out);
    CHECK(units(out) <= limit);
    CHECK(out.starts_with("<b>"));
    CHECK(out.ends_with("!"));
  }
  CHECK(variables.truncated(std::string(300, 'a'), nullptr, 256) == std::string(300, 'a'));
}

TEST_CASE("changes take the template of the type, alerts the external one, digests and notices none") {
  Config config = channel_config();
  config.notifications.templates = {{"discord", {{"title", "a"}}}, {"discord_external", {{"title", "b"}}}};
  for (const MessageKind kind :
       {MessageKind::down, MessageKind::up, MessageKind::degraded, MessageKind::reminder,
        MessageKind::resolved_by_removal, MessageKind::test}) {
    REQUIRE(template_of(config, kind) != nullptr);
    CHECK(template_text(*template_of(config, kind), "title") == "a");
  }
  REQUIRE(template_of(config, MessageKind::alert) != nullptr);
  CHECK(template_text(*template_of(config, MessageKind::alert), "title") == "b");
  CHECK(template_of(config, MessageKind::digest) == nullptr);
  CHECK(template_of(config, MessageKind::notice) == nullptr);

  config.notifications.templates = {{"slack", {{"text", "a"}}}, {"discord", {}}};
  CHECK(template_of(config, MessageKind::down) == nullptr);
  CHECK(template_of(config, MessageKind::alert) == nullptr);
}

TEST_CASE("the fields of a template come in their order, gaps left out, 25 at most") {
  TemplateTexts texts = {{"fields[10].name", "k"},       {"fields[2].name", "c"},
                         {"fields[2].value", "C"},       {"fields[2].inline", "true"},
                         {"fields[25].name", "too far"}, {"title", "t"}};
  const auto fields = template_fields(texts, "name", "inline");
  REQUIRE(fields.size() == 2);
  CHECK((fields[0].name == "c" && fields[0].value == "C" && fields[0].is_short));
  CHECK((fields[1].name == "k" && fields[1].value.empty() && !fields[1].is_short));
}

}  // namespace hb::message_template_test
