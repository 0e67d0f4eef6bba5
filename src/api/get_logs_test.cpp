#include "catch.hpp"
#include "documents/alerts.hpp"
#include "world.hpp"

namespace hb::get_logs_test {
namespace {

const std::string kAlerts =
    write_alerts(std::vector<Alert>{{.id = "3",
                                     .title = "web is up",
                                     .status = "up",
                                     .timestamp = *parse_iso("2026-11-22T05:30:00.000Z"),
                                     .service_id = "web"},
                                    {.id = "2",
                                     .title = "db is down",
                                     .status = "down",
                                     .timestamp = *parse_iso("2026-11-22T05:20:00.000Z"),
                                     .service_id = "db"},
                                    {.id = "1",
                                     .title = "web is down",
                                     .message = "No <heartbeat>",
                                     .status = "down",
                                     .timestamp = *parse_iso("2026-11-22T05:10:00.000Z"),
                                     .service_id = "web"}});

}  // namespace

TEST_CASE("without the collector the log of a service is its changes") {
  KvOnly world;
  world.stored(Key::alerts) = kAlerts;
  CHECK(world.get("/api/logs?serviceId=web").body ==
        R"({"serviceId":"web","logs":[{"timestamp":"2026-11-22T05:30:00.000Z","status":"up","message":null,)"
        R"("metadata":null,"durationMs":null,"colo":null,"country":null},)"
        R"({"timestamp":"2026-11-22T05:10:00.000Z","status":"down","message":"No \u003cheartbeat>",)"
        R"("metadata":null,"durationMs":null,"colo":null,"country":null}],"next":null,"complete":false})");
  CHECK(world.get("/api/logs?serviceId=mail").body ==
        R"({"serviceId":"mail","logs":[],"next":null,"complete":false})");
}

TEST_CASE("a log goes on where its last page ended") {
  KvOnly world;
  world.stored(Key::alerts) = kAlerts;
  const Json first = world.json("/api/logs?serviceId=web&limit=1");
  CHECK(first["logs"].size() == 1);
  CHECK(first["next"] == "2026-11-22T05:30:00.000Z");

  const Json second =
      world.json("/api/logs?serviceId=web&limit=1&before=" + first["next"].get<std::string>());
  CHECK(second["logs"][0]["status"] == "down");
  CHECK(second["next"] == nullptr);
}

TEST_CASE("a log is shown without a key and with the right one, not with a wrong one") {
  KvOnly world;
  CHECK(world.get("/api/logs?serviceId=web").status == 200);
  world.authorization = "Bearer guess";
  CHECK(world.get("/api/logs?serviceId=web").status == 401);

  world.env = {{"ALERT_API_KEY", "right"}};
  world.configure(kThreeServices);
  CHECK(world.get("/api/logs?serviceId=web").status == 401);
  CHECK(world.get("/api/logs?serviceId=x").status == 401);
  world.authorization = "Bearer right";
  CHECK(world.get("/api/logs?serviceId=web").status == 200);
}

TEST_CASE("a log needs a service that there is, and a store that can be read") {
  KvOnly world(R"({"services": [{"id": "web"}, {"id": "off", "enabled": false}]})");
  CHECK(world.get("/api/logs").status == 400);
  CHECK(world.get("/api/logs?serviceId=x").status == 404);
  CHECK(world.get("/api/logs?serviceId=web&limit=0").status == 400);
  CHECK(world.get("/api/logs?serviceId=off").status == 200);
  world.reads_fail = true;
  CHECK(world.get("/api/logs?serviceId=web").status == 503);
}

}  // namespace hb::get_logs_test
