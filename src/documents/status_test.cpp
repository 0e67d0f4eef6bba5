#include "documents/status.hpp"

#include <algorithm>

#include "catch.hpp"
#include "documents/state.hpp"
#include "world.hpp"

namespace hb::status_test {
namespace {

constexpr std::string_view kServices = R"({
  "groups": [{"id": "prod", "name": "Production", "services": ["web", "db"], "auth": {"required": false}}],
  "services": [{"id": "web", "name": "Web", "stalenessThreshold": 120}, {"id": "db", "formerly": "database"},
               {"id": "off", "enabled": false}, {"id": "mail", "auth": {"required": false}}]})";

std::string data_with(std::string_view states, std::string_view check = "{}") {
  return R"({"version":1,"revision":1,"summary":{"timestamp":"2026-11-22T05:59:00.000Z","counts":{},"states":{)" +
         std::string(states) + R"(}},"check":)" + std::string(check) +
         R"(,"uptime":{"lastDay":"2026-11-22","days":1,"cells":{}}})";
}

const std::string kData = data_with(R"("web":["up","2026-11-22T04:00:00.000Z",null],
    "db":["down","2026-11-22T05:00:00.000Z","No heartbeat"],"off":["down","2026-11-22T05:00:00.000Z",null])");

std::string text_member(const Json& json, std::string_view key) {
  return string_member(json, key).value_or("none");
}

// The notices of a monitor whose last check left this state.
Json notices(World& world, std::string_view check) {
  world.stored(Key::data) = data_with("", check);
  return world.json("/api/status")["notices"];
}

std::string ms(std::string_view time) {
  return std::to_string(to_ms(*parse_iso(time)));
}

}  // namespace

TEST_CASE("the status of every enabled service is shown in the configuration's order") {
  KvOnly world(kServices, "{}");
  world.stored(Key::data) = kData;
  world.stored(Key::latest) = R"({"web":"2026-11-22T05:59:18.000Z","database":"2026-11-22T04:50:00.000Z"})";

  CHECK(
      world.get("/api/status").body ==
      R"({"summary":{"timestamp":"2026-11-22T05:59:00.000Z","totalServices":3,"servicesUp":1,)"
      R"("servicesDegraded":0,"servicesDown":1,"servicesUnknown":1,"results":[)"
      R"({"serviceId":"web","serviceName":"Web","status":"up","since":"2026-11-22T04:00:00.000Z",)"
      R"("lastSeen":"2026-11-22T05:59:18.000Z","timeSinceLastHeartbeat":42000,"stalenessThreshold":120000,)"
      R"("groupId":"prod","groupName":"Production","message":null},)"
      R"({"serviceId":"db","serviceName":"db","status":"down","since":"2026-11-22T05:00:00.000Z",)"
      R"("lastSeen":"2026-11-22T04:50:00.000Z","timeSinceLastHeartbeat":4200000,"stalenessThreshold":300000,)"
      R"("groupId":"prod","groupName":"Production","message":"No heartbeat"},)"
      R"({"serviceId":"mail","serviceName":"mail","status":"unknown","since":null,"lastSeen":null,)"
      R"("timeSinceLastHeartbeat":null,"stalenessThreshold":300000,"groupId":null,"groupName":"Ungrouped",)"
      R"("message":null}]},"channels":[],"notices":[],"kvLagSeconds":60})");
}

TEST_CASE("before the first check there is no summary, whatever heartbeats there were") {
  KvOnly world;
  world.stored(Key::latest) = R"({"web":"2026-11-22T05:59:18.000Z"})";
  const std::string none = R"({"summary":null,"channels":[],"notices":[],"kvLagSeconds":0})";
  for (const std::string document : {"", "{}", "damaged", R"({"version":1,"summary":{"timestamp":null}})",
                                     R"({"version":1,"summary":{"timestamp":"2026-11-22T06:01:00.001Z"}})"}) {
    INFO(document);
    world.stored(Key::data) = document;
    CHECK(world.get("/api/status").body == none);
  }
}

TEST_CASE("with the collector nothing is said of a lag") {
  World world;
  CHECK(world.get("/api/status").body == R"({"summary":null,"channels":[],"notices":[]})");
}

TEST_CASE("a paused service counts as unknown and is called paused") {
  World world;
  world.stored(Key::data) = data_with(R"("web":["paused","2026-11-22T04:00:00.000Z",null],
      "db":["degraded","2026-11-22T04:00:00.000Z",null],"mail":["up","2026-11-22T04:00:00.000Z",null])");
  const Json summary = world.json("/api/status")["summary"];
  CHECK(summary["servicesUnknown"] == 1);
  CHECK(summary["servicesDegraded"] == 1);
  CHECK(summary["servicesUp"] == 1);
  CHECK(world.status("web") == "paused");
}

TEST_CASE("times more than a minute ahead are shown as none") {
  World world;
  for (const auto& [time, is_shown] : {std::pair{"2026-11-22T06:01:00.000Z", true},
                                       {"2026-11-22T06:01:00.001Z", false},
                                       {"1970-01-01T00:00:00.000Z", false}}) {
    INFO(time);
    world.stored(Key::data) = data_with(R"("web":["up",")" + std::string(time) + R"(",null])");
    CHECK(text_member(world.status_of("web"), "since") == (is_shown ? time : "none"));
  }
}

