#include "channels/title_and_message.hpp"

#include "channels/markup.hpp"
#include "config/channel_types.hpp"
#include "message/message_test.hpp"
#include "text/base64.hpp"
#include "text/utf8.hpp"

namespace hb::title_and_message_test {
namespace {

constexpr const char* kTypes[] = {"ntfy",       "teams",  "googlechat", "matrix",   "mattermost",
                                  "rocketchat", "zulip",  "gotify",     "opsgenie", "grafana",
                                  "incidentio", "twilio", "apprise"};

std::string in_markdown(std::string_view text) {
  std::string out;
  append_markdown(out, text);
  return out;
}

// The messages that are the longest, the strangest and the shortest.
const std::vector<Message>& extremes() {
  static const std::vector<Message> messages = {Message{}, hostile_message(MessageKind::alert),
                                                long_message(MessageKind::up, 4'000),
                                                long_message(MessageKind::alert, 4'000)};
  return messages;
}

// Every call of a channel, in both forms and with a template.
template <class Check>
void each_send(const std::string& type, Check check) {
  for (const bool has_template : {false, true}) {
    Config config = channel_config();
    if (has_template) {
      config.notifications.templates[type] = {{"title", "{{serviceName}} {{message}}"},
                                              {"message", "{{message}}{{message}}"}};
    }
    for (const Message& message : extremes()) {
      for (const Form form : {Form::full, Form::plain}) {
        const Send send = send_through(config, type, message, {.at = kTestTime, .form = form});
        INFO(type << " " << send.body.substr(0, 500));
        check(send);
      }
    }
  }
}

void check_text(const Json& json, std::string_view name, size_t limit) {
  const size_t size = units(string_member(json, name).value_or(""));
  INFO(name << ": " << size);
  CHECK((size >= 1 && size <= limit));
}

}  // namespace

TEST_CASE("markdown of strangers is shown as it is, and mentions nobody") {
  CHECK(in_markdown("*b* @all") ==
        "\\*b\\* @\u2060"
        "all");
}

TEST_CASE("texts keep the limits of ntfy, Gotify and Apprise", "[slow]") {
  each_send("ntfy", [](const Send& send) {
    const Json json = body_json(send);
    check_text(json, "title", 200);
    CHECK(json["topic"] == "topic-of-mine");
    CHECK(string_member(json, "message").value_or("").size() <= 4'096);
    CHECK(!string_member(json, "message").value_or("").empty());
    CHECK((json["priority"] >= 1 && json["priority"] <= 5));
  });
  each_send("gotify", [](const Send& send) {
    check_text(body_json(send), "message", 4'000);
    CHECK((body_json(send)["priority"] >= 0 && body_json(send)["priority"] <= 10));
  });
  each_send("apprise", [](const Send& send) { check_text(body_json(send), "body", 4'000); });
}

TEST_CASE("texts keep the limits of chats", "[slow]") {
  each_send("teams", [](const Send& send) { CHECK(send.body.size() <= 28'000); });
  each_send("googlechat", [](const Send& send) { CHECK(send.body.size() <= 32'000); });
  each_send("matrix", [](const Send& send) { CHECK(send.body.size() <= 60'000); });
  for (const char* type : {"mattermost", "rocketchat"}) {
    each_send(type, [](const Send& send) {
      const Json json = body_json(send);
      check_text(json.contains("text") ? json : json["attachments"][0], "text", 4'000);
    });
  }
  each_send("zulip", [](const Send& send) {
    CHECK((!parameter(send, "content").empty() && parameter(send, "content").size() <= 10'000));
    CHECK((units(parameter(send, "topic")) >= 1 && units(parameter(send, "topic")) <= 60));
  });
}

TEST_CASE("texts keep the limits of those who keep incidents, and of a text message", "[slow]") {
  each_send("opsgenie", [](const Send& send) {
    const Json json = body_json(send);
    if (json.contains("note")) return check_text(json, "note", 15'000);
    check_text(json, "message", 130);
    check_text(json, "alias", 512);
    check_text(json, "description", 15'000);
  });
  each_send("grafana", [](const Send& send) { check_text(body_json(send), "title", 250); });
  each_send("incidentio", [](const Send& send) { check_text(body_json(send), "title", 250); });
  each_send("twilio", [](const Send& send) {
    CHECK((units(parameter(send, "Body")) >= 1 && units(parameter(send, "Body")) <= 459));
  });
}

TEST_CASE("an incident is closed under the key with which it was opened") {
  const Config config = channel_config();
  const auto sends = [&](const char* type) {
    return std::pair(send_through(config, type, down_message()), send_through(config, type, up_message()));
  };
  const auto [opened, closed] = sends("opsgenie");
  CHECK(body_json(opened)["alias"] == "service:web:1795327200000");
  CHECK(body_json(opened)["priority"] == "P1");
  CHECK(opened.url == "https://api.opsgenie.com/v2/alerts");
  CHECK(closed.url ==
        "https://api.opsgenie.com/v2/alerts/service%3Aweb%3A1795327200000/close?identifierType=alias");
  CHECK(header(opened, "Authorization") == "GenieKey opsgenie-key");
  const auto [alerting, ok] = sends("grafana");
  CHECK(body_json(alerting)["state"] == "alerting");
  CHECK(body_json(ok)["state"] == "ok");
  CHECK(body_json(ok)["alert_uid"] == body_json(alerting)["alert_uid"]);
  const auto [firing, resolved] = sends("incidentio");
  CHECK(body_json(firing)["status"] == "firing");
  CHECK(body_json(resolved)["status"] == "resolved");
  CHECK(body_json(resolved)["deduplication_key"] == body_json(firing)["deduplication_key"]);
  for (const char* type : {"opsgenie", "grafana", "incidentio"}) CHECK(keeps_incidents({.type = type}));
}

TEST_CASE("Opsgenie is asked where the account is") {
  Config config = channel_config();
  for (const auto& [region, url] :
       {std::pair("eu", "https://api.eu.opsgenie.com/v2/alerts"),
        std::pair("jira", "https://api.atlassian.com/jsm/ops/integration/v2/alerts")}) {
    channel_named(config, "opsgenie").region = region;
    CHECK(send_through(config, "opsgenie", down_message()).url == url);
  }
}

TEST_CASE("credentials go where each provider wants them") {
  Config config = channel_config();
  const auto made = [&](const char* type) { return send_through(config, type, down_message()); };
  CHECK(made("ntfy").url == "https://ntfy.example/");
  CHECK(header(made("ntfy"), "Authorization") == "Bearer tk_ntfy");
  CHECK(made("gotify").url == "https://gotify.example/sub/message");
  CHECK(header(made("gotify"), "X-Gotify-Key") == "gotify-token");
  CHECK(made("matrix").method == "PUT");
  CHECK(made("matrix").url.starts_with(
      "https://matrix.example/_matrix/client/v3/rooms/%21room%3Amatrix.example/send/m.room.message/"));
  CHECK(made("matrix").url == made("matrix").url);
  CHECK(send_through(config, "matrix", up_message()).url != made("matrix").url);
  CHECK(header(made("zulip"), "Authorization") == "Basic " + base64("bot@zulip.example:zulip-key"));
  CHECK(parameter(made("zulip"), "to") == "alerts");
  CHECK(parameter(made("zulip"), "topic") == "Website");
  CHECK(made("twilio").url == "https://api.twilio.com/2010-04-01/Accounts/AC0123/Messages.json");
  CHECK(parameter(made("twilio"), "From") == "+15550100");
  config.secrets.notification["NOTIFICATION_TWILIO_SENDER"] = "MG0123";
  CHECK(parameter(made("twilio"), "MessagingServiceSid") == "MG0123");
  CHECK(header(made("incidentio"), "Authorization") == "Bearer incident-token");
}

TEST_CASE("no text of a message is markup in the chats") {
  const Config config = channel_config();
  for (const char* type : kTypes) {
    const std::string body =
        decoded_path(send_through(config, type, hostile_message(MessageKind::alert)).body);
    INFO(type << " " << body);
    for (const char* chat : {"mattermost", "rocketchat", "zulip", "teams"}) {
      if (std::string_view(type) == chat) CHECK(body.find("@everyone") == body.npos);
    }
    if (std::string_view(type) == "matrix") CHECK(body.find("formatted_body\":\"\\u003cb") != body.npos);
  }
  const Json attachment =
      body_json(send_through(config, "rocketchat", hostile_message(MessageKind::alert)))["attachments"][0];
  for (const char* member : {"title", "text"}) {
    const std::string shown = string_member(attachment, member).value_or("");
    INFO(shown);
    for (const char* markup : {"*b*", "_i_", "~s~", "`c`", "[x]", "<script", "@everyone"})
      CHECK(shown.find(markup) == shown.npos);
  }
  const Json card = body_json(send_through(config, "googlechat", hostile_message(MessageKind::down)));
  const Json widget = card["cardsV2"][0]["card"]["sections"][0]["widgets"][0]["textParagraph"];
  const std::string text = string_member(widget, "text").value_or("");
  CHECK(text.find("<script>") == text.npos);
  CHECK(text.find("&lt;script&gt;") != text.npos);
}

TEST_CASE("fields of other channels are sent") {
  Config config = channel_config();
  channel_named(config, "telegram").thread = "42";
  CHECK(body_json(send_through(config, "telegram", down_message()))["message_thread_id"] == 42);
  channel_named(config, "discord").posts_to_forum = true;
  CHECK(body_json(send_through(config, "discord", down_message()))["thread_name"] == "Website is down");
  check_text(body_json(send_through(config, "discord", long_message(MessageKind::down, 500))), "thread_name",
             100);
  channel_named(config, "pagerduty").region = "eu";
  CHECK(send_through(config, "pagerduty", down_message()).url ==
        "https://events.eu.pagerduty.com/v2/enqueue");
  channel_named(config, "apprise").tag = "ops";
  CHECK(body_json(send_through(config, "apprise", down_message()))["tag"] == "ops");
  channel_named(config, "zulip").topic = "outages";
  CHECK(parameter(send_through(config, "zulip", down_message()), "topic") == "outages");
}

TEST_CASE("a webhook has a body of one's own, escaped where that is JSON") {
  Config config = channel_config();
  Channel& channel = channel_named(config, "webhook");
  channel.body = R"({"text":"{{headline}}: {{message}}","key":"{{dedupKey}}"})";
  Message message = down_message();
  message.text = "\"quoted\"\nand\\";
  const Json body = body_json(send_through(config, "webhook", message));
  CHECK(body == Json{{"text", "Website is down: \"quoted\"\nand\\"}, {"key", "service:web:1795327200000"}});
  for (const Message& extreme : extremes()) body_json(send_through(config, "webhook", extreme));
  channel.body = "down: {{serviceName}}";
  CHECK(send_through(config, "webhook", down_message()).body == "down: Website");
}

}  // namespace hb::title_and_message_test
