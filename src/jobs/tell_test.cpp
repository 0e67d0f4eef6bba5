// Notifying as a whole, with the collector and without: from heartbeats and alerts to what providers are
// sent.

#include "jobs/tell_test.hpp"

#include <algorithm>

namespace hb::tell_test {

TEST_CASE(
    "that a service is down is announced once, on every channel that wants to know, and so is its recovery") {
  for (const Role role : kRoles) {
    INFO("role " << static_cast<int>(role));
    NotifyingWorld world(role);
    world.let_web_go_down();
    CHECK(world.notifications() == Lines{"ops down web", "boss down web"});
    world.play(5, {"db", "mail", "dns"});
    CHECK(world.notifications().empty());
    world.play(2, {"web", "db", "mail", "dns"});
    CHECK(world.notifications() == Lines{"ops up web"});
  }
}

TEST_CASE("nothing is sent when what is to be sent could not be stored") {
  NotifyingWorld world(Role::kv_only);
  world.play(1, {"web", "db", "mail", "dns"});
  world.play(4, {"db", "mail", "dns"});
  world.writes_fail = true;
  world.play(2, {});
  CHECK(world.notifications().empty());
  world.writes_fail = false;
  world.play(1, {"db", "mail", "dns"});
  CHECK(world.notifications() == Lines{"ops down web", "boss down web"});
}

TEST_CASE("nothing is sent again either, while that it is in flight cannot be stored") {
  NotifyingWorld world(Role::kv_only);
  world.answer("ops", {.status = 500});
  world.let_web_go_down();
  world.notifications();
  world.writes_fail = true;
  world.play(1, {});
  CHECK(world.notifications().empty());
  world.writes_fail = false;
  world.play(1, {"db", "mail", "dns"});
  CHECK(world.notifications() == Lines{"ops down web"});
}

TEST_CASE("with the collector, delivery does not wait for KV") {
  NotifyingWorld world(Role::edge);
  world.play(1, {"web", "db", "mail", "dns"});
  world.writes_fail = true;
  world.play(6, {"db", "mail", "dns"});
  CHECK(world.notifications() == Lines{"ops down web", "boss down web"});
}

TEST_CASE(
    "a message that a provider does not take is tried again until it does, and the page names the channel") {
  for (const Role role : kRoles) {
    INFO("role " << static_cast<int>(role));
    NotifyingWorld world(role);
    world.answer("ops", {.status = 500});
    world.let_web_go_down();
    world.play(1, {"db", "mail", "dns"});
    CHECK(world.notifications() == Lines{"ops down web", "boss down web", "ops down web"});
    world.play(5, {"db", "mail", "dns"});
    const Json body = world.json("/api/status");
    REQUIRE(body["channels"].size() == 1);
    CHECK(body["channels"][0]["name"] == "ops");
    CHECK(body["channels"][0]["failingSince"].is_string());
    CHECK(body["channels"].dump().find("500") == std::string::npos);

    world.provider = [](const Send&) { return Answer{.status = 200}; };
    world.notifications();
    world.play(10, {"db", "mail", "dns"});
    CHECK(world.notifications() == Lines{"ops down web"});
    CHECK(world.json("/api/status")["channels"].empty());
  }
}

TEST_CASE("a broken channel is tried again after five minutes, and announced to the others once") {
  for (const Role role : kRoles) {
    INFO("role " << static_cast<int>(role));
    NotifyingWorld world(role);
    world.answer("ops", {.status = 404});
    world.let_web_go_down();
    CHECK(world.notifications() == Lines{"ops down web", "boss down web"});
    world.play(1, {"db", "mail", "dns"});
    CHECK(world.notifications() == Lines{"boss alert The channel ops is broken firing"});
    world.play(3, {"db", "mail", "dns"});
    CHECK(world.notifications().empty());
    world.play(1, {"db", "mail", "dns"});
    CHECK(world.notifications() == Lines{"ops down web"});
    world.play(4, {"db", "mail", "dns"});
    CHECK(world.notifications().empty());
    world.play(1, {"db", "mail", "dns"});
    CHECK(world.notifications() == Lines{"ops down web"});
  }
}

TEST_CASE("no log, document or answer has the address of a channel in it") {
  for (const Role role : kRoles) {
    NotifyingWorld world(role);
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
  NotifyingWorld world(Role::edge);
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

TEST_CASE("with the collector, what is in flight is not sent again by what comes meanwhile") {
  NotifyingWorld world(Role::edge);
  bool is_first = true;
  world.provider = [&](const Send&) {
    if (std::exchange(is_first, false)) world.post_alert(generic());
    return Answer{.status = 200};
  };
  world.let_web_go_down();
  CHECK(world.notifications() ==
        Lines{"ops down web", "ops alert Disk firing", "boss alert Disk firing", "boss down web"});
}

TEST_CASE("the ping of a check is its last send, also when no message is due") {
  for (const Role role : kRoles) {
    NotifyingWorld world(role);
    world.env["MONITOR_PING_URL"] = "https://watcher.example/ping";
    world.reconfigure(NotifyingWorld::kTwoChannels);
    world.play(1, {"web", "db", "mail", "dns"});
    CHECK(world.notifications() == Lines{"watcher ping"});
    world.play(5, {"db", "mail", "dns"});
    world.notifications();
    world.play(1, {"db", "mail", "dns"});
    CHECK(world.notifications() == Lines{"ops down web", "boss down web", "watcher ping"});
    world.answer("watcher", {.status = 404});
    world.play(1, {"db", "mail", "dns"});
    INFO("role " << static_cast<int>(role));
    const bool is_logged = std::any_of(world.logs.begin(), world.logs.end(),
                                       [](const Log& log) { return log.event == "ping-failed"; });
    CHECK(is_logged);
  }
}

TEST_CASE(
    "with the collector the message says where the last heartbeat came from, also when it is checkpointed "
    "already") {
  for (const bool is_digested : {false, true}) {
    NotifyingWorld world(Role::edge);
    world.advance(60s);
    world.colo = "AMS";
    world.post("/api/heartbeat",
               R"({"serviceId":"web","message":"all well","metadata":{"hostname":"server-1"}})");
    for (const char* id : {"db", "mail", "dns"}) world.beat(id);
    world.check();
    if (!is_digested) world.writes_fail = true;
    world.play(6, {"db", "mail", "dns"});
    REQUIRE(!world.sent.empty());
    const Json body = parse_json(world.sent[0].body).value_or(Json());
    CHECK(body["message"] ==
          "No heartbeat for 6 min, limit 5 min; last one at 06:01:00 from server-1, entered at ams");
    CHECK(body["service"]["metadata"]["hostname"] == "server-1");
    CHECK(body["service"]["message"] == "all well");
  }
}

TEST_CASE("what was queued in KV stays queued in the collector that takes over") {
  NotifyingWorld world(Role::kv_only);
  world.answer("ops", {.status = 503});
  world.let_web_go_down();
  world.notifications();
  world.role = Role::edge;
  world.provider = [](const Send&) { return Answer{.status = 200}; };
  world.play(3, {"db", "mail", "dns"});
  CHECK(world.notifications() == Lines{"ops down web"});
}

TEST_CASE("five hundred services that go down in one check are one message for each channel") {
  std::string services;
  for (int i = 0; i < 505; ++i) {
    services += (i == 0 ? "" : ",") + std::string(R"({"id":"s)") + std::to_string(i) +
                R"(","auth":{"required":false}})";
  }
  services = R"({"services":[)" + services + "]}";
  for (const Role role : kRoles) {
    INFO("role " << static_cast<int>(role));
    NotifyingWorld world(role);
    world.configure(services, kNoLag, NotifyingWorld::kTwoChannels);
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
    CHECK(world.notifications() == Lines{"ops digest", "boss digest"});
  }
}

TEST_CASE("an outage that waited for its cooldown is told, though providers fail when it is over") {
  for (const Role role : kRoles) {
    INFO("role " << static_cast<int>(role));
    NotifyingWorld world(
        role, R"({"settings":{"cooldownMinutes":20},"channels":[{"type":"webhook","name":"ops"}]})");
    world.answer_all(200);
    world.report(4, "up");
    world.report(1, "degraded");
    world.report(5, "up");
    world.report(5, "down");
    world.report(10, "up");
    world.answer_all(500);
    world.report(4, "degraded");
    world.report(3, "down");
    world.report(7, "up");
    world.answer_all(200);
    world.report(60, "up");
    CHECK(world.accepted_words().find("down 06:11–06:16") != std::string::npos);
    CHECK(world.accepted_words().find("degraded 06:26–06:33, down 06:30–06:33") != std::string::npos);
  }
}

TEST_CASE("a recovery that every provider refuses is told once they take it") {
  for (const Role role : kRoles) {
    INFO("role " << static_cast<int>(role));
    NotifyingWorld world(role,
                         R"({"settings":{"cooldownMinutes":0},"channels":[{"type":"webhook","name":"ops"},
                                                     {"type":"pagerduty","name":"pager"}]})");
    world.env["NOTIFICATION_PAGER_ROUTINGKEY"] = "0123456789abcdef0123456789abcdef";
    world.reconfigure(world.notifications_);
    world.answer_all(200);
    world.report(2, "up");
    world.report(3, "down");
    world.answer_all(400);
    world.report(6, "up");
    world.answer_all(200);
    world.answered.clear();
    world.report(60, "up");
    bool is_told = false;
    bool is_resolved = false;
    for (const auto& [send, answer] : world.answered) {
      is_told |= send.body.find(R"({"event":"up","title":"Website is up")") != std::string::npos;
      is_resolved |= send.body.find(R"("event_action":"resolve","dedup_key":"web:)") != std::string::npos;
    }
    CHECK(is_told);
    CHECK(is_resolved);
  }
}

TEST_CASE("a reminder comes once, though nothing else changes with it") {
  for (const Role role : kRoles) {
    INFO("role " << static_cast<int>(role));
    NotifyingWorld world(role, R"({"settings":{"cooldownMinutes":0,"repeatAlertMinutes":3},
                                   "channels":[{"type":"webhook","name":"ops"}]})");
    world.report(2, "up");
    world.report(8, "down");
    CHECK(world.notifications() == Lines{"ops down web", "ops reminder web", "ops reminder web"});
  }
}

TEST_CASE(
    "a failure between two checks ends with the first heartbeat after it, whichever come before the check") {
  for (const Role role : kRoles) {
    INFO("role " << static_cast<int>(role));
    NotifyingWorld world(role);
    world.report(2, "up");
    world.advance(10s);
    world.post("/api/heartbeat", R"({"serviceId":"web","status":"down"})");
    for (const Millis pause : {20s, 10s, 10s}) {
      world.advance(pause);
      world.beat("web");
    }
    world.advance(10s);
    world.notifications();
    world.check();
    REQUIRE(!world.sent.empty());
    CHECK(parse_json(world.sent[0].body)->at("message") == "It was down 06:02:10–06:02:30");
  }
}

}  // namespace hb::tell_test
