// Telling as a whole, with the collector and without: from heartbeats and alerts to what providers are sent.

#include <algorithm>

#include "catch.hpp"
#include "world.hpp"

namespace hb::telling_test {
namespace {

constexpr std::string_view kServices = R"({
  "groups": [{"id": "prod", "name": "Production", "services": ["web", "db", "mail", "dns"],
              "auth": {"required": false}}],
  "services": [{"id": "web", "name": "Website"}, {"id": "db"}, {"id": "mail"}, {"id": "dns"}]})";

constexpr std::string_view kTwoChannels = R"({
  "settings": {"cooldownMinutes": 0},
  "channels": [{"type": "webhook", "name": "ops"}, {"type": "webhook", "name": "boss", "events": ["down"]}]})";

struct Telling : World {
  explicit Telling(Place where, std::string_view notifications = kTwoChannels)
      : World(kServices), notifications_(notifications) {
    place = where == Place::alone ? Place::alone : Place::edge;
    env = {{"NOTIFICATION_OPS_URL", "https://ops.example/secret"},
           {"NOTIFICATION_BOSS_URL", "https://boss.example/secret"},
           {"ALERT_API_KEY", "the alert key"}};
    reconfigure(notifications);
  }

  void reconfigure(std::string_view notifications) {
    notifications_ = notifications;
    configure(kServices, kNoLag, notifications_);
  }

  void play(int minutes, const std::vector<std::string>& alive) {
    for (int minute = 0; minute < minutes; ++minute) {
      advance(60s);
      for (const std::string& id : alive) beat(id);
      check();
    }
  }

  // "06:06 ops down web", for each message since the last time.
  std::vector<std::string> news() {
    std::vector<std::string> lines;
    for (const Send& send : sent) lines.push_back(line(send));
    sent.clear();
    return lines;
  }

  static std::string line(const Send& send) {
    const std::string host = send.url.substr(8, send.url.find('.') - 8);
    const Json body = parse_json(send.body).value_or(Json());
    std::string out = host + " " + string_member(body, "event").value_or("ping");
    if (const Json* service = member(body, "service"))
      out += " " + string_member(*service, "id").value_or("?");
    if (const Json* alert = member(body, "alert"))
      out += " " + string_member(*alert, "title").value_or("?") + " " +
             string_member(*alert, "status").value_or("?");
    return out;
  }

  Json post_alert(std::string_view body, int status = 200) {
    authorization = "Bearer the alert key";
    const Reply reply = post("/api/alert", body);
    authorization.clear();
    INFO(reply.body);
    CHECK(reply.status == status);
    return parse_json(reply.body).value_or(Json());
  }

  // With the default thresholds, and the others alive, so that it is no silence of everybody.
  void let_web_go_down() {
    play(1, {"web", "db", "mail", "dns"});
    play(6, {"db", "mail", "dns"});
  }

  // An answer for one host; the others say 200.
  void answer(const std::string& host, const Answer& given) {
    provider = [host, given](const Send& send) {
      return send.url.find("//" + host + ".") == std::string::npos ? Answer{.status = 200} : given;
    };
  }

  std::string notifications_;
};

const Place kPlaces[] = {Place::alone, Place::edge};

using Lines = std::vector<std::string>;

std::string generic(std::string_view more = "") {
  return R"({"title":"Disk","message":"91 %","severity":"critical")" + std::string(more) + "}";
}

}  // namespace

TEST_CASE(
    "that a service is down is told once, on every channel that wants to know, and so is its recovery") {
  for (const Place place : kPlaces) {
    INFO("place " << static_cast<int>(place));
    Telling world(place);
    world.let_web_go_down();
    CHECK(world.news() == Lines{"ops down web", "boss down web"});
    world.play(5, {"db", "mail", "dns"});
    CHECK(world.news().empty());
    world.play(2, {"web", "db", "mail", "dns"});
    CHECK(world.news() == Lines{"ops up web"});
  }
}

