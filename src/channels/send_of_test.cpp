#include "channels/send_of.hpp"

#include <algorithm>

#include "config/channel_types.hpp"
#include "message/message_test.hpp"
#include "text/utf8.hpp"

namespace hb::send_of_test {
namespace {

Json headers_of(const Send& send) {
  Json out = Json::object();
  for (const auto& [name, value] : send.headers) out[name] = value;
  return out;
}

// A call as the files in tests/data/sends/ have it.
Json json_of(const Send& send) {
  Json out = {{"via", send.via == Via::request ? "request" : "email binding"}, {"headers", headers_of(send)}};
  if (send.via == Via::request) out.update({{"url", send.url}, {"method", send.method}});
  const bool is_form = header(send, "Content-Type").find("urlencoded") != std::string::npos;
  if (!is_form) {
    out["body"] = body_json(send);
    return out;
  }
  out["form"] = Json::array();
  for (const auto& [name, value] : form(send)) out["form"].push_back({name, value});
  return out;
}

}  // namespace

TEST_CASE("every channel sends exactly what its files in tests/data say") {
  Config config = channel_config();
  config.secrets.notification["NOTIFICATION_WEBHOOK_AUTHTOKEN"] = "webhook-token";
  config.secrets.notification["NOTIFICATION_WEBHOOK_SIGNINGSECRET"] =
      "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  channel_named(config, "webhook").headers = {{"X-Source", "heartbeat-monitor"}};
  for (const char* name :
       {"down", "up", "degraded", "reminder", "closing", "digest", "alert", "resolved", "test"}) {
    const auto message = read_message(test_file("messages/" + std::string(name) + ".json"));
    REQUIRE(message);
    for (const Channel& channel : config.notifications.channels) {
      // What keeps incidents never gets a digest.
      if (message->kind == MessageKind::digest && keeps_incidents(channel)) continue;
      const SendOptions options{.at = kTestTime + 3s, .utc_offset = 60min};
      const Json made = json_of(send_through(config, channel.name, *message, options));
      const std::string file = "sends/" + channel.name + "-" + name + ".json";
      if (std::getenv("UPDATE_SENDS") != nullptr)
        std::ofstream(std::string(TEST_DATA) + "/" + file) << made.dump(2) << "\n";
      INFO(file << "\n" << made.dump(2));
      CHECK(made == parse_json(test_file(file)));
    }
  }
}

TEST_CASE("through a channel that lacks a credential nothing is sent") {
  Config config = channel_config();
  config.secrets.notification.clear();
  const auto made = send_of(config, channel_named(config, "slack"), down_message(), {});
  REQUIRE(std::holds_alternative<Error>(made));
  CHECK(std::get<Error>(made) == Error{409, "The secret NOTIFICATION_SLACK_WEBHOOKURL is not set"});
  CHECK(
      std::holds_alternative<Send>(send_of(config, channel_named(config, "cloudflare"), down_message(), {})));
}

TEST_CASE("every call to every channel is valid UTF-8 and of a moderate size, whatever the texts", "[slow]") {
  const Config config = channel_config();
  for (const MessageKind kind : {MessageKind::down, MessageKind::alert}) {
    for (const Message& message : {hostile_message(kind), long_message(kind, 4'000), Message{.kind = kind}}) {
      for (const Channel& channel : config.notifications.channels) {
        for (const Form form : {Form::full, Form::plain}) {
          const Send send = send_through(config, channel.name, message, {.at = kTestTime, .form = form});
          INFO(channel.name);
          CHECK(send.body == valid_utf8(send.body));
          // A webhook gets labels and metadata whole.
          if (channel.type != "webhook") CHECK(send.body.size() < 400'000);
        }
      }
    }
  }
}

TEST_CASE("a type that does not exist is our fault") {
  const auto made = send_of(channel_config(), {.type = "sms"}, down_message(), {});
  REQUIRE(std::holds_alternative<Error>(made));
  CHECK(std::get<Error>(made).status == 500);
}

}  // namespace hb::send_of_test
