#include "channels/slack.hpp"

#include "message/message_template.hpp"
#include "message/message_test.hpp"
#include "text/utf8.hpp"

namespace hb::slack_test {
namespace {

void check_text(const Json& text, size_t limit) {
  CHECK((text["type"] == "mrkdwn" || text["type"] == "plain_text"));
  const size_t size = units(string_member(text, "text").value_or(""));
  CHECK((size >= 1 && size <= limit));
}

// https://docs.slack.dev/reference/block-kit/blocks
void check_blocks(const Json& blocks) {
  CHECK(blocks.size() <= 50);
  for (const Json& block : blocks) {
    INFO(block.dump(1));
    if (block["type"] == "context") {
      CHECK(block["elements"].size() <= 10);
      for (const Json& text : block["elements"]) check_text(text, 3000);
      continue;
    }
    CHECK(block["type"] == "section");
    CHECK(block.contains("text") != block.contains("fields"));
    if (block.contains("text")) check_text(block["text"], 3000);
    if (!block.contains("fields")) continue;
    CHECK((block["fields"].size() >= 1 && block["fields"].size() <= 10));
    for (const Json& text : block["fields"]) check_text(text, 2000);
  }
}

Json checked(const Config& config, const Message& message) {
  const Json body = body_json(send_through(config, "slack", message));
  const size_t size = units(string_member(body, "text").value_or(""));
  CHECK((size >= 1 && size <= 3000));
  for (const Json& attachment : body.value("attachments", Json::array())) check_blocks(attachment["blocks"]);
  return body;
}

}  // namespace

TEST_CASE("what Slack's markup is made of becomes entities") {
  std::string out;
  append_slack(out, "<!channel> & <https://e.example|x> *b*");
  CHECK(out == "&lt;!channel&gt; &amp; &lt;https://e.example|x&gt; *b*");
}

TEST_CASE("inside of markup a stranger's text formats nothing") {
  std::string out;
  append_plain_slack(out, "*b* _i_ a_b ~s~ `c` <x>");
  CHECK(out == "\u2217b\u2217 \uFF3Fi\uFF3F a_b \u223Cs\u223C \u02CBc\u02CB &lt;x&gt;");
}

TEST_CASE("the usual message has no markup but names of facts and the link") {
  Message message = down_message();
  message.title = message.text = message.group_name = "*b*";
  const Json body = checked(channel_config(), message);
  CHECK(body["mrkdwn"] == false);
  const Json blocks = body["attachments"][0]["blocks"];
  CHECK(blocks[0]["text"] == Json{{"type", "plain_text"}, {"text", "*b*"}, {"emoji", false}});
  CHECK(blocks[1]["fields"][0]["text"] == "*Group*\n\u2217b\u2217");
}

TEST_CASE("blocks keep Slack's limits whatever the texts", "[slow]") {
  for (const size_t size : {size_t{1}, size_t{1000}, size_t{3001}, size_t{10'000}}) {
    for (const MessageKind kind : {MessageKind::down, MessageKind::digest, MessageKind::alert})
      checked(channel_config(), long_message(kind, size));
  }
  checked(channel_config(), {});
}

TEST_CASE("nothing in a message is a mention or a link for Slack") {
  const std::string text = send_through(channel_config(), "slack", hostile_message(MessageKind::alert)).body;
  // As printed in JSON, the bracket is \u003c.
  CHECK(text.find("\\u003c!channel") == std::string::npos);
  CHECK(text.find("\\u003c@") == std::string::npos);
  CHECK(text.find("\\u003cscript") == std::string::npos);
}

TEST_CASE("a Slack template gives the text, and blocks for fields and footer") {
  Config config = channel_config();
  config.notifications.templates["slack"] = {{"text", "*{{serviceName}}*"},
                                             {"footer", "{{groupName}}"},
                                             {"fields[0].title", "Now"},
                                             {"fields[0].value", "{{eventType}}"}};
  Message message = down_message();
  message.service_name = "<a*b*>";
  const Json body = checked(config, message);
  CHECK(body["text"] == "*&lt;a\u2217b\u2217&gt;*");
  const Json blocks = body["attachments"][0]["blocks"];
  REQUIRE(blocks.size() == 2);
  CHECK(blocks[0]["fields"][0]["text"] == "*Now*\ndown");
  CHECK(blocks[1]["elements"][0]["text"] == "Production");
  CHECK(body["attachments"][0]["color"] == "#dc2626");

  config.notifications.templates["slack"] = {{"text", "{{serviceId}}"}};
  CHECK(checked(config, message) == Json{{"text", "web"}, {"mrkdwn", true}});
}

TEST_CASE("a Slack template keeps the limits whatever the texts") {
  Config config = channel_config();
  TemplateTexts texts = {{"text", "{{message}}"}, {"footer", "{{message}}"}};
  for (int i = 0; i < 30; ++i) texts["fields[" + std::to_string(i) + "].value"] = "{{message}}";
  for (const char* text : {"{{message}}", "{{serviceName}} {{message}}", ""}) {
    texts["text"] = text;
    config.notifications.templates["slack"] = texts;
    checked(config, long_message(MessageKind::down, 10'000));
  }
}

TEST_CASE("the plain form for Slack is text alone") {
  const SendOptions plain{.at = kTestTime, .form = Form::plain};
  CHECK(body_json(send_through(channel_config(), "slack", down_message(), plain)) ==
        Json{{"text", "Website is down\nNo heartbeat for 6 min, limit 5 min"}, {"mrkdwn", false}});
  const Json body =
      body_json(send_through(channel_config(), "slack", long_message(MessageKind::digest, 10'000), plain));
  CHECK(units(string_member(body, "text").value_or("")) <= 3000);
}

}  // namespace hb::slack_test
