#include "message/redaction.hpp"

#include "message/message_test.hpp"
#include "text/base64.hpp"
#include "text/sha256.hpp"
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
      {"https://discord.example/api/webhooks/123/discord-token is gone", "(URL) is gone"},
      {"webhook discord-token is gone", "webhook *** is gone"},
      {"webhook iscord-to… is gone", "webhook ***… is gone"},
      {"key re_key and mailgun-key", "key *** and ***"},
      {"alert-key beat-key uuid-of-ping", "*** *** ***"},
      {"plain words, api and a/b", "plain words, api and a/b"},
      {"://", "(URL)"},
      {"", ""}};
  for (const auto& [text, expected] : table) {
    INFO(text);
    CHECK(shown(text) == expected);
  }
}

TEST_CASE("no more than 20 characters in a row that a key could be made of are shown") {
  CHECK(shown("a 98765432109876543210 b") == "a 98765432109876543210 b");
  CHECK(shown("a 987654321098765432101 b") == "a *** b");
  CHECK(shown("Basic YXBpOm1haWxndW4ta2V5LW9mLW1pbmU=!") == "Basic ***!");
  CHECK(shown("x=abcdefghij_-klmnop~+/=%,abcdefghijklmnopqrst") == "***,abcdefghijklmnopqrst");
}

TEST_CASE("a short secret is hidden in every spelling") {
  Config config;
  const std::string secret = "pa/s+\"w& é9";
  config.secrets.notification = {{"NOTIFICATION_A_APIKEY", secret}};
  const std::string percent =
      "pa%2Fs%2B%22w%26%20%c3%a9"
      "9";
  const std::string all_percent = "%70%61%2F%73%2B%22%77%26%20%C3%A9%39";
  std::vector<std::string> spelled = {secret,
                                      percent,
                                      all_percent,
                                      "pa%2Fs%2B%22w%26+%C3%A99",
                                      "pa%252Fs%252B%2522w%2526%2520%25C3%25A99",
                                      "pa\\/s+\\\"w& \\u00e99",
                                      "pa/s+&quot;w&amp; &#233;9",
                                      "pa/s+&#x22;w&amp; \u00e9"
                                      "9",
                                      hex(secret)};
  for (const char* before : {"", "a", "ab", "api:"}) {
    std::string code = base64(before + secret);
    spelled.push_back(code);
    for (char& c : code) c = c == '+' ? '-' : c == '/' ? '_' : c;
    spelled.push_back(code);
    spelled.push_back(code.substr(0, 19));
  }
  for (const std::string& text : spelled) {
    const std::string out = redacted(config.secrets, "it said: " + text + ", no?", 200);
    INFO(text << " → " << out);
    CHECK(out.starts_with("it said: "));
    CHECK(out.find("***") < 16);
    CHECK(out.ends_with(", no?"));
    CHECK(out.size() < 24);
  }
}

TEST_CASE("of a secret that is an address its parts are hidden, and who logs in there") {
  Config config;
  config.secrets.notification = {
      {"NOTIFICATION_A_URL", "https://ann:pa55w@h.example/api/s3cre?key=k%2Fey9&v=1"}};
  CHECK(redacted(config.secrets, "no pa55w at h.example/api s3cre k/ey9 k%2Fey9 v=1", 200) ==
        "no *** at h.example/api *** *** *** v=1");
}

TEST_CASE("texts of less than five letters hide nothing") {
  CHECK(shown("abcd") == "abcd");
}

TEST_CASE("shown words are one line of valid UTF-8, cut after the secrets are hidden") {
  const std::string filler(190, '!');
  CHECK(shown("a\r\nb\x01\xFF") == "a b\uFFFD");
  CHECK(shown(filler + " 123456:telegram-token") == filler + " ***");
  CHECK(shown(filler + "!!!!! 123456:telegram-token").find("123") == std::string::npos);
  for (const size_t size : {size_t{200}, size_t{201}, size_t{5'000'000}})
    CHECK(units(shown(std::string(size, '!'))) == 200);
}

}  // namespace hb::redaction_test
