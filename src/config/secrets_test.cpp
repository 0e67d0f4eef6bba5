#include "config/secrets.hpp"

#include "catch.hpp"
#include "config_of.hpp"

namespace hb::secrets_test {
namespace {

using Env = std::map<std::string, std::string>;
using State = ApiKeys::State;

Config world(const std::string& api_keys) {
  ParsedConfig parsed = parse_config({.services = R"({"groups":[{"id":"prod","services":["web"]}],
                                                      "services":[{"id":"web"},{"id":"lone"}]})",
                                      .notifications = "{}",
                                      .settings = "{}",
                                      .dashboard = "{}",
                                      .env = {{"API_KEYS", api_keys}}});
  REQUIRE(parsed.faults.empty());
  return std::move(parsed.config);
}

std::optional<std::string_view> key_of(const Config& config, std::string_view id) {
  return expected_key(config, *config.find(id));
}

TEST_CASE("API_KEYS is unset when it is missing or empty, and damaged unless an object") {
  CHECK(read_secrets({}).api_keys.state == State::unset);
  for (const char* text : {"", "  ", "\n"}) {
    INFO("<" << text << ">");
    CHECK(read_secrets({{"API_KEYS", text}}).api_keys.state == State::unset);
  }
  for (const char* text : {"x", "[]", "\"a\"", "5", "null", "{"}) {
    INFO(text);
    CHECK(read_secrets({{"API_KEYS", text}}).api_keys.state == State::damaged);
    CHECK(read_secrets({{"API_KEYS", text}}).api_keys.keys.empty());
  }
  for (const char* text : {"{}", R"({"a":"b"})", R"( {"a":""} )"}) {
    INFO(text);
    CHECK(read_secrets({{"API_KEYS", text}}).api_keys.state == State::set);
  }
}

TEST_CASE("a key that is no text costs its id the key, and nobody else theirs") {
  for (const char* odd : {"1", "null", "true", "{\"b\":\"c\"}", "[]"}) {
    INFO(odd);
    const ApiKeys keys =
        read_secrets({{"API_KEYS", std::string(R"({"web":)") + odd + R"(,"db":"d","*":"all"})"}}).api_keys;
    CHECK(keys.state == State::set);
    CHECK(keys.unusable == std::vector<std::string>{"web"});
    Config config = config_with({"web", "db", "mail"});
    config.secrets.api_keys = keys;
    CHECK_FALSE(expected_key(config, config.services[0]));
    CHECK(expected_key(config, config.services[1]) == "d");
    CHECK(expected_key(config, config.services[2]) == "all");
  }
  CHECK(read_secrets({{"API_KEYS", R"({"a":null})"}, {"API_KEYS_2", R"({"a":"1"})"}})
            .api_keys.unusable.empty());
}

TEST_CASE("the parts of API_KEYS are merged in the order of their numbers") {
  const ApiKeys keys = read_secrets({{"API_KEYS", R"({"a":"1","b":"1","c":"1"})"},
                                     {"API_KEYS_2", R"({"b":"2","c":"2"})"},
                                     {"API_KEYS_3", ""},
                                     {"API_KEYS_10", R"({"c":"10"})"},
                                     {"API_KEYS_9", R"({"c":"9"})"}})
                           .api_keys;

  CHECK(keys.state == State::set);
  CHECK(keys.keys == std::map<std::string, std::string, std::less<>>{{"a", "1"}, {"b", "2"}, {"c", "10"}});
}

TEST_CASE("a later part works alone, and one that is damaged damages the whole") {
  CHECK(read_secrets({{"API_KEYS_2", R"({"a":"1"})"}}).api_keys.state == State::set);
  CHECK(read_secrets({{"API_KEYS", R"({"a":"1"})"}, {"API_KEYS_2", "oops"}}).api_keys.state ==
        State::damaged);
}

TEST_CASE("names that only resemble API_KEYS are not read") {
  for (const char* name : {"API_KEYS_", "API_KEYS_1", "API_KEYS_0", "API_KEYS_02", "API_KEYS_2x", "API_KEYS2",
                           "API_KEYSX2", "API_KEYS_-2", "API_KEYS_99999999999999999999", "api_keys"}) {
    INFO(name);
    CHECK(read_secrets({{name, "{}"}}).api_keys.state == State::unset);
  }
}

