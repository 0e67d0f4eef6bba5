#include "jobs/tell_test.hpp"

namespace hb::post_alert_test {

TEST_CASE("an alert is stored and sent at once, and the answer says who took it") {
  for (const Role role : kRoles) {
    INFO("role " << static_cast<int>(role));
    NotifyingWorld world(role);
    world.answer("boss", {.status = 401});
    const Json body = world.post_alert(generic());
    CHECK(world.notifications() == Lines{"ops alert Disk firing", "boss alert Disk firing"});
    CHECK(body["success"] == true);
    CHECK(body["alertTitle"] == "Disk");
    CHECK(body["channelsSent"] == Json::array({"ops"}));
    CHECK(body["channelsFailed"] == Json::array({{{"channel", "boss"}, {"error", "HTTP 401"}}}));
    world.play(1, {"web"});
    CHECK(world.alert_titles() == Lines{"Disk"});
  }
}

TEST_CASE("a repeat of a firing alert is not new, a resolved one is, and firing again is") {
  for (const Role role : kRoles) {
    INFO("role " << static_cast<int>(role));
    NotifyingWorld world(role);
    const std::string firing = generic(R"(,"dedupKey":"disk-1")");
    const std::string resolved = generic(R"(,"dedupKey":"disk-1","status":"resolved")");
    for (const std::string& body : {firing, firing, resolved, resolved, firing}) {
      world.post_alert(body);
      world.advance(60s);
    }
    CHECK(world.notifications() == Lines{"ops alert Disk firing", "boss alert Disk firing",
                                         "ops alert Disk resolved", "ops alert Disk firing",
                                         "boss alert Disk firing"});
    world.check();
    CHECK(world.alert_titles().size() == 3);
  }
}

TEST_CASE("an alert that fires again with the same beginning is told, and has entries of its own") {
  for (const Role role : kRoles) {
    INFO("role " << static_cast<int>(role));
    NotifyingWorld world(role);
    const auto of_alertmanager = [](const std::string& status) {
      return R"({"version":"4","status":")" + status + R"(","alerts":[{"status":")" + status +
             R"(","labels":{"alertname":"Disk","severity":"page"},"startsAt":"2026-11-22T05:59:00Z",)" +
             R"("fingerprint":"f1"}]})";
    };
    for (const char* status : {"firing", "resolved", "firing", "firing", "resolved", "resolved"}) {
      world.post_alert(of_alertmanager(status));
      world.advance(60s);
    }
    CHECK(world.notifications() == Lines{"ops alert Disk firing", "boss alert Disk firing",
                                         "ops alert Disk resolved", "ops alert Disk firing",
                                         "boss alert Disk firing", "ops alert Disk resolved"});
    world.check();
    CHECK(world.alert_titles() == Lines{"Disk", "Disk", "Disk", "Disk"});
  }
}

TEST_CASE("an alert that becomes more severe while it fires is news") {
  for (const Role role : kRoles) {
    INFO("role " << static_cast<int>(role));
    NotifyingWorld world(role);
    const auto with_severity = [](const std::string& severity) {
      return R"({"title":"Disk","message":"91 %","dedupKey":"disk","severity":")" + severity + "\"}";
    };
    for (const char* severity : {"P3", "warning", "page", "critical"}) {
      world.post_alert(with_severity(severity));
      world.advance(60s);
    }
    CHECK(world.notifications() ==
          Lines{"ops alert Disk firing", "ops alert Disk firing", "boss alert Disk firing"});
  }
}

TEST_CASE("a rule of legacy Grafana that had no data and then fires is told again, and resolved once") {
  for (const Role role : kRoles) {
    INFO("role " << static_cast<int>(role));
    NotifyingWorld world(role);
    for (const char* state : {"no_data", "no_data", "alerting", "ok", "ok"}) {
      world.post_alert(R"({"title":"Queue","ruleName":"Queue","ruleId":7,"state":")" + std::string(state) +
                       "\"}");
      world.advance(60s);
    }
    CHECK(world.notifications() == Lines{"ops alert Queue: no data firing", "ops alert Queue firing",
                                         "boss alert Queue firing", "ops alert Queue resolved"});
  }
}

