#include "jobs/tell_test.hpp"

namespace hb::post_test_notification_test {

TEST_CASE("a test notification is one real message, and its answer is what the provider said") {
  for (const Role role : kRoles) {
    NotifyingWorld world(role);
    world.configure(
        NotifyingWorld::kServices, R"({"api":{"enableTestNotificationEndpoint":true}})",
        R"({"channels":[{"type":"webhook","name":"ops"},{"type":"webhook","name":"off","enabled":false},
                                    {"type":"slack","name":"bare"}]})");
    world.authorization = "Bearer the alert key";
    const auto answer = [&](std::string_view body) {
      const Reply reply = world.post("/api/test-notification", body);
      return std::to_string(reply.status) + " " + reply.body;
    };
    CHECK(answer(R"({"channelType":"webhook","eventType":"degraded"})") ==
          R"(200 {"success":true,"channel":"ops","type":"webhook","status":200})");
    world.answer("ops", {.status = 404, .body = "no such hook"});
    CHECK(answer(R"({"channelName":"ops"})") ==
          R"(200 {"success":false,"channel":"ops","type":"webhook","status":404,"error":"HTTP 404"})");
    world.answer("ops", {.error = "TimeoutError"});
    CHECK(
        answer(R"({"channelName":"ops"})") ==
        R"(200 {"success":false,"channel":"ops","type":"webhook","status":null,"error":"no answer within 10 s"})");
    CHECK(answer(R"({"channelName":"nobody"})").substr(0, 3) == "404");
    CHECK(answer(R"({"channelName":"off"})") == R"(409 {"error":"The channel off is disabled"})");
    CHECK(answer(R"({"channelName":"bare"})") ==
          R"(409 {"error":"The secret NOTIFICATION_BARE_WEBHOOKURL is not set"})");
    for (const char* body :
         {"", "[]", "{}", R"({"channelName":1})", R"({"channelName":"ops","eventType":"x"})"}) {
      INFO(body);
      CHECK(answer(body).substr(0, 3) == "400");
    }
    CHECK(world.sent.size() == 3);
    world.sent.clear();
    world.authorization.clear();
    CHECK(answer(R"({"channelName":"ops"})").substr(0, 3) == "401");
  }
}

}  // namespace hb::post_test_notification_test
