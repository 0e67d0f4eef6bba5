#include "catch.hpp"
#include "schedule/schedule_test.hpp"
#include "world.hpp"

namespace hb::check_schedules_test {
namespace {

// A monitor of one service with a schedule, at 02:50 of the first of December.
struct Night : World {
  explicit Night(const std::string& timing, std::string_view begin = "2026-12-01T02:50Z")
      : World(R"({"services":[{"id":"job","auth":{"required":false},)" + timing + "}]}") {
    const Json cases = slot_cases();
    zones["Europe/Berlin"] = zone_of(cases, "Europe/Berlin");
    now = instant(begin);
    check();
  }

  // Checks every minute, also that of this time. What lies far ahead is only waited for a quarter of an hour: before
  // that nothing is checked, which is told, and over by then.
  void until(std::string_view text) {
    const Time time = instant(text);
    if (time - now > 1h) now = std::chrono::floor<std::chrono::minutes>(time) - 15min;
    while (std::chrono::floor<std::chrono::minutes>(now) + 1min <= time) {
      now = std::chrono::floor<std::chrono::minutes>(now) + 1min;
      check();
    }
    now = time;
  }
  std::string status_at(std::string_view text) {
    until(text);
    return status("job");
  }
  // `members` of the heartbeat, as in R"("signal":"start")".
  void send(std::string_view text, const std::string& members = "") {
    until(text);
    CHECK(post("/api/heartbeat/job", "{" + members + "}").status == 200);
  }
  Json said() { return status_of("job"); }
  std::string expected_by() { return said()["expectedBy"].get<std::string>().substr(0, 16) + "Z"; }
};

const std::string kDaily = R"("schedule":{"cron":"0 3 * * *","timezone":"UTC"},"grace":600)";
const std::string kStart = R"("signal":"start")";
const std::string kSuccess = R"("signal":"success")";

std::string cron_in_berlin(const std::string& line) {
  return R"("schedule":{"cron":")" + line + R"(","timezone":"Europe/Berlin"},"grace":600)";
}

// The slot that is expected once it was heard.
std::string expected_after(const std::string& timing, const std::string& heard, std::string_view begin) {
  Night night(timing, begin);
  night.send(heard);
  const Time next = std::chrono::ceil<std::chrono::minutes>(night.now + 1ms);
  night.until(iso(next));
  night.advance(5min);
  night.check();
  return night.expected_by();
}

}  // namespace

TEST_CASE(
    "a service with a schedule is late from its slot on, and down from the end of its grace, inclusive") {
  Night night(kDaily);
  night.send("2026-12-01T03:04:00Z");
  CHECK(night.status_at("2026-12-02T02:59Z") == "up");
  CHECK(night.said()["isLate"] == false);
  CHECK(night.status_at("2026-12-02T03:00Z") == "up");
  CHECK(night.said()["isLate"] == true);
  CHECK(night.said()["deadline"] == "2026-12-02T03:10:00.000Z");
  CHECK(night.status_at("2026-12-02T03:09Z") == "up");
  CHECK(night.status_at("2026-12-02T03:10Z") == "down");
  CHECK(night.said()["message"] == "Expected 03:00, not heard by 03:10");
  CHECK(night.said()["stalenessThreshold"] == nullptr);
}

TEST_CASE("what is heard up to a minute before its slot came for it") {
  const std::string begin = "2026-12-01T02:50Z";
  CHECK(expected_after(kDaily, "2026-12-01T02:59:30Z", begin) == "2026-12-02T03:00Z");
  CHECK(expected_after(kDaily, "2026-12-01T03:00:00Z", begin) == "2026-12-02T03:00Z");
  CHECK(expected_after(kDaily, "2026-12-01T15:00:00Z", begin) == "2026-12-02T03:00Z");
  Night early(kDaily);
  early.send("2026-12-01T02:58:59Z");
  CHECK(early.status_at("2026-12-01T03:09Z") == "up");
  CHECK(early.status_at("2026-12-01T03:10Z") == "down");
}

TEST_CASE("of slots that follow closely early is half of their distance") {
  Night night(R"("schedule":{"cron":"* * * * *"},"grace":60)");
  night.send("2026-12-01T02:52:40Z");
  night.until("2026-12-01T02:53Z");
  CHECK(night.status("job") == "up");
  CHECK(night.status_at("2026-12-01T02:54Z") == "up");
  CHECK(night.status_at("2026-12-01T02:55Z") == "down");
}

TEST_CASE("a run that has begun puts off the deadline of its slot until it has to end") {
  Night night(kDaily + R"(,"maxRuntime":7200)");
  night.send("2026-11-30T03:00:00Z");
  night.send("2026-12-01T03:00:05Z", kStart);
  CHECK(night.status_at("2026-12-01T03:10Z") == "up");
  CHECK(night.said()["isLate"] == false);
  SECTION("and then is down from that very moment") {
    CHECK(night.status_at("2026-12-01T05:00Z") == "up");
    CHECK(night.status_at("2026-12-01T05:01Z") == "down");
    CHECK(night.said()["message"] == "Running since 03:00:05, limit 2 h");
    CHECK(night.said()["since"] == "2026-12-01T05:00:05.000Z");
    night.send("2026-12-01T06:00:00Z");
    CHECK(night.status_at("2026-12-01T06:01Z") == "up");
    const Json incidents = night.json("/api/incidents?serviceId=job")["incidents"];
    CHECK(incidents[0]["message"] == "Running since 03:00:05, limit 2 h; took 2 h 59 min");
  }
  SECTION("and is up throughout when it does") {
    night.send("2026-12-01T04:30:00Z", kSuccess);
    CHECK(night.status_at("2026-12-01T05:01Z") == "up");
    CHECK(night.expected_by() == "2026-12-02T03:00Z");
    CHECK(night.alert_titles().size() <= 2);  // of the times without checks
  }
}

TEST_CASE("each open run has its own deadline, whatever others do") {
  Night night(kDaily + R"(,"maxRuntime":3600)");
  night.send("2026-12-01T03:00:00Z", kStart + R"(,"runId":"A")");
  night.send("2026-12-01T03:20:00Z", kStart + R"(,"runId":"B")");
  night.send("2026-12-01T03:40:00Z", kSuccess + R"(,"runId":"B")");
  CHECK(night.status_at("2026-12-01T03:59Z") == "up");
  CHECK(night.status_at("2026-12-01T04:00Z") == "down");
  night.send("2026-12-01T04:10:00Z", kSuccess + R"(,"runId":"A")");
  CHECK(night.status_at("2026-12-01T04:11Z") == "up");
}

TEST_CASE("open runs are shown until they end") {
  Night night(kDaily + R"(,"maxRuntime":3600)");
  night.send("2026-12-01T03:00:00Z", kStart + R"(,"runId":"A")");
  night.until("2026-12-01T03:06Z");
  CHECK(night.said()["openRuns"] ==
        Json::parse(
            R"([{"runId":"A","since":"2026-12-01T03:00:00.000Z","deadline":"2026-12-01T04:00:00.000Z"}])"));
  night.send("2026-12-01T03:07:00Z");  // without an id: it ends all
  night.until("2026-12-01T03:20Z");
  CHECK(night.said()["openRuns"] == Json::array());
  CHECK(night.status("job") == "up");
  CHECK(night.stored(Key::latest).find("$runs") != std::string::npos);
}

TEST_CASE("a service that should have started is degraded, and then down") {
  Night night(kDaily + R"(,"startGrace":120)");
  night.send("2026-11-30T03:00:00Z");
  CHECK(night.status_at("2026-12-01T03:01Z") == "up");
  SECTION("when nothing comes") {
    CHECK(night.status_at("2026-12-01T03:02Z") == "degraded");
    CHECK(night.said()["message"] == "Expected 03:00, has not started by 03:02");
    CHECK(night.status_at("2026-12-01T03:10Z") == "down");
    CHECK(night.said()["message"] == "Expected 03:00, not heard by 03:10");
  }
  SECTION("unless it starts") {
    night.send("2026-12-01T03:01:59Z", kStart);
    CHECK(night.status_at("2026-12-01T03:11Z") == "up");
    CHECK(night.status_at("2026-12-01T03:12Z") == "down");
    CHECK(night.said()["since"] == "2026-12-01T03:11:59.000Z");
  }
}

TEST_CASE("a run that is too short has failed") {
  Night night(kDaily + R"(,"minRuntime":30)");
  SECTION("by its start") {
    night.send("2026-12-01T03:00:00Z", kStart);
    night.send("2026-12-01T03:00:02Z", kSuccess);
    CHECK(night.status_at("2026-12-01T03:01Z") == "down");
    CHECK(night.said()["message"] == "Took 2 s, expected at least 30 s");
    night.send("2026-12-01T03:05:00Z", kStart);
    night.send("2026-12-01T03:05:30Z", kSuccess);
    CHECK(night.status_at("2026-12-01T03:06Z") == "up");
  }
  SECTION("by its own word, when it did not say that it starts") {
    night.send("2026-12-01T03:00:02Z", R"("durationMs":29999)");
    CHECK(night.status_at("2026-12-01T03:01Z") == "down");
    night.send("2026-12-01T03:02:02Z", R"("durationMs":30000)");
    CHECK(night.status_at("2026-12-01T03:03Z") == "up");
  }
}

TEST_CASE("a failure is down at once, and that it has not run since is told, too") {
  Night night(kDaily);
  night.send("2026-12-01T03:05:00Z", R"("signal":"fail","message":"disk full")");
  CHECK(night.status_at("2026-12-01T03:06Z") == "down");
  CHECK(night.said()["message"] == "disk full");
  SECTION("until it succeeds") {
    night.send("2026-12-01T03:30:00Z");
    CHECK(night.status_at("2026-12-01T03:31Z") == "up");
    night.until("2026-12-01T03:40Z");
    CHECK(night.expected_by() == "2026-12-02T03:00Z");
  }
  SECTION("when it is expected again") {
    CHECK(night.status_at("2026-12-02T03:09Z") == "down");
    CHECK(night.said()["message"] == "disk full");
    night.until("2026-12-02T03:10Z");
    CHECK(night.said()["message"] == "It failed, and has not run since: expected 03:00, not heard by 03:10");
  }
}

TEST_CASE("a deadline in a time without checks moves to its end and the grace") {
  Night night(kDaily);
  night.send("2026-12-01T02:51:00Z");
  night.until("2026-12-01T02:58Z");
  night.now = instant("2026-12-01T03:30Z");
  night.check();
  CHECK(night.status("job") == "up");
  CHECK(night.status_at("2026-12-01T03:39Z") == "up");
  CHECK(night.status_at("2026-12-01T03:40Z") == "down");
}

TEST_CASE("slots are those of the local clock, and periods those of the real one") {
  const auto daily = cron_in_berlin("0 4 * * *");
  CHECK(expected_after(R"("schedule":{"every":86400})", "2026-10-24T02:00:00Z", "2026-10-24T01:50Z") ==
        "2026-10-25T02:00Z");
  CHECK(expected_after(daily, "2026-10-24T02:00:10Z", "2026-10-24T01:50Z") == "2026-10-25T03:00Z");
  CHECK(expected_after(daily, "2027-03-27T03:00:10Z", "2027-03-27T02:50Z") == "2027-03-28T02:00Z");
  const auto skipped = cron_in_berlin("30 2 * * *");
  CHECK(expected_after(skipped, "2027-03-27T01:30:30Z", "2027-03-27T01:20Z") == "2027-03-28T01:00Z");
  CHECK(expected_after(skipped, "2027-03-28T01:00:30Z", "2027-03-28T00:50Z") == "2027-03-29T00:30Z");
  const std::string quarters = R"("schedule":{"onCalendar":"*:0/15","timezone":"Europe/Berlin"},"grace":600)";
  CHECK(expected_after(quarters, "2026-10-25T00:45:10Z", "2026-10-25T00:40Z") == "2026-10-25T02:00Z");
}

TEST_CASE("what is said of a schedule is said by its clock, with its zone where messages have another") {
  Night night(cron_in_berlin("0 4 * * *"));
  night.send("2026-12-01T03:00:10Z");
  night.until("2026-12-02T03:10Z");
  CHECK(night.said()["message"] == "Expected 04:00, not heard by 04:10 Europe/Berlin");
}

TEST_CASE("a service that was never heard is unknown, unless it is expected from some time on") {
  CHECK(Night(kDaily).status_at("2026-12-01T03:11Z") == "unknown");
  for (const char* from : {"deploy", "2026-12-01T00:00Z"}) {
    Night night(kDaily + R"(,"expectFrom":")" + from + "\"");
    CHECK(night.status_at("2026-12-01T03:00Z") == "unknown");
    CHECK(night.said()["isLate"] == true);
    CHECK(night.status_at("2026-12-01T03:09Z") == "unknown");
    CHECK(night.status_at("2026-12-01T03:10Z") == "down");
  }
  Night later(kDaily + R"(,"expectFrom":"2026-12-02")");
  CHECK(later.status_at("2026-12-01T03:11Z") == "unknown");
}