TEST_CASE("that a rule of legacy Grafana fires is news after it had no data, however severe both are") {
  for (const Role role : kRoles) {
    for (const char* title : {R"("title":"[No Data] Queue")", R"("ruleUrl":"https://g.example")"}) {
      INFO("role " << static_cast<int>(role) << " " << title);
      NotifyingWorld world(role);
      for (const auto& [state, own] : {std::pair("no_data", title), std::pair("no_data", title),
                                       std::pair("alerting", R"("title":"[Alerting] Queue")"),
                                       std::pair("alerting", R"("title":"[Alerting] Queue")")}) {
        world.post_alert(R"({"ruleName":"Queue","ruleId":7,"tags":{"severity":"critical"},"state":")" +
                         std::string(state) + "\"," + own + "}");
        world.advance(60s);
      }
      const std::string first = title[1] == 't' ? "[No Data] Queue" : "Queue: no data";
      CHECK(world.notifications() ==
            Lines{"ops alert " + first + " firing", "boss alert " + first + " firing",
                  "ops alert [Alerting] Queue firing", "boss alert [Alerting] Queue firing"});
    }
  }
}

TEST_CASE("an alert of severity none is stored, and nobody is notified of it") {
  for (const Role role : kRoles) {
    NotifyingWorld world(role);
    world.post_alert(R"({"title":"Watchdog","message":"m","severity":"none"})");
    CHECK(world.notifications().empty());
    world.play(1, {"web"});
    CHECK(world.alert_titles() == Lines{"Watchdog"});
  }
}

TEST_CASE("that a sender left alerts out is told once, and that it sends all of them again") {
  for (const Role role : kRoles) {
    INFO("role " << static_cast<int>(role));
    NotifyingWorld world(role);
    const auto truncated = [](const std::string& count) {
      return R"({"version":"4","status":"firing","groupKey":"g","groupLabels":{"alertname":"A"},"alerts":[)"
             R"({"labels":{"severity":"page"},"fingerprint":"f1"}],"truncatedAlerts":)" +
             count + "}";
    };
    const Json body = world.post_alert(truncated("37"));
    CHECK(body["message"] == "1 alert received; 37 more alerts left out by the sender");
    for (const char* count : {"38", "0", "0"}) {
      world.advance(60s);
      world.post_alert(truncated(count));
    }
    Lines lines = world.notifications();
    std::sort(lines.begin(), lines.end());
    CHECK(lines == Lines{"boss alert 37 more alerts of A were left out firing", "boss alert Alert firing",
                         "ops alert 37 more alerts of A were left out firing", "ops alert Alert firing",
                         "ops alert All alerts of A are sent again resolved"});
  }
}

TEST_CASE("a malformed alert is refused by the edge, before anything is read") {
  for (const Role role : kRoles) {
    NotifyingWorld world(role);
    world.collector_fails = world.reads_fail = true;
    for (const char* body : {"", "{", "[]", R"({"alerts":[]})", R"({"title":"t","message":"m","labels":5})"})
      world.post_alert(body, 400);
    CHECK(world.work.rows_read == 0);
  }
}

TEST_CASE("every post without a key of its own is new") {
  for (const Role role : kRoles) {
    NotifyingWorld world(role);
    world.post_alert(generic());
    world.advance(1s);
    world.post_alert(generic());
    CHECK(world.notifications().size() == 4);
  }
}