TEST_CASE("nothing is sent when what is to be told could not be stored") {
  Telling world(Place::alone);
  world.play(1, {"web", "db", "mail", "dns"});
  world.play(4, {"db", "mail", "dns"});
  world.writes_fail = true;
  world.play(2, {});
  CHECK(world.news().empty());
  world.writes_fail = false;
  world.play(1, {"db", "mail", "dns"});
  CHECK(world.news() == Lines{"ops down web", "boss down web"});
}

TEST_CASE("nothing is sent again either, while that it is under way cannot be stored") {
  Telling world(Place::alone);
  world.answer("ops", {.status = 500});
  world.let_web_go_down();
  world.news();
  world.writes_fail = true;
  world.play(1, {});
  CHECK(world.news().empty());
  world.writes_fail = false;
  world.play(1, {"db", "mail", "dns"});
  CHECK(world.news() == Lines{"ops down web"});
}

TEST_CASE("with the collector, telling does not wait for KV") {
  Telling world(Place::edge);
  world.play(1, {"web", "db", "mail", "dns"});
  world.writes_fail = true;
  world.play(6, {"db", "mail", "dns"});
  CHECK(world.news() == Lines{"ops down web", "boss down web"});
}

TEST_CASE(
    "a message that a provider does not take is tried again until it does, and the page names the channel") {
  for (const Place place : kPlaces) {
    INFO("place " << static_cast<int>(place));
    Telling world(place);
    world.answer("ops", {.status = 500});
    world.let_web_go_down();
    world.play(1, {"db", "mail", "dns"});
    CHECK(world.news() == Lines{"ops down web", "boss down web", "ops down web"});
    world.play(5, {"db", "mail", "dns"});
    const Json body = world.json("/api/status");
    REQUIRE(body["channels"].size() == 1);
    CHECK(body["channels"][0]["name"] == "ops");
    CHECK(body["channels"][0]["failingSince"].is_string());
    CHECK(body["channels"].dump().find("500") == std::string::npos);

    world.provider = [](const Send&) { return Answer{.status = 200}; };
    world.news();
    world.play(10, {"db", "mail", "dns"});
    CHECK(world.news() == Lines{"ops down web"});
    CHECK(world.json("/api/status")["channels"].empty());
  }
}

TEST_CASE("a broken channel is tried again after five minutes, and told of to the others once") {
  for (const Place place : kPlaces) {
    INFO("place " << static_cast<int>(place));
    Telling world(place);
    world.answer("ops", {.status = 404});
    world.let_web_go_down();
    CHECK(world.news() == Lines{"ops down web", "boss down web"});
    world.play(1, {"db", "mail", "dns"});
    CHECK(world.news() == Lines{"boss alert The channel ops is broken firing"});
    world.play(3, {"db", "mail", "dns"});
    CHECK(world.news().empty());
    world.play(1, {"db", "mail", "dns"});
    CHECK(world.news() == Lines{"ops down web"});
    world.play(4, {"db", "mail", "dns"});
    CHECK(world.news().empty());
    world.play(1, {"db", "mail", "dns"});
    CHECK(world.news() == Lines{"ops down web"});
  }
}

