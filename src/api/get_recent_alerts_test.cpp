#include "catch.hpp"
#include "documents/alerts.hpp"
#include "world.hpp"

namespace hb::get_recent_alerts_test {
namespace {

constexpr std::string_view kServices =
    R"({"services": [{"id": "web", "name": "Web Shop", "formerly": "www"}]})";

Time hours_ago(int hours) {
  return *parse_iso("2026-11-22T06:00:00.000Z") - std::chrono::hours{hours};
}

const std::vector<Alert> kAlerts{
    {.id = "a",
     .title = "Web Shop is down",
     .message = "No heartbeat",
     .severity = "critical",
     .source = "monitor",
     .status = "down",
     .timestamp = hours_ago(1),
     .service_id = "www"},
    {.id = "b",
     .title = "Disk <full>",
     .severity = "warning",
     .source = "Grafana",
     .timestamp = hours_ago(24),
     .labels = R"({"host":"Node-7","n":"x"})",
     .url = "https://grafana.example/1"},
    {.id = "c", .title = "Old", .severity = "info", .source = "grafana", .timestamp = hours_ago(24) - 1ms}};

World world_with_alerts(std::string_view settings = "{}") {
  World world(kServices, settings);
  world.stored(Key::alerts) = write_alerts(kAlerts);
  return world;
}

// The ids of the alerts in an answer, newest first.
std::string ids(World& world, std::string_view query) {
  std::string ids;
  const Json answer = world.json("/api/alerts/recent?" + std::string(query));
  for (const Json& alert : answer["alerts"]) ids += alert["id"].get<std::string>();
  return ids;
}

}  // namespace

TEST_CASE("the alerts of the last day are shown newest first, under present ids") {
  World world = world_with_alerts();
  CHECK(
      world.get("/api/alerts/recent").body ==
      R"({"success":true,"alerts":[{"id":"a","title":"Web Shop is down","message":"No heartbeat",)"
      R"("severity":"critical","source":"monitor","status":"down","timestamp":"2026-11-22T05:00:00.000Z",)"
      R"("serviceId":"web"},{"id":"b","title":"Disk \u003cfull>","message":"","severity":"warning",)"
      R"("source":"Grafana","status":"","timestamp":"2026-11-21T06:00:00.000Z",)"
      R"("labels":{"host":"Node-7","n":"x"},"url":"https://grafana.example/1"}],"count":2,"periodHours":24})");
}

TEST_CASE("without a document there are no recent alerts") {
  World world;
  CHECK(world.get("/api/alerts/recent").body == R"({"success":true,"alerts":[],"count":0,"periodHours":24})");
}

TEST_CASE("a document in another order is shown newest first") {
  World world(kServices);
  world.stored(Key::alerts) = write_alerts(std::vector{kAlerts[1], kAlerts[0]});
  CHECK(ids(world, "") == "ab");
  CHECK(ids(world, "limit=1") == "a");
}

TEST_CASE("the period of recent alerts has the first instant of its hours, and not since itself") {
  World world = world_with_alerts();
  CHECK(ids(world, "hours=25") == "abc");
  CHECK(ids(world, "hours=24") == "ab");
  CHECK(ids(world, "hours=23") == "a");
  CHECK(ids(world, "hours=24.5") == "abc");
  CHECK(ids(world, "hours=0.5") == "");
  CHECK(ids(world, "hours=1") == "a");
  CHECK(ids(world, "hours=0") == "abc");
  CHECK(ids(world, "since=2026-11-22T04:59:59.999Z") == "a");
  CHECK(ids(world, "since=2026-11-22T05:00:00.000Z") == "");
  CHECK(ids(world, "since=2026-11-22T05:59:59.999%2B01:00&hours=8760") == "a");
}

TEST_CASE(
    "what was posted is there at once for who asks with the key, and for readers once it is published") {
  World world;
  world.env["ALERT_API_KEY"] = "secret";
  world.configure(kThreeServices);
  world.check();
  world.authorization = "Bearer secret";
  REQUIRE(world.post("/api/alert", R"({"title":"Disk","message":"full"})").status == 200);
  CHECK(world.alert_titles() == std::vector<std::string>{"Disk"});
  world.authorization = "";
  CHECK(world.alert_titles().empty());
  world.authorization = "Bearer wrong";
  CHECK(world.alert_titles().empty());
  world.authorization = "";
  world.check_every_minute_for(300s);
  CHECK(world.alert_titles() == std::vector<std::string>{"Disk"});
  world.authorization = "Bearer secret";
  world.collector_fails = true;
  CHECK(world.get("/api/alerts/recent").status == 503);
}

TEST_CASE("since overrides hours, and the period says how long that is") {
  World world = world_with_alerts();
  CHECK(world.json("/api/alerts/recent?hours=2")["periodHours"] == 2);
  CHECK(world.json("/api/alerts/recent?hours=2&since=2026-11-22T04:30:00Z")["periodHours"] == 1.5);
  CHECK(world.json("/api/alerts/recent?since=2026-11-23")["periodHours"] == 0);
}

TEST_CASE("recent alerts have the settings' period and limit unless the request has its own") {
  World world = world_with_alerts(R"({"alertHistory": {"defaultRecentPeriodHours": 48, "defaultLimit": 2}})");
  CHECK(ids(world, "") == "ab");
  CHECK(ids(world, "limit=3") == "abc");
  CHECK(world.json("/api/alerts/recent")["periodHours"] == 48);
}

TEST_CASE("alerts are filtered by severity and source, in any case of letters") {
  World world = world_with_alerts();
  CHECK(ids(world, "hours=48&severity=critical") == "a");
  CHECK(ids(world, "hours=48&severity=INFO,%20Critical") == "ac");
  CHECK(ids(world, "hours=48&severity=") == "abc");
  CHECK(ids(world, "hours=48&severity=fatal") == "");
  CHECK(ids(world, "hours=48&source=GRAFANA") == "bc");
  CHECK(ids(world, "hours=48&source=graf") == "");
  CHECK(ids(world, "hours=48&source=grafana&severity=warning") == "b");
}

TEST_CASE("the limit counts only alerts that pass the filter") {
  World world = world_with_alerts();
  CHECK(ids(world, "hours=48&source=grafana&limit=1") == "b");
}

TEST_CASE("alerts are searched by title, message, service and labels, and by nothing else") {
  World world = world_with_alerts();
  for (const char* text : {"SHOP+is", "no+heart", "web", "www", "web+shop"}) {
    INFO(text);
    CHECK(ids(world, "q=" + std::string(text)) == "a");
  }
  for (const char* text : {"%3Cfull", "host", "node-7", "HOST%3Dnode"}) {
    INFO(text);
    CHECK(ids(world, "q=" + std::string(text)) == "b");
  }
  for (const char* text : {"critical", "monitor", "grafana.example", "%22host%22", "{"}) {
    INFO(text);
    CHECK(ids(world, "q=" + std::string(text)) == "");
  }
}

TEST_CASE("bad numbers and times of recent alerts are refused by the parameter's name") {
  World world;
  const auto error = [&](const std::string& query) {
    return string_member(world.json("/api/alerts/recent?" + query), "error").value_or("none");
  };
  for (const char* bad : {"-1", "", "x", "1,5", "NaN", "-0.5"}) {
    INFO(bad);
    CHECK(error("hours=" + std::string(bad)) == "hours must be a number from 0 to 8760");
  }
  for (const char* bad : {"0", "-1", "", "x", "1.5"}) {
    INFO(bad);
    CHECK(error("limit=" + std::string(bad)) == "limit must be a whole number from 1 to 1000");
  }
  CHECK(error("hours=8760.5") == "hours must be a number from 0 to 8760");
  CHECK(error("limit=1001") == "limit must be a whole number from 1 to 1000");
  CHECK(error("hours=8760&limit=1000") == "none");
  CHECK(error("since=yesterday") == "since must be a time such as 2026-11-22T06:00:00Z");
  CHECK(world.get("/api/alerts/recent?limit=0").status == 400);
}

TEST_CASE("recent alerts that cannot be read are 503") {
  World world;
  world.reads_fail = true;
  CHECK(world.get("/api/alerts/recent").status == 503);
}

}  // namespace hb::get_recent_alerts_test