TEST_CASE(
    "without the collector an alert that failed for a passing reason is 503, and its repeat goes to the "
    "rest") {
  NotifyingWorld world(Role::kv_only);
  world.answer("boss", {.status = 500});
  const std::string alert = generic(R"(,"dedupKey":"disk-1")");
  const Json body = world.post_alert(alert, 503);
  CHECK(body["channelsSent"] == Json::array({"ops"}));
  CHECK(body["channelsFailed"][0]["channel"] == "boss");
  world.notifications();
  world.answer("boss", {.status = 200});
  world.advance(60s);
  CHECK(world.post_alert(alert)["channelsSent"] == Json::array({"boss"}));
  CHECK(world.notifications() == Lines{"boss alert Disk firing"});
  world.advance(60s);
  world.post_alert(alert);
  CHECK(world.notifications().empty());
  CHECK(world.alert_titles() == Lines{"Disk"});
  CHECK(world.get("/api/alerts/recent").body.find("accepted") == std::string::npos);
}

TEST_CASE("with the collector an alert that failed for a passing reason is retried from the outbox") {
  NotifyingWorld world(Role::edge);
  world.answer("boss", {.status = 500});
  const Json body = world.post_alert(generic());
  CHECK(body["channelsFailed"][0]["channel"] == "boss");
  world.notifications();
  world.answer("boss", {.status = 200});
  world.play(2, {"web"});
  CHECK(world.notifications() == Lines{"boss alert Disk firing"});
}

TEST_CASE("an alert goes to the channels that it names, and those that cannot have it are named") {
  for (const Role role : kRoles) {
    NotifyingWorld world(role);
    const Json body =
        world.post_alert(R"({"title":"t","message":"m","severity":"info","channels":"boss,nobody"})");
    CHECK(world.notifications() == Lines{"boss alert t firing"});
    CHECK(body["channelsSent"] == Json::array({"boss"}));
    CHECK(body["errors"] == Json::array({"nobody: There is no such channel"}));
  }
}

TEST_CASE("an alert of five hundred members is one message for each channel") {
  for (const Role role : kRoles) {
    INFO("role " << static_cast<int>(role));
    NotifyingWorld world(role);
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
    // The history, all that KV has, forgot most of them.
    const size_t expected = role == Role::kv_only ? 4 : 2;
    CHECK(world.sent.size() == expected);
  }
}

TEST_CASE("an alert without the key, or without any key configured, reaches nothing") {
  for (const Role role : kRoles) {
    NotifyingWorld world(role);
    for (const char* authorization : {"", "Bearer wrong", "Basic d3Jvbmc6d3Jvbmc="}) {
      world.authorization = authorization;
      CHECK(world.post("/api/alert", "not even JSON").status == 401);
    }
    world.authorization = "Basic Z3JhZmFuYTp0aGUgYWxlcnQga2V5";  // grafana:the alert key
    CHECK(world.post("/api/alert", generic()).status == 200);
    world.env.erase("ALERT_API_KEY");
    world.reconfigure(NotifyingWorld::kTwoChannels);
    CHECK(world.post("/api/alert", generic()).status == 503);
    CHECK(world.notifications().size() == 2);
  }
}

TEST_CASE("an alert that cannot be read is 400 and stored nowhere") {
  for (const Role role : kRoles) {
    NotifyingWorld world(role);
    for (const char* body : {"", "[]", "{}", R"({"title":"t"})", R"({"alerts":[]})"})
      world.post_alert(body, 400);
    CHECK(world.notifications().empty());
    CHECK(world.alert_titles().empty());
  }
}

TEST_CASE("while notifications are switched off an alert is stored all the same") {
  for (const Role role : kRoles) {
    NotifyingWorld world(role, R"({"enabled": false, "channels": [{"type": "webhook", "name": "ops"}]})");
    const Json body = world.post_alert(generic());
    CHECK(body["errors"].size() == 1);
    CHECK(world.notifications().empty());
    world.play(1, {"web"});
    CHECK(world.alert_titles() == Lines{"Disk"});
  }
}

}  // namespace hb::post_alert_test