TEST_CASE("no log, document or answer has the address of a channel in it") {
  for (const Place place : kPlaces) {
    Telling world(place);
    world.answer("ops", {.status = 400, .body = R"({"message":"https://ops.example/secret is not known"})"});
    world.let_web_go_down();
    world.play(3, {"db", "mail", "dns"});
    std::string all;
    for (const Log& log : world.logs) all += log.text;
    for (const auto& [key, text] : world.documents) all += text;
    for (const auto& [key, text] : world.rows) all += text;
    world.authorization = "Bearer the alert key";
    all += world.get("/api/self").body + world.get("/api/status").body + world.get("/").body;
    CHECK(all.find("HTTP 400") != std::string::npos);
    CHECK(all.find("ops.example") == std::string::npos);
  }
}

TEST_CASE("a crash after the sends repeats them with the same key, and loses nothing") {
  Telling world(Place::edge);
  std::string before_the_answers;
  world.provider = [&](const Send&) {
    before_the_answers = world.rows["outbox"];
    return Answer{.status = 200};
  };
  world.let_web_go_down();
  const std::vector<Send> first = std::exchange(world.sent, {});
  world.rows["outbox"] = before_the_answers;
  world.play(1, {"db", "mail", "dns"});
  REQUIRE(first.size() == 2);
  REQUIRE(world.sent.size() == 2);
  for (size_t i = 0; i < 2; ++i) {
    CHECK(parse_json(world.sent[i].body)->at("dedupKey") == parse_json(first[i].body)->at("dedupKey"));
  }
}

TEST_CASE("with the collector, what is under way is not sent again by what comes meanwhile") {
  Telling world(Place::edge);
  bool is_first = true;
  world.provider = [&](const Send&) {
    if (std::exchange(is_first, false)) world.post_alert(generic());
    return Answer{.status = 200};
  };
  world.let_web_go_down();
  CHECK(world.news() ==
        Lines{"ops down web", "ops alert Disk firing", "boss alert Disk firing", "boss down web"});
}

TEST_CASE("the ping of a check is its last send, also when there is nothing to tell") {
  for (const Place place : kPlaces) {
    Telling world(place);
    world.env["MONITOR_PING_URL"] = "https://watcher.example/ping";
    world.reconfigure(kTwoChannels);
    world.play(1, {"web", "db", "mail", "dns"});
    CHECK(world.news() == Lines{"watcher ping"});
    world.play(5, {"db", "mail", "dns"});
    world.news();
    world.play(1, {"db", "mail", "dns"});
    CHECK(world.news() == Lines{"ops down web", "boss down web", "watcher ping"});
    world.answer("watcher", {.status = 404});
    world.play(1, {"db", "mail", "dns"});
    INFO("place " << static_cast<int>(place));
    const bool is_logged = std::any_of(world.logs.begin(), world.logs.end(),
                                       [](const Log& log) { return log.event == "ping-failed"; });
    CHECK(is_logged);
  }
}

TEST_CASE(
    "with the collector the message says where the last heartbeat came from, also when it is folded "
    "already") {
  for (const bool is_folded : {false, true}) {
    Telling world(Place::edge);
    world.advance(60s);
    world.colo = "AMS";
    world.post("/api/heartbeat",
               R"({"serviceId":"web","message":"all well","metadata":{"hostname":"server-1"}})");
    for (const char* id : {"db", "mail", "dns"}) world.beat(id);
    world.check();
    if (!is_folded) world.writes_fail = true;
    world.play(6, {"db", "mail", "dns"});
    REQUIRE(!world.sent.empty());
    const Json body = parse_json(world.sent[0].body).value_or(Json());
    CHECK(body["message"] ==
          "No heartbeat for 6 min, limit 5 min; last one at 06:01:00 from server-1, entered at ams");
    CHECK(body["service"]["metadata"]["hostname"] == "server-1");
    CHECK(body["service"]["message"] == "all well");
  }
}

TEST_CASE("what waited in KV goes on waiting in the collector that takes over") {
  Telling world(Place::alone);
  world.answer("ops", {.status = 503});
  world.let_web_go_down();
  world.news();
  world.place = Place::edge;
  world.provider = [](const Send&) { return Answer{.status = 200}; };
  world.play(3, {"db", "mail", "dns"});
  CHECK(world.news() == Lines{"ops down web"});
}

TEST_CASE("an alert is stored and sent at once, and the answer says who took it") {
  for (const Place place : kPlaces) {
    INFO("place " << static_cast<int>(place));
    Telling world(place);
    world.answer("boss", {.status = 401});
    const Json body = world.post_alert(generic());
    CHECK(world.news() == Lines{"ops alert Disk firing", "boss alert Disk firing"});
    CHECK(body["success"] == true);
    CHECK(body["alertTitle"] == "Disk");
    CHECK(body["channelsSent"] == Json::array({"ops"}));
    CHECK(body["channelsFailed"] == Json::array({{{"channel", "boss"}, {"error", "HTTP 401"}}}));
    world.play(1, {"web"});
    CHECK(world.alert_titles() == Lines{"Disk"});
  }
}

TEST_CASE("a repeat of a firing alert is no news, a resolved one is, and firing again is") {
  for (const Place place : kPlaces) {
    INFO("place " << static_cast<int>(place));
    Telling world(place);
    const std::string firing = generic(R"(,"dedupKey":"disk-1")");
    const std::string resolved = generic(R"(,"dedupKey":"disk-1","status":"resolved")");
    for (const std::string& body : {firing, firing, resolved, resolved, firing}) {
      world.post_alert(body);
      world.advance(60s);
    }
    CHECK(world.news() == Lines{"ops alert Disk firing", "boss alert Disk firing", "ops alert Disk resolved",
                                "ops alert Disk firing", "boss alert Disk firing"});
    world.check();
    CHECK(world.alert_titles().size() == 3);
  }
}

TEST_CASE("every post without a key of its own is news") {
  for (const Place place : kPlaces) {
    Telling world(place);
    world.post_alert(generic());
    world.advance(1s);
    world.post_alert(generic());
    CHECK(world.news().size() == 4);
  }
}

TEST_CASE(
    "without the collector an alert that failed for a passing reason is 503, and its repeat goes to the "
    "rest") {
  Telling world(Place::alone);
  world.answer("boss", {.status = 500});
  const std::string alert = generic(R"(,"dedupKey":"disk-1")");
  const Json body = world.post_alert(alert, 503);
  CHECK(body["channelsSent"] == Json::array({"ops"}));
  CHECK(body["channelsFailed"][0]["channel"] == "boss");
  world.news();
  world.answer("boss", {.status = 200});
  world.advance(60s);
  CHECK(world.post_alert(alert)["channelsSent"] == Json::array({"boss"}));
  CHECK(world.news() == Lines{"boss alert Disk firing"});
  world.advance(60s);
  world.post_alert(alert);
  CHECK(world.news().empty());
  CHECK(world.alert_titles() == Lines{"Disk"});
  CHECK(world.get("/api/alerts/recent").body.find("accepted") == std::string::npos);
}

TEST_CASE("with the collector an alert that failed for a passing reason is retried from the outbox") {
  Telling world(Place::edge);
  world.answer("boss", {.status = 500});
  const Json body = world.post_alert(generic());
  CHECK(body["channelsFailed"][0]["channel"] == "boss");
  world.news();
  world.answer("boss", {.status = 200});
  world.play(2, {"web"});
  CHECK(world.news() == Lines{"boss alert Disk firing"});
}

TEST_CASE("an alert goes to the channels that it names, and those that cannot have it are named") {
  for (const Place place : kPlaces) {
    Telling world(place);
    const Json body =
        world.post_alert(R"({"title":"t","message":"m","severity":"info","channels":"boss,nobody"})");
    CHECK(world.news() == Lines{"boss alert t firing"});
    CHECK(body["channelsSent"] == Json::array({"boss"}));
    CHECK(body["errors"] == Json::array({"nobody: There is no such channel"}));
  }
}

TEST_CASE("an alert of five hundred members is one message for each channel") {
  for (const Place place : kPlaces) {
    INFO("place " << static_cast<int>(place));
    Telling world(place);
    std::string members;
    for (int i = 0; i < 500; ++i) {
      members += (i == 0 ? "" : ",") + std::string(R"({"status":"firing","labels":{"alertname":"A)") +
                 std::to_string(i) + R"(","severity":"critical"},"annotations":{},)" +
                 R"("startsAt":"2026-11-22T05:59:00Z","fingerprint":"f)" + std::to_string(i) + R"("})";
    }
    const std::string group =
        R"({"version":"4","receiver":"r","status":"firing","alerts":[)" + members + "]}";
    const Json body = world.post_alert(group);
    CHECK(world.sent.size() == 2);
    CHECK(parse_json(world.sent[0].body)->at("event") == "digest");
    CHECK(body["channelsSent"] == Json::array({"ops", "boss"}));
    world.advance(60s);
    world.post_alert(group);
    const size_t expected =
        place == Place::alone ? 4 : 2;  // the history, all that KV has, forgot most of them
    CHECK(world.sent.size() == expected);
  }
}

