#include "catch.hpp"
#include "world.hpp"

namespace hb::post_verify_test {
namespace {

constexpr std::string_view kLocked = R"({"services": [{"id": "web"}, {"id": "db"}]})";
const std::string kResult = R"([{"serviceId":"web","success":true,"timestamp":"2026-11-22T06:00:00.000Z"}])";

World locked() {
  World world;
  world.env["API_KEYS"] = R"({"web":"w","db":"d"})";
  world.configure(kLocked);
  world.authorization = "Bearer w";
  return world;
}

Reply verify(World& world, std::string_view body) {
  return world.post("/api/verify", body);
}

Json parsed(const Reply& reply) {
  return parse_json(reply.body).value_or(Json());
}

}  // namespace

TEST_CASE("what is verified is stored in a row of its own, and counts for nobody") {
  World world = locked();
  const Reply reply = verify(world, R"({"serviceId":"web"})");
  CHECK(reply.status == 200);
  const Json body = parsed(reply);
  CHECK(string_member(body, "edge") == string_member(body, "collector"));
  CHECK(string_member(body, "edge").value_or("").size() == 16);
  CHECK(*member(body, "stored") == true);
  CHECK(dump(*member(body, "results")) == kResult);
  CHECK(world.rows.size() == 1);
  CHECK(world.rows.contains("verify"));
  CHECK(world.documents.empty());
}

TEST_CASE("without the collector nothing is stored, and it says so") {
  World world = locked();
  world.unbind_collector();
  const Reply reply = verify(world, R"({"serviceId":"web"})");
  CHECK(reply.status == 200);
  CHECK(*member(parsed(reply), "stored") == false);
  CHECK(string_member(parsed(reply), "note").has_value());
  CHECK(world.documents.empty());
}

TEST_CASE("what is refused as a heartbeat is refused alike when it is verified, and not stored") {
  for (const bool has_collector : {true, false}) {
    World world = locked();
    if (!has_collector) world.unbind_collector();
    for (const char* body : {"", "{", R"({"serviceId":"nobody"})", R"({"serviceId":"db"})",
                             R"({"serviceId":"web","status":"banana"})", R"({"services":["db"]})",
                             R"({"services":["nobody","db"]})", R"({"services":[]})"}) {
      INFO(body);
      const Reply verified = verify(world, body);
      const Reply heartbeat = world.post("/api/heartbeat", body);
      CHECK(verified.status >= 400);
      CHECK(verified == heartbeat);
    }
    CHECK(world.rows.empty());
    CHECK(world.documents.empty());
  }
}

TEST_CASE("a batch is verified in part") {
  World world = locked();
  const Reply reply = verify(world, R"({"services":["web","db"]})");
  CHECK(reply.status == 207);
  CHECK(string_member(parsed(reply), "message") == "Verified in part: 1 succeeded, 1 failed");
  CHECK(elements(*member(parsed(reply), "results")).size() == 2);
}

TEST_CASE("a collector that cannot be reached does not verify anything") {
  World world = locked();
  world.collector_fails = true;
  CHECK(verify(world, R"({"serviceId":"web"})").status == 503);
}

TEST_CASE("what is verified changes neither what is counted nor what is shown") {
  World world = locked();
  world.env["ALERT_API_KEY"] = "a";
  world.configure(kLocked);
  world.check();
  world.authorization = "Bearer w";
  CHECK(verify(world, R"({"serviceId":"web"})").status == 200);
  CHECK(verify(world, R"({"serviceId":"nobody"})").status == 404);
  world.advance(60s);
  world.check();
  CHECK(world.status("web") == "unknown");
  CHECK(world.alert_titles().empty());
  world.authorization = "Bearer a";
  const Json today = *member(world.json("/api/self"), "today");
  CHECK(integer_member(today, "heartbeats") == 0);
  CHECK(dump(*member(today, "refused")) == "{}");
  CHECK(dump(*member(world.json("/api/logs?serviceId=web"), "logs")) == "[]");
}

TEST_CASE("the identity is that of the files, and tells nothing of secrets") {
  World world = locked();
  const auto identity = [&] {
    world.configure(kLocked);
    return string_member(parsed(verify(world, R"({"serviceId":"web"})")), "edge");
  };
  const auto before = identity();
  world.env["ALERT_API_KEY"] = "another";
  CHECK(identity() == before);
  world.configure(kLocked, R"({"monitoring":{"recordSeconds":600}})");
  CHECK(string_member(parsed(verify(world, R"({"serviceId":"web"})")), "edge") != before);
}

}  // namespace hb::post_verify_test
