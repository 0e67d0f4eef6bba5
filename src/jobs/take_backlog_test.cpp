#include <algorithm>
#include <set>

#include "alerts/backlog.hpp"
#include "jobs/tell_test.hpp"

namespace hb::take_backlog_test {
namespace {

std::string member(int number, const std::string& status = "firing",
                   const std::string& severity = "critical") {
  return R"({"status":")" + status + R"(","labels":{"alertname":"A)" + std::to_string(number) +
         R"(","severity":")" + severity + R"("},"annotations":{"summary":"something is wrong"},)" +
         R"("startsAt":"2026-11-22T05:59:00Z","fingerprint":"f)" + std::to_string(number) + R"("})";
}

std::string group(int from, int until, const std::string& status = "firing") {
  std::string members;
  for (int i = from; i < until; ++i) members += (i == from ? "" : ",") + member(i, status);
  return R"({"version":"4","receiver":"r","status":")" + status + R"(","groupKey":"g","alerts":[)" + members +
         "]}";
}

struct StormWorld : NotifyingWorld {
  static constexpr std::string_view kPager = R"({
    "settings": {"cooldownMinutes": 0},
    "channels": [{"type": "webhook", "name": "ops"}, {"type": "pagerduty", "name": "pager"}]})";

  explicit StormWorld(std::string_view notifications = NotifyingWorld::kTwoChannels)
      : NotifyingWorld(Role::edge, notifications) {
    env["NOTIFICATION_PAGER_ROUTINGKEY"] = "R0123456789abcdef0123456789abcde";
    reconfigure(notifications);
    provider = [](const Send& send) {
      return Answer{.status = send.url.find("pagerduty") == std::string::npos ? 200 : 202};
    };
    play(1, {"web"});
    sent.clear();
  }

  std::string message_of(const std::string& body) {
    return string_member(post_alert(body), "message").value_or("");
  }

  // Of PagerDuty, as "trigger f7".
  std::vector<std::string> incidents() {
    std::vector<std::string> out;
    for (const Send& send : sent) {
      const auto body = parse_json(send.body);
      if (body && hb::member(*body, "event_action") != nullptr)
        out.push_back(*string_member(*body, "event_action") + " " + *string_member(*body, "dedup_key"));
    }
    sent.clear();
    return out;
  }

  int64_t left() {
    const Json tick = row("tick");
    return integer_member(tick, "backlogUntil").value_or(0) - integer_member(tick, "backlogFrom").value_or(0);
  }
};

}  // namespace

TEST_CASE("of a group of 1,400 alerts each is told of, some at once and the rest with the next checks") {
  StormWorld world(StormWorld::kPager);
  CHECK(world.message_of(group(0, 1400)) ==
        "1400 alerts received; 1380 of them are stored and go out with the next checks");
  CHECK(world.left() == 35);
  std::set<std::string> incidents;
  for (int minute = 0; minute < 60; ++minute) {
    const auto more = world.incidents();
    CHECK(more.size() <= 40 * 2);
    incidents.insert(more.begin(), more.end());
    world.play(1, {"web"});
  }
  CHECK(incidents.size() == 1400);
  CHECK(incidents.contains("trigger alert:f1399"));
  CHECK(world.left() == 0);
}

TEST_CASE("what of a group is stored is known: posted again it is a repeat") {
  StormWorld world;
  world.post_alert(group(0, 120));
  world.advance(10s);
  CHECK(world.message_of(group(0, 120)) == "120 alerts received, 120 of them known already");
  CHECK(world.left() == 2);
  CHECK(world.message_of(group(100, 130)) == "30 alerts received, 20 of them known already");
}

TEST_CASE("an alert that is resolved before it was taken in is not told to fire afterwards") {
  StormWorld world(StormWorld::kPager);
  world.post_alert(group(0, 60));
  world.advance(10s);
  world.post_alert(group(55, 56, "resolved"));
  world.incidents();
  world.play(10, {"web"});
  for (const std::string& incident : world.incidents()) CHECK(incident != "trigger alert:f55");
  const auto titles = world.alert_titles();
  CHECK(std::count(titles.begin(), titles.end(), "A55") == 2);
}

TEST_CASE("while a channel of incidents has more queued than one round sends, nothing more is taken in") {
  StormWorld world;
  for (const char* name : {"P1", "P2", "P3", "P4"})
    world.env["NOTIFICATION_" + std::string(name) + "_ROUTINGKEY"] = std::string(32, name[1]);
  world.reconfigure(R"({"channels": [{"type": "pagerduty", "name": "p1"}, {"type": "pagerduty", "name": "p2"},
                                     {"type": "pagerduty", "name": "p3"}, {"type": "pagerduty", "name": "p4"}]})");
  // Of each 40 for four channels, 10 for each leave at once.
  CHECK(world.message_of(group(0, 40)) == "40 alerts received");
  world.advance(1s);
  CHECK(world.message_of(group(40, 80)) == "40 alerts received");
  world.advance(1s);
  CHECK(world.message_of(group(80, 120)) ==
        "40 alerts received; 40 of them are stored and go out with the next checks");
  world.play(15, {"web"});
  CHECK(world.left() == 0);
  CHECK(world.incidents().size() == 4 * 120);
}