TEST_CASE("another schedule counts from the time of the change on") {
  Night night(kDaily);
  night.send("2026-12-01T02:51:00Z");
  night.until("2026-12-01T03:05Z");
  night.configure(
      R"({"services":[{"id":"job","auth":{"required":false},"schedule":{"cron":"0 2 * * *"},"grace":600}]})");
  CHECK(night.status_at("2026-12-01T03:20Z") == "up");
  CHECK(night.expected_by() == "2026-12-02T02:00Z");
}

TEST_CASE("a threshold beside a schedule is an upper bound") {
  Night night(kDaily + R"(,"stalenessThreshold":600)");
  night.send("2026-12-01T03:00:00Z");
  CHECK(night.status_at("2026-12-01T03:10Z") == "up");
  CHECK(night.status_at("2026-12-01T03:11Z") == "down");
  CHECK(night.said()["message"] == "No heartbeat since 2026-12-01 03:00:00 UTC, limit 10 min");
}

TEST_CASE("progress begins the time that a run may take anew, and a log entry changes nothing") {
  Night night(kDaily + R"(,"maxRuntime":1200)");
  night.send("2026-12-01T03:00:00Z", kStart);
  night.send("2026-12-01T03:15:00Z", R"("signal":"log","message":"half")");
  night.send("2026-12-01T03:16:00Z", R"("signal":"progress")");
  CHECK(night.status_at("2026-12-01T03:35Z") == "unknown");
  CHECK(night.status_at("2026-12-01T03:36Z") == "down");
  const Json logs = night.json("/api/logs?serviceId=job")["logs"];
  CHECK(logs.size() == 3);
  CHECK(logs[0]["signal"] == "progress");
  CHECK(logs[1]["message"] == "half");
}

}  // namespace hb::check_schedules_test
