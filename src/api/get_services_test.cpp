#include "catch.hpp"
#include "collector/session.hpp"
#include "event/handlers.hpp"
#include "world.hpp"

namespace hb::get_services_test {
namespace {

constexpr std::string_view kNotifications = R"({"settings": {"repeatAlertMinutes": 60}, "channels": [
    {"type": "discord", "name": "ops"}, {"type": "slack", "name": "night", "enabled": false},
    {"type": "webhook", "name": "hook", "config": {"headers": {"X-Secret": "hidden"}}}]})";

std::string answer(std::string_view services) {
  const ParsedConfig parsed =
      parse_config({.services = services,
                    .notifications = kNotifications,
                    .settings = "{}",
                    .dashboard = "{}",
                    .env = {{"API_KEYS", R"({"*":"hidden"})"},
                            {"NOTIFICATION_OPS_WEBHOOKURL", "https://hidden.example"}}});
  for (const Fault& fault : parsed.faults) FAIL(sentence(fault));
  Session session;
  return std::get<Done>(get_services({parsed.config, PageTemplate{}, Event{}, session})).reply.body;
}

}  // namespace

TEST_CASE("services are shown with their group's values merged in, disabled ones too") {
  CHECK(
      answer(R"({
      "groups": [{"id": "prod", "name": "Production", "services": ["web"], "stalenessThreshold": 120,
                  "uptimeThresholdSet": "strict", "auth": {"required": false}, "failureThreshold": 2, "successThreshold": 3,
                  "notifications": {"channels": ["discord"], "events": ["up", "down"]}}],
      "services": [{"id": "web", "name": "Web", "description": "The <shop>", "repeatAlertMinutes": 5,
                    "notifications": {"enabled": false}},
                   {"id": "db", "enabled": false}]})") ==
      R"([{"id":"web","name":"Web","description":"The \u003cshop>","enabled":true,"groupId":"prod",)"
      R"("groupName":"Production","stalenessThreshold":120,"uptimeThresholdSet":"strict","failureThreshold":2,"successThreshold":3,)"
      R"("repeatAlertMinutes":5,"auth":{"required":false},)"
      R"("notifications":{"enabled":false,"channels":["discord"],"events":["down","up"]}},)"
      R"({"id":"db","name":"db","description":"","enabled":false,"groupId":null,"groupName":"Ungrouped",)"
      R"("stalenessThreshold":300,"uptimeThresholdSet":"default","failureThreshold":1,"successThreshold":1,"repeatAlertMinutes":60,)"
      R"("auth":{"required":true},)"
      R"("notifications":{"enabled":true,"channels":["ops","hook"],"events":["down","up","degraded"]}}])");
}

TEST_CASE("a service that names no channel and no event has empty lists") {
  CHECK(answer(R"({"services": [{"id": "web", "notifications": {"channels": [], "events": []}}]})")
            .ends_with(R"("notifications":{"enabled":true,"channels":[],"events":[]}}])"));
}

TEST_CASE("no services are an empty array") {
  CHECK(answer("{}") == "[]");
}

}  // namespace hb::get_services_test
