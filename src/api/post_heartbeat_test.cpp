#include <array>

#include "catch.hpp"
#include "world.hpp"

namespace hb::post_heartbeat_test {
namespace {

constexpr std::string_view kLocked = R"({
  "groups": [{"id": "prod", "services": ["web", "db"]}],
  "services": [{"id": "web"}, {"id": "db"}, {"id": "open", "auth": {"required": false}}, {"id": "alone"}]})";

template <class Mode = World>
Mode locked(const std::string& api_keys) {
  Mode world;
  if (!api_keys.empty()) world.env["API_KEYS"] = api_keys;
  world.configure(kLocked);
  return world;
}

int post_with(World& world, std::string_view key, std::string_view id) {
  world.authorization = "Bearer " + std::string(key);
  return world.post("/api/heartbeat/" + std::string(id)).status;
}

std::string error_of(const Reply& reply) {
  return string_member(parse_json(reply.body).value_or(Json()), "error").value_or("");
}

}  // namespace

TEST_CASE("a heartbeat is stored at the time of its receipt") {
  KvOnly world;
  const Reply reply = world.post("/api/heartbeat", R"({"serviceId":"web"})");
  CHECK(reply.status == 200);
  CHECK(reply.body ==
        R"({"success":true,"message":"Heartbeat received","timestamp":"2026-11-22T06:00:00.000Z"})");
  CHECK(world.stored(Key::latest) == R"({"web":"2026-11-22T06:00:00.000Z"})");
}

TEST_CASE("the key is the service's, else its group's, else that of everybody") {
  World world = locked(R"({"web":"w","prod":"p","*":"all"})");
  CHECK(post_with(world, "w", "web") == 200);
  CHECK(post_with(world, "p", "web") == 401);
  CHECK(post_with(world, "all", "web") == 401);
  CHECK(post_with(world, "p", "db") == 200);
  CHECK(post_with(world, "all", "db") == 401);
  CHECK(post_with(world, "all", "alone") == 200);
  CHECK(post_with(world, "", "alone") == 401);
  CHECK(post_with(world, "", "open") == 200);
}

