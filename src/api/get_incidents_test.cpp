#include "catch.hpp"
#include "documents/alerts.hpp"
#include "world.hpp"

namespace hb::get_incidents_test {
namespace {

Alert alert(std::string_view time, std::string status, std::string message) {
  return {.id = std::string(time),
          .message = std::move(message),
          .status = std::move(status),
          .timestamp = *parse_iso("2026-11-22T0" + std::string(time) + ":00.000Z"),
          .service_id = "web"};
}

const std::string kAlerts =
    write_alerts(std::vector<Alert>{alert("5:50", "down", ""), alert("5:05", "up", "It was degraded"),
                                    alert("5:00", "degraded", "disk 91 %")});

}  // namespace

TEST_CASE("incidents are shown newest first, an open one as long as it lasts") {
  KvOnly world;
  world.stored(Key::alerts) = kAlerts;
  CHECK(world.get("/api/incidents?serviceId=web").body ==
        R"({"serviceId":"web","incidents":[{"status":"down","start":"2026-11-22T05:50:00.000Z","end":null,)"
        R"("durationMs":600000,"message":null},)"
        R"({"status":"degraded","start":"2026-11-22T05:00:00.000Z","end":"2026-11-22T05:05:00.000Z",)"
        R"("durationMs":300000,"message":"disk 91 %"}],"next":null,"complete":false})");
}

TEST_CASE("incidents go on where their last page ended, each with the end it has") {
  KvOnly world;
  world.stored(Key::alerts) = kAlerts;
  CHECK(world.json("/api/incidents?serviceId=web&limit=1")["next"] == "2026-11-22T05:50:00.000Z");
  const Json second = world.json("/api/incidents?serviceId=web&limit=1&before=2026-11-22T05:50:00.000Z");
  CHECK(second["incidents"].size() == 1);
  CHECK(second["incidents"][0]["end"] == "2026-11-22T05:05:00.000Z");
  CHECK(second["next"] == nullptr);
}

TEST_CASE("an incident that begins a little ahead lasts no negative time") {
  KvOnly world;
  world.stored(Key::alerts) = kAlerts;
  world.now = *parse_iso("2026-11-22T05:49:30.000Z");
  CHECK(world.json("/api/incidents?serviceId=web")["incidents"][0]["durationMs"] == 0);
}

TEST_CASE("incidents need a service that there is, and a store that can be read") {
  KvOnly world;
  CHECK(world.get("/api/incidents").status == 400);
  CHECK(world.get("/api/incidents?serviceId=x").status == 404);
  CHECK(world.get("/api/incidents?serviceId=web&before=soon").status == 400);
  CHECK(world.get("/api/incidents?serviceId=web").status == 200);
  world.reads_fail = true;
  CHECK(world.get("/api/incidents?serviceId=web").status == 503);
}

}  // namespace hb::get_incidents_test