TEST_CASE("the backlog survives an eviction, and a damaged row of it is stepped over and logged") {
  StormWorld world;
  world.post_alert(group(0, 200));
  world.evict();
  world.rows[backlog_row(1)] = "{";
  world.sent.clear();
  world.play(1, {"web"});
  CHECK(world.sent.size() == 2);
  CHECK(world.left() == 3);
  world.logs.clear();
  world.play(3, {"web"});
  CHECK(world.left() == 0);
  const auto is_lost = [](const Log& log) { return log.event == "backlog-lost"; };
  CHECK(std::count_if(world.logs.begin(), world.logs.end(), is_lost) == 1);
}

TEST_CASE("channels that an alert of the backlog asks for in vain are named in the log") {
  StormWorld world;
  std::string body = group(0, 60);
  body.replace(body.rfind(R"("severity")"), 10, R"("channels":"nobody","severity")");
  world.post_alert(body);
  world.play(1, {"web"});
  const auto is_named = [](const Log& log) {
    return log.event == "no-channel" && log.text.find("nobody: There is no such channel") != log.text.npos;
  };
  CHECK(std::count_if(world.logs.begin(), world.logs.end(), is_named) == 1);
}

TEST_CASE("a lost call takes nothing out of the backlog") {
  StormWorld world;
  world.post_alert(group(0, 60));
  world.follow_ups_are_lost = true;
  world.play(3, {"web"});
  CHECK(world.left() == 1);
  world.follow_ups_are_lost = false;
  world.play(1, {"web"});
  CHECK(world.left() == 0);
}

TEST_CASE("when all places of the backlog are taken nothing is stored, and the answer is 503") {
  StormWorld world;
  Json tick = world.row("tick");
  tick["backlogFrom"] = 5;
  tick["backlogUntil"] = 5 + kBacklogRows;
  world.rows["tick"] = tick.dump();
  const auto before = world.rows;
  const Reply reply = [&] {
    world.authorization = "Bearer the alert key";
    return world.post("/api/alert", group(0, 60));
  }();
  CHECK(reply.status == 503);
  CHECK(world.rows == before);
  CHECK(world.message_of(group(0, 3)) == "3 alerts received");
}

TEST_CASE("the backlog's rows are used in turn") {
  CHECK(backlog_row(0) == "backlog:000");
  CHECK(backlog_row(7) == "backlog:007");
  CHECK(backlog_row(1999) == "backlog:999");
}

TEST_CASE("an event takes in 40 alerts, or fewer when they are long, but always one") {
  const std::string long_one = R"({"labels":{"a":")" + std::string(100'000, 'x') + R"("}})";
  AlertBody body{.format = AlertFormat::alertmanager, .alerts = std::vector<std::string_view>(60, "{}")};
  std::vector<NewAlert> all;
  for (size_t i = 0; i < 60; ++i) all.push_back({.index = i});
  CHECK(taken_in_at_once(body, all) == 40);
  CHECK(taken_in_at_once(body, std::span(all).first(3)) == 3);
  CHECK(taken_in_at_once(body, {}) == 0);
  body.alerts.assign(60, long_one);
  CHECK(taken_in_at_once(body, all) == 1);
}

TEST_CASE("a row of the backlog has its alerts as they were posted, and what their group says of them") {
  const Time now = *parse_iso("2026-11-22T06:00:00.000Z");
  const std::string text =
      R"({"orgId":1,"status":"firing","title":"T","message":")" + std::string(9000, 'm') +
      R"(","commonLabels":{"x":"y"},"alerts":[{},{"labels":{"a":"1"}},{"labels":{"a":"2"}}]})";
  const auto found = find_alerts(text);
  const auto& body = std::get<AlertBody>(found);
  const std::vector<NewAlert> some = {{.index = 1}, {.index = 2, .again = now}};
  const std::string row = write_backlog(now, body, some);
  CHECK(row.size() < 5000);
  const auto backlog = read_backlog(row, now);
  REQUIRE(backlog);
  CHECK(backlog->posted == now);
  CHECK((!backlog->again_at(0) && backlog->again_at(1) == now && !backlog->again_at(2)));
  REQUIRE(backlog->body.alerts.size() == 2);
  CHECK(alert_at({}, backlog->body, 1) == [&] {
    ExternalAlert whole = alert_at({}, body, 2);
    whole.message = alert_at({}, backlog->body, 1).message;
    return whole;
  }());
  CHECK(alert_at({}, backlog->body, 0).source == "grafana");
  for (const char* damaged :
       {"", "{}", "[]", R"({"posted":1,"body":{"alerts":[{}]})", R"({"body":{"alerts":[{}]}})"})
    CHECK_FALSE(read_backlog(damaged, now));
}

}  // namespace hb::take_backlog_test
