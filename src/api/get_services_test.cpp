#include "catch.hpp"
#include "collector/session.hpp"
#include "event/handlers.hpp"
#include "schedule/schedule_test.hpp"
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

TEST_CASE("a service with a schedule is shown with it in words, and with what belongs to it") {
  CHECK(
      answer(
          R"({"services": [{"id": "job", "schedule": {"every": 3600}, "grace": 60, "startGrace": 5, "maxRuntime": 70,
                               "minRuntime": 2}]})")
          .find(
              R"("stalenessThreshold":null,"schedule":{"text":"every 1 h","timezone":"UTC","next":[]},)"
              R"("grace":60,"early":0,"startGrace":5,"maxRuntime":70,"minRuntime":2,"uptimeThresholdSet")") !=
      std::string::npos);
}

TEST_CASE("the next slots are three, or as many as are asked for") {
  World world(R"({"services":[{"id":"job","schedule":{"cron":"30 3 * * *"}}]})");
  const auto next = [&](const std::string& query) {
    return world.json("/api/services" + query)[0]["schedule"]["next"];
  };
  CHECK(next("") ==
        Json::parse(R"(["2026-11-23T03:30:00.000Z","2026-11-24T03:30:00.000Z","2026-11-25T03:30:00.000Z"])"));
  CHECK(next("?next=1").size() == 1);
  CHECK(next("?next=20").size() == 20);
  for (const char* wrong : {"0", "21", "x"})
    CHECK(world.get("/api/services?next=" + std::string(wrong)).status == 400);
}

// With the zones as they come with an event.
TEST_CASE("each known schedule is answered with its slots") {
  const Json cases = slot_cases();
  for (const Json& one : cases.at("slots")) {
    if (one.at("next").at(0) == "fault") continue;
    INFO(one.dump());
    const char* const kind = one.contains("cron") ? "cron" : "onCalendar";
    const Json schedule{{kind, one.at(kind)}, {"timezone", one.at("zone")}};
    const Json service{{"id", "job"}, {"schedule", schedule}, {"grace", 60}};
    World world(Json{{"services", Json::array({service})}}.dump());
    const auto zone = one.at("zone").get<std::string>();
    world.zones[zone] = zone_of(cases, zone);
    world.now = instant(one.at("after").get<std::string>());
    const Json next = world.json("/api/services")[0]["schedule"]["next"];
    for (size_t i = 0; i < one.at("next").size(); ++i) {
      const auto expected = one.at("next").at(i).get<std::string>();
      CHECK((i < next.size() ? iso(instant(next.at(i).get<std::string>())).substr(0, 16) + "Z" : "never") ==
            expected);
    }
  }
}

TEST_CASE("no services are an empty array") {
  CHECK(answer("{}") == "[]");
}

}  // namespace hb::get_services_test