TEST_CASE("an alert without the key, or without any key configured, reaches nothing") {
  for (const Place place : kPlaces) {
    Telling world(place);
    for (const char* authorization : {"", "Bearer wrong", "Basic d3Jvbmc6d3Jvbmc="}) {
      world.authorization = authorization;
      CHECK(world.post("/api/alert", "not even JSON").status == 401);
    }
    world.authorization = "Basic Z3JhZmFuYTp0aGUgYWxlcnQga2V5";  // grafana:the alert key
    CHECK(world.post("/api/alert", generic()).status == 200);
    world.env.erase("ALERT_API_KEY");
    world.reconfigure(kTwoChannels);
    CHECK(world.post("/api/alert", generic()).status == 503);
    CHECK(world.news().size() == 2);
  }
}

TEST_CASE("an alert that cannot be read is 400 and stored nowhere") {
  for (const Place place : kPlaces) {
    Telling world(place);
    for (const char* body : {"", "[]", "{}", R"({"title":"t"})", R"({"alerts":[]})"})
      world.post_alert(body, 400);
    CHECK(world.news().empty());
    CHECK(world.alert_titles().empty());
  }
}

TEST_CASE("while notifications are switched off an alert is stored all the same") {
  for (const Place place : kPlaces) {
    Telling world(place, R"({"enabled": false, "channels": [{"type": "webhook", "name": "ops"}]})");
    const Json body = world.post_alert(generic());
    CHECK(body["errors"].size() == 1);
    CHECK(world.news().empty());
    world.play(1, {"web"});
    CHECK(world.alert_titles() == Lines{"Disk"});
  }
}