TEST_CASE("a heartbeat that is a little ahead is no negative time ago") {
  World world;
  world.stored(Key::data) = kData;
  world.stored(Key::latest) = R"({"web":"2026-11-22T06:00:30.000Z","db":"2026-11-22T06:01:00.001Z"})";
  CHECK(world.status_of("web")["timeSinceLastHeartbeat"] == 0);
  CHECK(world.status_of("db")["timeSinceLastHeartbeat"] == nullptr);
}

TEST_CASE("a check is called stale when it is older than a record, three checks and a minute") {
  World world;
  world.stored(Key::data) = kData;
  world.now = *parse_iso("2026-11-22T06:08:00.000Z");
  CHECK(world.json("/api/status")["notices"] == Json::array());

  world.advance(1ms);
  CHECK(world.json("/api/status")["notices"] ==
        Json::parse(R"([{"kind":"check-stale","since":"2026-11-22T05:59:00.000Z",
            "text":"No check was stored for 9 min; statuses are as of then"}])"));
}

TEST_CASE("a monitoring gap is shown until an hour after its end") {
  World world;
  world.configure(kThreeServices, R"({"monitoring": {"recordSeconds": 86400}})");
  const std::string check =
      "{\"gap\":[" + ms("2026-11-22T05:00:00.000Z") + "," + ms("2026-11-22T05:20:00.000Z") + "]}";
  world.now = *parse_iso("2026-11-22T06:20:00.000Z");
  CHECK(notices(world, check) == Json::parse(R"([{"kind":"blind-gap","since":"2026-11-22T05:00:00.000Z",
      "text":"No check ran from 2026-11-22 05:00:00 UTC to 2026-11-22 05:20:00 UTC; what happened then is not known"}])"));

  world.advance(1ms);
  CHECK(notices(world, check) == Json::array());
}

TEST_CASE("a blackout is shown while it lasts") {
  World world;
  const std::string since = ms("2026-11-22T05:00:00.000Z");
  CHECK(notices(world, "{\"silence\":[" + since + ",0],\"services\":{}}") ==
        Json::parse(R"([{"kind":"everybody-silent","since":"2026-11-22T05:00:00.000Z",
            "text":"Nothing heard from any service since 2026-11-22 05:00:00 UTC: they, their network or this monitor's quota"}])"));

  CHECK(notices(world, "{\"silence\":[" + since + "," + ms("2026-11-22T05:59:00.000Z") + "]}") ==
        Json::array());
}

TEST_CASE("times without checks and without heartbeats are read like the rest of the state") {
  const Config config;
  const Time now = *parse_iso("2026-11-22T06:00:00.000Z");
  const CheckState state{.scheduled = now,
                         .monitoring_gap = Span{now - 30min, now - 10min},
                         .blackout = Span{now - 5min, std::nullopt},
                         .services = {}};
  CHECK(read_suppression(now, write_state(config, state)) ==
        Suppression{state.monitoring_gap, state.blackout});
  for (const char* damaged : {"", "{", "[]", R"({"gap":[]})", R"({"gap":["x",0]})", R"({"gap":[0,0]})"}) {
    INFO(damaged);
    CHECK(read_suppression(now, damaged) == Suppression{});
  }
}

TEST_CASE("the status of a store that cannot be read is 503, to be asked again") {
  World world;
  world.reads_fail = true;
  const Reply reply = world.get("/api/status");
  CHECK(reply.status == 503);
  CHECK(reply.body == R"({"error":"What the monitor stored could not be read; ask again"})");
  CHECK(std::find(reply.headers.begin(), reply.headers.end(),
                  std::pair<std::string, std::string>{"Retry-After", "30"}) != reply.headers.end());
}

TEST_CASE("where no key can be right, people are told how to make one, until there is one") {
  World world(R"({"services": [{"id": "web"}, {"id": "open", "auth": {"required": false}}]})");
  const auto kinds = [&](const char* keys) {
    world.env["API_KEYS"] = keys;
    world.configure(R"({"services": [{"id": "web"}, {"id": "open", "auth": {"required": false}}]})");
    std::string all;
    const Json body = world.json("/api/status");
    for (const Json& notice : body["notices"]) all += text_member(notice, "text") + "\n";
    return all;
  };
  for (const char* none : {"", " ", "{}", R"({"web":""})", R"({"web":null})"}) {
    INFO(none);
    CHECK(kinds(none).starts_with("No heartbeat that needs a key is accepted, because there is none: "));
    CHECK(kinds(none).find("npm run keys -- --put") != std::string::npos);
    CHECK(kinds(none).find(R"(add the secret API_KEYS with {"*":"a-long-random-key"})") != std::string::npos);
  }
  for (const char* damaged : {"a-key", "{", "[]", "7"}) {
    INFO(damaged);
    CHECK(kinds(damaged).find("API_KEYS is not a JSON object of texts") != std::string::npos);
    CHECK(kinds(damaged).find("a-key") == std::string::npos);
  }
  CHECK(kinds(R"({"*":"k"})").empty());
  world.env["API_KEYS"] = "";
  world.configure(
      R"({"services": [{"id": "open", "auth": {"required": false}}, {"id": "off", "enabled": false}]})");
  CHECK(world.json("/api/status")["notices"].empty());
}

}  // namespace hb::status_test
