#include "catch.hpp"
#include "documents/history.hpp"
#include "world.hpp"

namespace hb::get_uptime_test {
namespace {

// The last cell is 22 November's.
std::string data_with(std::string_view id, const std::vector<Minutes>& days) {
  std::string cells;
  for (const Minutes& day : days) cells += pack(day);
  return R"({"version":1,"revision":1,"summary":{},"check":{},"uptime":{"lastDay":"2026-11-22","days":)" +
         std::to_string(days.size()) + R"(,"cells":{")" + std::string(id) + "\":\"" + cells + "\"}}}";
}

}  // namespace

TEST_CASE("uptime is shown day by day, oldest first, with what is unknown left out of the percentage") {
  World world;
  world.stored(Key::data) = data_with(
      "web", {{.up = 1440}, {.up = 900, .degraded = 60, .down = 37, .unknown = 443}, {.unknown = 360}});
  CHECK(world.get("/api/uptime?serviceId=web&days=4").body ==
        R"({"serviceId":"web","days":[{"date":"2026-11-19","totalChecks":0,"upChecks":0,"downChecks":0,)"
        R"("degradedChecks":0,"unknownChecks":0,"uptimePercentage":null},)"
        R"({"date":"2026-11-20","totalChecks":1440,"upChecks":1440,"downChecks":0,)"
        R"("degradedChecks":0,"unknownChecks":0,"uptimePercentage":100},)"
        R"({"date":"2026-11-21","totalChecks":1440,"upChecks":900,"downChecks":37,)"
        R"("degradedChecks":60,"unknownChecks":443,"uptimePercentage":93.28},)"
        R"({"date":"2026-11-22","totalChecks":360,"upChecks":0,"downChecks":0,)"
        R"("degradedChecks":0,"unknownChecks":360,"uptimePercentage":null}],)"
        R"("overallUptime":97.25,"totalDays":4,"retentionDays":120})");
}

TEST_CASE("the last day of uptime is today in UTC, also when nothing was recorded today") {
  World world;
  world.stored(Key::data) = data_with("web", {{.up = 10}, {.up = 20}});
  world.now = *parse_iso("2026-11-23T00:00:00.000Z");
  const Json days = world.json("/api/uptime?serviceId=web&days=2")["days"];
  CHECK(days[0]["date"] == "2026-11-22");
  CHECK(days[0]["upChecks"] == 20);
  CHECK(days[1]["date"] == "2026-11-23");
  CHECK(days[1]["totalChecks"] == 0);
}

TEST_CASE("the sum of many days knows no bound of one") {
  World world;
  world.stored(Key::data) = data_with("web", {{.up = 1440}, {.up = 1440}, {.down = 1440}});
  CHECK(world.json("/api/uptime?serviceId=web")["overallUptime"] == 66.67);
}

TEST_CASE("uptime is shown for the whole retention unless fewer days are asked for") {
  World world(kThreeServices, R"({"uptime": {"retentionDays": 30}})");
  CHECK(world.json("/api/uptime?serviceId=web")["days"].size() == 30);
  CHECK(world.json("/api/uptime?serviceId=web&days=30")["totalDays"] == 30);
  CHECK(world.json("/api/uptime?serviceId=web&days=1")["days"].size() == 1);
  CHECK(world.json("/api/uptime?serviceId=web&days=1")["overallUptime"] == nullptr);
  for (const char* days : {"0", "31", "-1", "", "1.5", "all", "1e1"}) {
    INFO(days);
    const Reply reply = world.get("/api/uptime?serviceId=web&days=" + std::string(days));
    CHECK(reply.status == 400);
    CHECK(reply.body == R"({"error":"days must be a whole number from 1 to 30"})");
  }
}

TEST_CASE("uptime is shown of disabled services and by previous ids, not of unknown ones") {
  World world(R"({"services": [{"id": "web", "formerly": "www"}, {"id": "off", "enabled": false}]})");
  world.stored(Key::data) = data_with("www", {{.up = 5}});
  const Json uptime = world.json("/api/uptime?serviceId=www");
  CHECK(uptime["serviceId"] == "web");
  CHECK(uptime["overallUptime"] == 100);
  CHECK(world.json("/api/uptime?serviceId=off")["overallUptime"] == nullptr);
  CHECK(world.get("/api/uptime?serviceId=x").status == 404);
  CHECK(world.get("/api/uptime").status == 400);
}

TEST_CASE("a history in the older shape is shown as it was counted") {
  World world;
  world.stored(Key::data) = R"({"uptime":{"web":{"days":{"2026-11-21":{"totalChecks":288,"upChecks":287,
      "downChecks":1,"degradedChecks":0,"unknownChecks":0}}}}})";
  CHECK(world.json("/api/uptime?serviceId=web&days=2")["days"][0]["totalChecks"] == 288);
  CHECK(world.json("/api/uptime?serviceId=web&days=2")["overallUptime"] == 99.65);
}

TEST_CASE("uptime that cannot be read is 503, but a bad request stays one") {
  World world;
  world.reads_fail = true;
  CHECK(world.get("/api/uptime?serviceId=web").status == 503);
  CHECK(world.get("/api/uptime?serviceId=x").status == 404);
}

}  // namespace hb::get_uptime_test