TEST_CASE("a test notification is one real message, and its answer is what the provider said") {
  for (const Place place : kPlaces) {
    Telling world(place);
    world.configure(
        kServices, R"({"api":{"enableTestNotificationEndpoint":true}})",
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
    CHECK(
        answer(R"({"channelName":"ops"})") ==
        R"(200 {"success":false,"channel":"ops","type":"webhook","status":404,"error":"HTTP 404: no such hook"})");
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

TEST_CASE("five hundred services that go down in one check are one message for each channel") {
  std::string services;
  for (int i = 0; i < 505; ++i) {
    services += (i == 0 ? "" : ",") + std::string(R"({"id":"s)") + std::to_string(i) +
                R"(","auth":{"required":false}})";
  }
  services = R"({"services":[)" + services + "]}";
  for (const Place place : kPlaces) {
    INFO("place " << static_cast<int>(place));
    Telling world(place);
    world.configure(services, kNoLag, kTwoChannels);
    const auto beat_from = [&](int first) {
      std::string body;
      for (int i = first; i < 505; ++i)
        body += (body.empty() ? "" : ",") + ("\"s" + std::to_string(i) + "\"");
      CHECK(world.post("/api/heartbeat", R"({"services":[)" + body + "]}").status == 200);
    };
    for (int minute = 0; minute < 7; ++minute) {
      world.advance(60s);
      beat_from(minute == 0 ? 0 : 500);
      world.check();
    }
    CHECK(world.news() == Lines{"ops digest", "boss digest"});
  }
}

}  // namespace hb::telling_test