TEST_CASE("an unknown id comes before its key, and neither reaches the store") {
  World world = locked(R"({"*":"all"})");
  for (const char* id : {"nobody", "__proto__", "constructor", "prod", "*", "%00", "%FF", "we%2Fb"}) {
    INFO(id);
    CHECK(post_with(world, "wrong", id) == 404);
    CHECK(post_with(world, "all", id) == 404);
  }
  CHECK(post_with(world, "all", std::string(100'000, 'x')) == 404);
  CHECK(post_with(world, "wrong", "web") == 401);
  CHECK(world.documents.empty());
  CHECK(world.rows.empty());
}

TEST_CASE("without API_KEYS whoever needs a key is refused, and told why") {
  World world = locked("");
  const Reply reply = world.post("/api/heartbeat/web");
  CHECK(reply.status == 401);
  CHECK(error_of(reply) == "Server misconfigured: API_KEYS not set");
  CHECK(world.post("/api/heartbeat/open").status == 200);
}

TEST_CASE("with API_KEYS that cannot be read it is the server's fault, said in its log") {
  World world = locked("not json");
  const Reply reply = world.post("/api/heartbeat/web");
  CHECK(reply.status == 500);
  CHECK(error_of(reply) == "Server configuration error");
  CHECK(world.logs.back().level == Level::error);
  CHECK(world.post("/api/heartbeat", R"({"services":["open","web"]})").status == 500);
  CHECK(world.post("/api/heartbeat", R"({"services":["open"]})").status == 200);
}

TEST_CASE("no key configured is told apart from a wrong one") {
  World world = locked(R"({"prod":"p"})");
  world.authorization = "Bearer p";
  CHECK(error_of(world.post("/api/heartbeat/alone")) == "No API key configured for this service");
  world.authorization = "Bearer q";
  CHECK(error_of(world.post("/api/heartbeat/web")) == "Invalid API key");
}

TEST_CASE("a request without a key is told how to send one, and no key is repeated") {
  World world = locked(R"({"*":"all"})");
  world.env["ALERT_API_KEY"] = "a";
  world.configure(kLocked, R"({"api":{"enableTestNotificationEndpoint":true}})");
  const std::string bearer = "; send it as Authorization: Bearer KEY";
  const std::string either = bearer + ", or as the password of Basic";
  const std::string none = "No key was sent";
  const std::string basic = none + ", because the scheme of Authorization is Basic";
  const std::string bare = none + ", because the header Authorization has no scheme";
  const std::array<std::string, 3> cases[] = {
      // what was sent, what a heartbeat and /api/self are told, what an alert is told
      {"", none + bearer, none + either},
      {" Bearer ", none + bearer, none + either},
      {"Basic dTo=", basic + bearer, none + either},
      {"Token hush", none + ", because the scheme of Authorization is Token" + bearer,
       none + ", because the scheme of Authorization is Token" + either},
      {"hush", bare + bearer, bare + either},
      {"hush-1234 hush", bare + bearer, bare + either},
      {"Bearer hush", "Invalid API key", "Invalid API key"},
      {"Basic dTpodXNo", basic + bearer, "Invalid API key"}};
  for (const auto& [sent, of_heartbeat, of_alert] : cases) {
    INFO(sent);
    world.authorization = sent;
    CHECK(world.post("/api/heartbeat/web").status == 401);
    CHECK(error_of(world.post("/api/heartbeat/web")) == of_heartbeat);
    CHECK(error_of(world.post("/api/verify", R"({"serviceId":"web"})")) == of_heartbeat);
    CHECK(error_of(world.get("/api/self")) == of_heartbeat);
    CHECK(error_of(world.post("/api/test-notification", "{}")) == of_heartbeat);
    CHECK(error_of(world.post("/api/alert", "{}")) == of_alert);
    const Json batch =
        parse_json(world.post("/api/heartbeat", R"({"services":["web"]})").body).value_or(Json());
    CHECK(batch["results"][0]["error"] == of_heartbeat);
  }
  world.authorization = "Bearer all";
  const Reply reply = world.post("/api/heartbeat", R"({"services":[{"serviceId":"web","token":""},"db"]})");
  CHECK(reply.status == 207);
  CHECK(parse_json(reply.body).value_or(Json())["results"][0]["error"] == none + bearer);
}

TEST_CASE("an ALERT_API_KEY that is empty counts as not set") {
  for (const char* empty : {"", " ", "\n"}) {
    World world = locked("");
    world.env["ALERT_API_KEY"] = empty;
    world.configure(kLocked);
    world.authorization = "Bearer ";
    CHECK(world.post("/api/alert", "{}").status == 503);
  }
}

TEST_CASE("a batch answers for each entry in order") {
  auto world = locked<KvOnly>(R"({"*":"all","prod":"p"})");
  world.authorization = "Bearer all";
  const Reply reply =
      world.post("/api/heartbeat",
                 R"({"services":["alone",{"serviceId":"web","token":"p","status":"down"},"db","nobody",5]})");
  CHECK(reply.status == 207);
  CHECK(
      reply.body ==
      R"({"success":true,"message":"Partial success: 2 succeeded, 3 failed","timestamp":"2026-11-22T06:00:00.000Z",)"
      R"("results":[{"serviceId":"alone","success":true,"timestamp":"2026-11-22T06:00:00.000Z"},)"
      R"({"serviceId":"web","success":true,"timestamp":"2026-11-22T06:00:00.000Z"},)"
      R"({"serviceId":"db","success":false,"error":"Invalid API key"},)"
      R"({"serviceId":"nobody","success":false,"error":"Unknown serviceId"},)"
      R"({"serviceId":"unknown","success":false,"error":"Invalid service format"}]})");
  CHECK(world.stored(Key::latest) ==
        R"({"alone":"2026-11-22T06:00:00.000Z","web":"2026-11-22T06:00:00.000Z",)"
        R"("$reports":{"web":{"status":"down","at":"2026-11-22T06:00:00.000Z"}}})");
}

TEST_CASE("in a batch every service wants its own key, in whatever order they come") {
  World world = locked(R"({"web":"w","alone":"","*":"all"})");
  for (const auto& [key, good] : {std::pair("w", "web"), std::pair("all", "db")}) {
    world.authorization = std::string("Bearer ") + key;
    const Reply reply =
        world.post("/api/heartbeat", R"({"services":["web","db","alone","web","web","db","db","web"]})");
    const Json results = *member(parse_json(reply.body).value_or(Json()), "results");
    REQUIRE(results.size() == 8);
    for (const Json& one : results) {
      INFO(key << ": " << one);
      CHECK(as_bool(*member(one, "success")) == (string_member(one, "serviceId") == good));
    }
  }
}

TEST_CASE("a batch that failed as a whole has the status of its one reason, else 400") {
  World world = locked(R"({"*":"all"})");
  CHECK(world.post("/api/heartbeat", R"({"services":["web","alone"]})").status == 401);
  CHECK(world.post("/api/heartbeat", R"({"services":["x","y"]})").status == 404);
  CHECK(world.post("/api/heartbeat", R"({"services":["web","x"]})").status == 400);
  CHECK(world.post("/api/heartbeat", R"({"services":[1,2]})").status == 400);
  CHECK(world.documents.empty());
  CHECK(world.rows.empty());
}

TEST_CASE("of two entries with one id both are answered and the later is stored") {
  KvOnly world;
  const Reply reply = world.post("/api/heartbeat",
                                 R"({"services":[{"serviceId":"web","status":"down"},{"serviceId":"web"}]})");
  CHECK(reply.status == 200);
  CHECK(parse_json(reply.body)->at("message") == "Batch heartbeat received for 2 service(s)");
  CHECK(world.stored(Key::latest) == R"({"web":"2026-11-22T06:00:00.000Z"})");
}

TEST_CASE("metadata that is too long is named in a warning, and the heartbeat counts") {
  KvOnly world;
  const std::string metadata = R"({"k":")" + std::string(5000, 'x') + "\"}";
  const Reply reply = world.post("/api/heartbeat", R"({"serviceId":"web","metadata":)" + metadata + "}");
  CHECK(reply.status == 200);
  CHECK(parse_json(reply.body)->at("warning") ==
        "The metadata of web was left out: it takes more than 4096 bytes as JSON");
  CHECK(world.documents.contains(Key::latest));
}

TEST_CASE("what could not be stored is 503 and may be sent again") {
  KvOnly world;
  world.writes_fail = true;
  const Reply reply = world.post("/api/heartbeat/web");
  CHECK(reply.status == 503);
  CHECK(std::find(reply.headers.begin(), reply.headers.end(),
                  std::pair<std::string, std::string>("Retry-After", "10")) != reply.headers.end());
}

TEST_CASE("a heartbeat of a renamed service may come under either id") {
  KvOnly world(R"({"services":[{"id":"site","formerly":"web","auth":{"required":false}}]})");
  CHECK(world.post("/api/heartbeat/web").status == 200);
  CHECK(world.post("/api/heartbeat", R"({"serviceId":"site"})").status == 200);
  CHECK(world.stored(Key::latest) == R"({"site":"2026-11-22T06:00:00.000Z"})");
}

TEST_CASE("the id and the key come before whatever else is wrong with a heartbeat") {
  World world = locked(R"({"*":"all","prod":"p"})");
  const std::string bad = R"(","status":"banana"})";
  const std::string large = R"(","message":")" + std::string(70'000, 'x') + "\"}";
  for (const std::string& rest : {bad, large}) {
    world.authorization = "Bearer p";
    const int wrong = rest == bad ? 400 : 413;
    CHECK(world.post("/api/heartbeat", R"({"serviceId":"nobody)" + rest).status == 404);
    CHECK(world.post("/api/heartbeat", R"({"serviceId":"alone)" + rest).status == 401);
    CHECK(world.post("/api/heartbeat", R"({"serviceId":"web)" + rest).status == wrong);
  }
}

}  // namespace hb::post_heartbeat_test