TEST_CASE("the other secrets lose the line end that they were piped in with") {
  const Secrets secrets = read_secrets({{"ALERT_API_KEY", "key\n"},
                                        {"MONITOR_PING_URL", " https://x.example/ \r\n"},
                                        {"NOTIFICATION_OPS_URL", "https://y.example\n"},
                                        {"NOTIFICATION_OPS_AUTHTOKEN", "\n"},
                                        {"OTHER", "z"}});

  CHECK(secrets.alert_api_key == "key");
  CHECK(secrets.monitor_ping_url == "https://x.example/");
  CHECK(secrets.notification.size() == 1);
  CHECK(secrets.notification.at("NOTIFICATION_OPS_URL") == "https://y.example");
}

TEST_CASE("the most specific key counts: of the service, of its group, of all") {
  const Config all = world(R"({"web":"w","prod":"p","*":"s"})");
  CHECK(key_of(all, "web") == "w");
  CHECK(key_of(all, "lone") == "s");

  const Config shared = world(R"({"prod":"p","*":"s"})");
  CHECK(key_of(shared, "web") == "p");
  CHECK(key_of(shared, "lone") == "s");

  const Config none = world(R"({"constructor":"c","other":"o"})");
  CHECK(key_of(none, "web") == std::nullopt);
  CHECK(key_of(none, "lone") == std::nullopt);
}

TEST_CASE("an empty key lets nobody in, and hides the more general ones all the same") {
  const Config config = world(R"({"web":"","prod":"p","*":""})");

  CHECK(key_of(config, "web") == std::nullopt);
  CHECK(key_of(config, "lone") == std::nullopt);
}

TEST_CASE("keys are equal only when every byte is, and empty ones never") {
  CHECK(equal_in_constant_time("secret", "secret"));
  CHECK(equal_in_constant_time(std::string_view("a\0b", 3), std::string_view("a\0b", 3)));
  for (const auto& [given, expected] : {std::pair{"secret", "secres"},
                                        {"Secret", "secret"},
                                        {"secre", "secret"},
                                        {"secrets", "secret"},
                                        {"", "secret"},
                                        {"secret", ""},
                                        {"", ""},
                                        {"secretsecret", "secret"},
                                        {"aaaa", "aa"},
                                        {"\xff", "\x7f"}}) {
    INFO(given << " / " << expected);
    CHECK_FALSE(equal_in_constant_time(given, expected));
  }
  CHECK_FALSE(equal_in_constant_time(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

TEST_CASE("a bearer token is what follows the scheme, in any case of letters") {
  for (const char* text : {"Bearer key", "bearer key", "BEARER key", "  Bearer   key  ", "Bearer\tkey"}) {
    INFO(text);
    CHECK(bearer(text) == "key");
  }
  CHECK(bearer("Bearer two words") == "two words");
  for (const char* text :
       {"", " ", "Bearer", "Bearer ", "Bearerkey", "Basic key", "key", "Bearer: key", "xBearer key"}) {
    INFO(text);
    CHECK(bearer(text) == "");
  }
}

TEST_CASE("a secret is named after its channel in capitals, each other character a line") {
  CHECK(secret_name("discord", "WEBHOOKURL") == "NOTIFICATION_DISCORD_WEBHOOKURL");
  CHECK(secret_name("On-call 2", "url") == "NOTIFICATION_ON_CALL_2_URL");
  CHECK(secret_name("\xC3\xA4rger", "URL") == "NOTIFICATION__RGER_URL");
}

TEST_CASE("a credential is read by its short name") {
  const Secrets secrets = read_secrets({{"NOTIFICATION_ON_CALL_CHATID", "-100"}});

  CHECK(credential(secrets, {.type = "telegram", .name = "on call"}, "CHATID") == "-100");
  CHECK(credential(secrets, {.type = "telegram", .name = "on call"}, "BOTTOKEN") == "");
}

}  // namespace
}  // namespace hb::secrets_test
