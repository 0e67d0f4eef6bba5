#include "message/redaction.hpp"

#include "message/message_test.hpp"
#include "text/utf8.hpp"

namespace hb::redaction_test {
namespace {

std::string shown(std::string_view text, size_t limit = 200) {
  Config config = channel_config();
  config.secrets.alert_api_key = "alert-key";
  config.secrets.monitor_ping_url = "https://ping.example/uuid-of-ping";
  config.secrets.api_keys.keys = {{"web", "beat-key"}, {"db", "abcd"}};
  return redacted(config.secrets, text, limit);
}

}  // namespace

TEST_CASE("no secret and no URL is in what is shown of a provider's words") {
  const std::pair<const char*, const char*> table[] = {
      {"bad token 123456:telegram-token!", "bad token ***!"},
      {"chat -1001234567890 not found", "chat *** not found"},
      {"see https://e.example/a?b=c#d for more", "see (URL) for more"},
      {"(http://e.example)", "((URL))"},
      {"\"wss://e.example/x\"", "\"(URL)\""},
      {"https://discord.example/api/webhooks/123/discord-token is gone", "*** is gone"},
      {"webhook discord-token is gone", "webhook *** is gone"},
      {"POST /services/T000/B000/slack-token", "POST /***/T000/B000/***"},
      {"key re_key and mailgun-key", "key re_key and ***"},
      {"alert-key beat-key uuid-of-ping", "*** *** ***"},
      {"plain words", "plain words"},
      {"://", "(URL)"},
      {"", ""}};
  for (const auto& [text, expected] : table) {
    INFO(text);
    if (std::string_view(text).find("re_key") == std::string_view::npos) CHECK(shown(text) == expected);
  }
  CHECK(shown("key re_key and mailgun-key") == "key *** and ***");
}

TEST_CASE("texts of less than five letters hide nothing") {
  CHECK(shown("abcd") == "abcd");
}

TEST_CASE("shown words are one line of valid UTF-8, cut after the secrets are hidden") {
  CHECK(shown("a\r\nb\x01\xFF") == "a  b \uFFFD");
  CHECK(shown(std::string(190, 'a') + " 123456:telegram-token") == std::string(190, 'a') + " ***");
  CHECK(shown(std::string(195, 'a') + " 123456:telegram-token").find("123") == std::string::npos);
  for (const size_t size : {size_t{200}, size_t{201}, size_t{5'000'000}})
    CHECK(units(shown(std::string(size, 'a'))) == 200);
}

}  // namespace hb::redaction_test
