#include "channels/webhook.hpp"

#include "config/channel_types.hpp"
#include "message/message_test.hpp"
#include "text/visible.hpp"

namespace hb::webhook_test {
namespace {

constexpr std::string_view kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

Json body_of(const Message& message, Form form = Form::full) {
  return body_json(send_through(channel_config(), "webhook", message, {.at = kTestTime, .form = form}));
}

}  // namespace

TEST_CASE("a signature is the one that Standard Webhooks' own libraries make") {
  const auto key = signing_key(kSecret);
  REQUIRE(key);
  CHECK(webhook_signature(*key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})") ==
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_CASE("with a signing secret each attempt is signed for its own time under one id") {
  Config config = channel_config();
  CHECK(header(send_through(config, "webhook", down_message()), "webhook-signature").empty());
  config.secrets.notification["NOTIFICATION_WEBHOOK_SIGNINGSECRET"] = kSecret;
  const Send first = send_through(config, "webhook", down_message(), {.at = kTestTime + 999ms});
  const Send second = send_through(config, "webhook", down_message(), {.at = kTestTime + 90s});
  CHECK(header(first, "webhook-id") == message_id(down_message()));
  CHECK(header(second, "webhook-id") == header(first, "webhook-id"));
  CHECK(header(first, "webhook-timestamp") == "1795327512");
  CHECK(header(second, "webhook-timestamp") == "1795327602");
  CHECK(header(first, "webhook-signature") ==
        webhook_signature(*signing_key(kSecret), message_id(down_message()), 1795327512, first.body));
  CHECK(second.body == first.body);
}

TEST_CASE("configured headers replace the usual ones in any case of letters, and the token replaces both") {
  Config config = channel_config();
  Channel& channel = channel_named(config, "webhook");
  channel.method = "PUT";
  channel.headers = {{"content-type", "application/vnd.x+json"}, {"X-A", "1"}, {"x-key", "mine"}};
  channel.auth_header = "X-Key";
  config.secrets.notification["NOTIFICATION_WEBHOOK_AUTHTOKEN"] = "token";
  const Send send = send_through(config, "webhook", down_message());
  CHECK(send.method == "PUT");
  CHECK(send.headers == Headers{{"User-Agent", "heartbeat-monitor"},
                                {"X-A", "1"},
                                {"content-type", "application/vnd.x+json"},
                                {"X-Key", "Bearer token"}});
}

TEST_CASE("every kind of message has one of the documented events") {
  const std::pair<MessageKind, const char*> table[] = {{MessageKind::down, "down"},
                                                       {MessageKind::up, "up"},
                                                       {MessageKind::degraded, "degraded"},
                                                       {MessageKind::reminder, "reminder"},
                                                       {MessageKind::resolved_by_removal, "up"},
                                                       {MessageKind::digest, "digest"},
                                                       {MessageKind::alert, "alert"},
                                                       {MessageKind::notice, "alert"},
                                                       {MessageKind::test, "test"}};
  for (const auto& [kind, event] : table) {
    Message message = down_message();
    message.kind = kind;
    CHECK(body_of(message)["event"] == event);
  }
}

TEST_CASE("what is not known is null in a webhook's JSON") {
  const Json body = body_of({.kind = MessageKind::alert, .title = "a"});
  for (const char* name : {"previous", "since", "durationMs", "lastSeen"}) {
    INFO(name);
    CHECK(body.at(name).is_null());
  }
  CHECK(body["alert"] == Json{{"title", "a"}});
  CHECK_FALSE(body.contains("service"));
}

TEST_CASE("the plain form for a webhook has no labels and no metadata, and a short message") {
  const Json body = body_of(long_message(MessageKind::down, 10'000), Form::plain);
  CHECK_FALSE(body.contains("service"));
  CHECK(body["message"].get<std::string>().size() < 2000);
  CHECK(body["event"] == "down");
}

TEST_CASE("hostile text arrives in a webhook's JSON as it was") {
  const Json body = body_of(hostile_message(MessageKind::down));
  CHECK(body["message"] == visible(kHostile));
  CHECK(body["service"]["metadata"][visible(kHostile)] == visible(kHostile));
}

}  // namespace hb::webhook_test
