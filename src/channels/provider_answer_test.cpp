#include "channels/provider_answer.hpp"

#include "message/message_test.hpp"
#include "text/utf8.hpp"

namespace hb::provider_answer_test {
namespace {

struct Case {
  const char* channel;
  int status;
  const char* body;
  DeliveryResult result;
  const char* words;
};

Received answer(std::string_view channel, const Answer& given) {
  Config config = channel_config();
  return received(config, channel_named(config, channel), given, kTestTime);
}

Received no_answer(std::string_view channel, std::string_view error) {
  return answer(channel, {.error = std::string(error)});
}

}  // namespace

TEST_CASE("every provider's answer is understood") {
  using enum DeliveryResult;
  const Case table[] = {
      {"discord", 204, "", accepted, ""},
      {"discord", 200, R"({"id":"1"})", accepted, ""},
      {"discord", 404, R"({"message": "Unknown Webhook", "code": 10015})", broken,
       "HTTP 404: Unknown Webhook"},
      {"discord", 400, R"({"message":"Invalid Form Body","code":50035,"errors":{"embeds":{}}})", refused,
       "HTTP 400: Invalid Form Body"},
      {"discord", 400, R"({"embeds":["0"]})", refused, "HTTP 400"},
      {"slack", 200, "ok", accepted, ""},
      {"slack", 200, "ok\n", accepted, ""},
      {"slack", 200, "", accepted, ""},
      {"slack", 200, R"({"success":true})", accepted, ""},
      {"slack", 200, "invalid_payload", refused, "HTTP 400: invalid_payload"},
      {"slack", 200, R"({"ok":false,"error":"invalid_blocks"})", refused, "HTTP 400"},
      {"slack", 400, "invalid_payload", refused, "HTTP 400: invalid_payload"},
      {"slack", 403, "action_prohibited", broken, "HTTP 403: action_prohibited"},
      {"slack", 404, "no_service", broken, "HTTP 404: no_service"},
      {"slack", 410, "channel_is_archived", broken, "HTTP 410: channel_is_archived"},
      {"slack", 500, "rollup_error", later, "HTTP 500: rollup_error"},
      {"telegram", 200, R"({"ok":true,"result":{}})", accepted, ""},
      {"telegram", 200,
       R"({"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"})", broken,
       "HTTP 403: Forbidden: bot was blocked by the user"},
      {"telegram", 200, R"({"ok":false,"error_code":400,"description":"Bad Request: can't parse entities"})",
       refused, "HTTP 400: Bad Request: can't parse entities"},
      {"telegram", 200, R"({"ok":false})", refused, "HTTP 400"},
      {"telegram", 200, R"({"ok":false,"error_code":200})", refused, "HTTP 400"},
      {"telegram", 200, R"({"ok":false,"error_code":"403"})", refused, "HTTP 400"},
      {"telegram", 401, R"({"ok":false,"error_code":401,"description":"Unauthorized"})", broken,
       "HTTP 401: Unauthorized"},
      {"telegram", 502, "<html>Bad gateway</html>", later, "HTTP 502"},
      {"pagerduty", 202, R"({"status":"success","message":"Event processed","dedup_key":"k"})", accepted, ""},
      {"pagerduty", 400,
       R"({"status":"invalid event","message":"Event object is invalid","errors":["'summary' is missing"]})",
       refused, "HTTP 400: 'summary' is missing"},
      {"pushover", 200, R"({"status":1,"request":"r"})", accepted, ""},
      {"pushover", 200, R"({"status":0,"errors":["message cannot be blank"]})", refused,
       "HTTP 400: message cannot be blank"},
      {"mailgun", 200, R"({"id":"<1>","message":"Queued. Thank you."})", accepted, ""},
      {"mailgun", 401, "Forbidden", broken, "HTTP 401"},
      {"resend", 422, R"({"statusCode":422,"name":"validation_error","message":"Invalid `to` field"})",
       refused, "HTTP 422: Invalid `to` field"},
      {"resend", 409, R"({"name":"invalid_idempotent_request"})", accepted, ""},
      {"resend", 409, R"({"name":"concurrent_idempotent_requests","message":"Busy"})", later,
       "HTTP 409: Busy"},
      {"webhook", 200, R"({"ok":false,"status":0,"error":"mine"})", accepted, ""},
      {"webhook", 201, "", accepted, ""},
      {"webhook", 299, "", accepted, ""},
      {"webhook", 301, "", broken, "HTTP 301: redirects are not followed"},
      {"webhook", 308, "moved", broken, "HTTP 308: redirects are not followed"},
      {"webhook", 399, "", broken, "HTTP 399: redirects are not followed"},
      {"webhook", 400, "", refused, "HTTP 400"},
      {"webhook", 401, R"({"message":"no"})", broken, "HTTP 401"},
      {"webhook", 403, R"({"error":"no"})", broken, "HTTP 403"},
      {"webhook", 404, "no", broken, "HTTP 404"},
      {"webhook", 408, "", later, "HTTP 408"},
      {"apprise", 424, R"({"error":"One or more notification could not be sent."})", later,
       "HTTP 424: One or more notification could not be sent."},
      {"webhook", 409, "", refused, "HTTP 409"},
      {"webhook", 410, "", broken, "HTTP 410"},
      {"webhook", 413, "", refused, "HTTP 413"},
      {"webhook", 422, "", refused, "HTTP 422"},
      {"webhook", 429, "", later, "HTTP 429"},
      {"webhook", 499, "", refused, "HTTP 499"},
      {"webhook", 500, "  <!doctype html><h1>oops", later, "HTTP 500"},
      {"webhook", 503, "busy", later, "HTTP 503"},
      {"webhook", 599, "", later, "HTTP 599"},
      {"webhook", 199, "", later, "HTTP 199"},
  };
  for (const auto& [channel, status, body, result, words] : table) {
    INFO(channel << " " << status << " " << body);
    const Received out = answer(channel, {.status = status, .body = body});
    CHECK(out == Received{.result = result, .words = words});
  }
}

TEST_CASE("a wrong credential breaks the channel, in whatever status the provider says so") {
  const std::pair<const char*, Answer> table[] = {
      {"telegram",
       {.status = 400,
        .body = R"({"ok":false,"error_code":400,"description":"Bad Request: chat not found"})"}},
      {"telegram",
       {.status = 200,
        .body = R"({"ok":false,"error_code":400,"description":"Bad Request: PEER_ID_INVALID"})"}},
      {"telegram",
       {.status = 400, .body = R"({"ok":false,"description":"Bad Request: message thread not found"})"}},
      {"telegram",
       {.status = 400,
        .body =
            R"({"ok":false,"description":"Bad Request: not enough rights to send text messages to the chat"})"}},
      {"pagerduty",
       {.status = 400,
        .body =
            R"j({"status":"invalid event","message":"Event object is invalid","errors":["Length of 'routing_key' is incorrect (should be 32 characters)"]})j"}},
      {"pagerduty",
       {.status = 400, .body = R"({"status":"invalid event","errors":["Invalid routing key"]})"}},
      {"pushover",
       {.status = 400,
        .body = R"({"user":"invalid","errors":["user identifier is not a valid user"],"status":0})"}},
      {"pushover", {.status = 400, .body = R"({"token":"invalid","status":0})"}},
      {"pushover", {.status = 200, .body = R"({"errors":["user key is invalid"],"status":0})"}},
      {"slack", {.status = 400, .body = "invalid_token"}},
      {"slack", {.status = 200, .body = "no_service"}},
      {"discord",
       {.status = 400,
        .body =
            R"({"message":"Webhooks posted to forum channels must have a thread_name or thread_id","code":220001})"}},
      {"resend",
       {.status = 400,
        .body = R"({"statusCode":400,"name":"validation_error","message":"API key is invalid"})"}},
      {"mailgun",
       {.status = 400,
        .body = R"({"message":"Domain mg.example.com is not allowed to send: it is disabled"})"}},
  };
  for (const auto& [channel, given] : table) {
    INFO(channel << " " << given.body);
    CHECK(answer(channel, given).result == DeliveryResult::broken);
  }
  // The same words mean nothing where the provider is only busy, and nothing from somebody else.
  CHECK(answer("slack", {.status = 500, .body = "invalid_token"}).result == DeliveryResult::later);
  CHECK(answer("pushover", {.status = 500, .body = R"({"user":"invalid"})"}).result == DeliveryResult::later);
  CHECK(answer("webhook", {.status = 400, .body = "chat not found"}).result == DeliveryResult::refused);
}

TEST_CASE("a Telegram group that became a supergroup is named, with its secret") {
  const char* body = R"({"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded",)"
                     R"("parameters":{"migrate_to_chat_id":-1009876543210}})";
  CHECK(answer("telegram", {.status = 400, .body = body}) ==
        Received{.result = DeliveryResult::broken,
                 .words = "HTTP 400: the group became a supergroup: set NOTIFICATION_TELEGRAM_CHATID to "
                          "-1009876543210"});
}

TEST_CASE("other channels are told the status alone") {
  CHECK(without_the_providers_words("HTTP 404: Unknown: Webhook") == "HTTP 404");
  CHECK(without_the_providers_words("HTTP 404") == "HTTP 404");
  CHECK(without_the_providers_words("no answer within 10 s") == "no answer within 10 s");
  CHECK(without_the_providers_words("The secret NOTIFICATION_A_B is not set") ==
        "The secret NOTIFICATION_A_B is not set");
}

TEST_CASE("without an answer the message is tried again") {
  CHECK(no_answer("webhook", "TimeoutError") ==
        Received{.result = DeliveryResult::later, .words = "no answer within 10 s"});
  for (const char* error : {"", "TypeError", "Error", "NetworkError"})
    CHECK(no_answer("webhook", error) ==
          Received{.result = DeliveryResult::later, .words = "the connection failed"});
}

TEST_CASE("the codes of Cloudflare's e-mail binding are understood") {
  CHECK(no_answer("cloudflare", "E_RATE_LIMIT_EXCEEDED").result == DeliveryResult::later);
  CHECK(no_answer("cloudflare", "E_SENDER_NOT_VERIFIED") ==
        Received{.result = DeliveryResult::broken, .words = "E_SENDER_NOT_VERIFIED"});
  CHECK(no_answer("cloudflare", "E_VALIDATION_ERROR").result == DeliveryResult::refused);
  CHECK(no_answer("cloudflare", "E_NO_BINDING") ==
        Received{.result = DeliveryResult::broken, .words = "wrangler.toml has no send_email binding"});
  CHECK(no_answer("cloudflare", "E_key-of-mine") ==
        Received{.result = DeliveryResult::refused, .words = "the connection failed"});
  CHECK(answer("cloudflare", {.status = 200}) == Received{});
}

TEST_CASE("a provider that names a time is not asked before it, and not later than in an hour") {
  const auto at = [](std::string_view header, std::string_view body, std::string_view channel = "discord") {
    return answer(channel, {.status = 429, .retry_after = std::string(header), .body = body}).not_before;
  };
  CHECK(at("30", "") == kTestTime + 30s);
  CHECK(at(" 0 ", "") == kTestTime);
  CHECK(at("0.25", "") == kTestTime + 1s);
  CHECK(at("3600", "") == kTestTime + 1h);
  CHECK(at("3601", "") == kTestTime + 1h);
  CHECK(at("99999999999999999999", "") == std::nullopt);
  CHECK(at("Sun, 22 Nov 2026 06:10:00 GMT", "") == kTestTime + 288s);
  CHECK(at("Sun, 22 Nov 2026 06:00:00 GMT", "") == kTestTime);
  CHECK(at("Mon, 22 Nov 2027 06:00:00 GMT", "") == kTestTime + 1h);
  CHECK(at("", R"({"retry_after":1.0005})") == kTestTime + 1001ms);
  CHECK(at("7", R"({"retry_after":1})") == kTestTime + 7s);
  CHECK(at("", R"({"ok":false,"error_code":429,"parameters":{"retry_after":5}})", "telegram") ==
        kTestTime + 5s);
  for (const char* header :
       {"", "soon", "-1", "1s", "1e3", "Sun, 22 Foo 2026 06:10:00 GMT", "Sun, 99 Nov 2026 06:10:00 GMT",
        "Sun, 22 Nov 2026 06:10:00 CET", "22 Nov 2026"}) {
    INFO(header);
    CHECK(at(header, R"({"retry_after":"x"})") == std::nullopt);
  }
  CHECK(answer("discord", {.status = 404, .retry_after = "30"}).not_before == std::nullopt);
  CHECK(answer("discord", {.status = 503, .retry_after = "30"}).not_before == kTestTime + 30s);
}

TEST_CASE("a provider's words are cut, and no secret, no URL and nothing like a key is in them") {
  const std::string body = R"({"description":"bot123456:telegram-token at https://e.example )" +
                           std::string(99, 'x') + " " + std::string(20, 'y') + std::string(300, '!') + "\"}";
  const std::string words = answer("telegram", {.status = 404, .body = body}).words;
  CHECK(words.starts_with("HTTP 404: bot*** at (URL) *** " + std::string(20, 'y') + "!!!"));
  CHECK(units(words) == 200);
}

TEST_CASE("an answer of any size and content is understood") {
  for (const std::string& body :
       {std::string(64 * 1024, 'x'), std::string(64 * 1024, '['), std::string(64 * 1024, '\xFF'),
        "{\"message\":\"" + std::string(64 * 1024, 'y'), std::string(100, '\0')}) {
    for (const char* channel :
         {"discord", "slack", "telegram", "pushover", "pagerduty", "resend", "webhook"}) {
      const std::string words = answer(channel, {.status = 500, .body = body}).words;
      CHECK(units(words) <= 200);
      CHECK(words == valid_utf8(words));
    }
  }
  CHECK(answer("discord", {.status = 200, .body = std::string(64 * 1024, 'x')}).result ==
        DeliveryResult::accepted);
}

}  // namespace hb::provider_answer_test
