#include "channels/discord.hpp"

#include "channels/markup.hpp"
#include "message/message_template.hpp"
#include "message/message_test.hpp"
#include "text/utf8.hpp"

namespace hb::discord_test {
namespace {

std::string in_discord(std::string_view text) {
  std::string out;
  append_backslashed(out, text);
  return out;
}

size_t units_at(const Json& json, std::string_view name) {
  return units(string_member(json, name).value_or(""));
}

// The limits of https://discord.com/developers/docs/resources/message#embed-object-embed-limits
void check_limits(const Json& embed) {
  INFO(embed.dump(1));
  size_t total = units_at(embed, "title") + units_at(embed, "description");
  CHECK(units_at(embed, "title") <= 256);
  CHECK(units_at(embed, "description") <= 4096);
  const Json fields = embed.value("fields", Json::array());
  CHECK(fields.size() <= 25);
  for (const Json& field : fields) {
    CHECK((units_at(field, "name") >= 1 && units_at(field, "name") <= 256));
    CHECK((units_at(field, "value") >= 1 && units_at(field, "value") <= 1024));
    total += units_at(field, "name") + units_at(field, "value");
  }
  const size_t footer = units_at(embed.value("footer", Json::object()), "text");
  CHECK(footer <= 2048);
  CHECK(total + footer <= 6000);
}

Json embed_of(const Config& config, const Message& message) {
  const Json body = body_json(send_through(config, "discord", message));
  CHECK(body["allowed_mentions"] == Json{{"parse", Json::array()}});
  REQUIRE(body["embeds"].size() == 1);
  return body["embeds"][0];
}

}  // namespace

TEST_CASE("markdown is shown by Discord as it is") {
  CHECK(in_discord("a*b_c~d`e|f>g[h]#i<j\\k") == "a\\*b\\_c\\~d\\`e\\|f\\>g\\[h\\]\\#i\\<j\\\\k");
  CHECK(in_discord("- a\n + b\n-1-2") == "\\- a\n \\+ b\n\\-1-2");
  CHECK(in_discord("é 😀 plain") == "é 😀 plain");
}

TEST_CASE("an embed keeps Discord's limits whatever the texts") {
  for (const size_t size : {size_t{1}, size_t{255}, size_t{1024}, size_t{4097}, size_t{10'000}}) {
    for (const MessageKind kind : {MessageKind::down, MessageKind::digest, MessageKind::alert})
      check_limits(embed_of(channel_config(), long_message(kind, size)));
  }
  check_limits(embed_of(channel_config(), {}));
}

TEST_CASE("a template keeps Discord's limits whatever the texts") {
  Config config = channel_config();
  TemplateTexts texts = {
      {"title", "{{serviceName}}"}, {"description", "{{message}}{{message}}"}, {"footer", "{{message}}"}};
  for (int i = 0; i < 30; ++i) {
    texts["fields[" + std::to_string(i) + "].name"] = "{{groupName}}";
    texts["fields[" + std::to_string(i) + "].value"] = "{{message}}";
  }
  config.notifications.templates["discord"] = texts;
  for (const size_t size : {size_t{1}, size_t{100}, size_t{10'000}})
    check_limits(embed_of(config, long_message(MessageKind::down, size)));

  config.notifications.templates["discord"] = {{"title", std::string(300, 'a')},
                                               {"description", std::string(5000, 'b')}};
  check_limits(embed_of(config, down_message()));
}

TEST_CASE("a Discord template is filled, and fields that come out empty are left out") {
  Config config = channel_config();
  config.notifications.templates["discord"] = {
      {"title", "**{{serviceName}}**"},    {"footer", "{{groupName}}"}, {"fields[0].name", "Lasted"},
      {"fields[0].value", "{{duration}}"}, {"fields[1].name", "Now"},   {"fields[1].value", "{{eventType}}"},
      {"fields[1].inline", "true"}};
  Message message = down_message();
  message.service_name = "my_*service*";
  const Json embed = embed_of(config, message);
  CHECK(embed["title"] == "**my\\_\\*service\\***");
  CHECK(embed["footer"] == Json{{"text", "Production"}});
  CHECK(embed["fields"] == Json{{{"name", "Now"}, {"value", "down"}, {"inline", true}}});
  CHECK_FALSE(embed.contains("description"));
}

TEST_CASE("the plain form for Discord is content without embeds that pings nobody") {
  const SendOptions plain{.at = kTestTime, .form = Form::plain};
  Config config = channel_config();
  config.notifications.templates["discord"] = {{"title", "T"}};
  for (const Message& message : {down_message(), long_message(MessageKind::digest, 10'000)}) {
    const Json body = body_json(send_through(config, "discord", message, plain));
    CHECK_FALSE(body.contains("embeds"));
    CHECK((units_at(body, "content") > 0 && units_at(body, "content") <= 2000));
    CHECK(body["allowed_mentions"]["parse"].empty());
  }
}

TEST_CASE("Discord is told the address of the page only when there is one") {
  Config config = channel_config();
  CHECK(embed_of(config, down_message())["url"] == "https://status.example.com");
  config.settings.monitoring.public_url.clear();
  CHECK_FALSE(embed_of(config, down_message()).contains("url"));
}

}  // namespace hb::discord_test
