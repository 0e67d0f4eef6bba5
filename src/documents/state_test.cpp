#include "documents/state.hpp"

#include "catch.hpp"
#include "config_of.hpp"
#include "exact.hpp"
#include "text/json.hpp"

namespace hb::state_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

std::string ms(Time time) {
  return std::to_string(to_ms(time));
}

ServiceState full_row() {
  return {.status = Status::down,
          .since = kNow - 10min,
          .last_seen = kNow - 20min,
          .watched_since = kNow - 24h,
          .cells = DayCells{.today = {.up = 1, .down = 2}, .yesterday = {.up = 1440}},
          .message = "disk \"91 %\" <b>",
          .report = kNow - 11min,
          .is_suppressed = true,
          .paused_until = kNow + 24h,
          .notified = {.status = Status::down, .since = kNow - 10min, .channels = {{"ops", Status::down}}}};
}

CheckState full_state() {
  return {
      .scheduled = kNow - 1min,
      .at = kNow - 1min + 40ms,
      .monitoring_gap = Span{kNow - 2h, kNow - 1h},
      .blackout = Span{kNow - 5min, std::nullopt},
      .notified = {.status = Status::down, .channels = {{"ops", Status::down}}},
      .last_day = {.hour = 494'258, .groups = {{Share{.lost = 1, .known = 2}}}},
      .services = {full_row(),
                   {.status = Status::up, .since = kNow - 1h, .last_seen = kNow, .watched_since = kNow - 2h}},
      .inactive = {}};
}

// A state in which the one service `web` has this row.
ServiceState row_of(const std::string& row) {
  const Exact text("{\"services\":{\"web\":" + row + "}}");
  return read_state(config_with({"web"}), kNow, text.view()).services.at(0);
}

}  // namespace

TEST_CASE("a state is read as it was written") {
  const Config config = config_with({"web", "db"});
  const CheckState state = full_state();
  CHECK(read_state(config, kNow, write_state(config, state)) == state);
}

TEST_CASE("a state is written in a short form") {
  const Config config = config_with({"web", "db"});
  CheckState state;
  state.services.resize(2);
  state.services[1] = {
      .status = Status::up, .since = kNow, .last_seen = kNow, .watched_since = kNow, .cells = DayCells{}};
  CHECK(write_state(config, state) ==
        R"({"scheduled":0,"at":0,"services":{"web":["unknown",0,0,0,""],"db":["up",)" + ms(kNow) + "," +
            ms(kNow) + "," + ms(kNow) + R"(,"AAAAAAAAAAAAAAAA"]},"away":{}})");
}

TEST_CASE("a service without cells has none after writing and reading") {
  CHECK_FALSE(row_of("[\"up\"," + ms(kNow) + ",0,0,\"\",{\"message\":\"aa\"}]").cells);
  CHECK(row_of("[\"up\"," + ms(kNow) + ",0,0,\"\",{\"message\":\"aa\"}]").message == "aa");
}

TEST_CASE("the row of a disabled service is kept as inactive and comes back to be monitored anew") {
  const Config both = config_with({"web", "db"});
  const CheckState before = full_state();
  std::vector<Service> services{{.id = "web", .enabled = false}, {.id = "db"}};
  const Config one = config_of(std::move(services));

  const CheckState without = read_state(one, kNow, write_state(both, before));
  CHECK(without.services[0] == ServiceState{});
  CHECK(without.services[1] == before.services[1]);
  const CheckState still_without = read_state(one, kNow, write_state(one, without));
  CHECK(still_without == without);

  const CheckState after = read_state(both, kNow, write_state(one, still_without));
  const ServiceState row = full_row();
  CHECK(after.services[0] == ServiceState{.last_seen = row.last_seen,
                                          .report = row.report,
                                          .paused_until = row.paused_until,
                                          .notified = row.notified});
  CHECK(after.services[1] == before.services[1]);
  CHECK(after.inactive.empty());
}

TEST_CASE("an inactive row is kept until its last heartbeat is older than the retention") {
  Config config = config_with({"web"});
  config.settings.retention_days = 7;
  const auto inactive = [&](Time last_seen, Time watched) {
    const std::string row = "[\"down\",5," + ms(last_seen) + "," + ms(watched) + ",\"\"]";
    const std::string inactive = "\"gone\":" + row;
    const CheckState state = read_state(config, kNow, "{\"away\":{" + inactive + "}}");
    const std::string kept = state.inactive.empty() ? "" : inactive;
    CHECK(write_state(config, state).ends_with(",\"away\":{" + kept + "}}"));
    return !state.inactive.empty();
  };
  const Time oldest = kNow - 7 * 24h;
  CHECK(inactive(oldest, oldest - 1h));
  CHECK(inactive(oldest - 1h, oldest));
  CHECK_FALSE(inactive(oldest - 1ms, oldest - 1ms));
  CHECK_FALSE(inactive(kNow + 61s, oldest - 1ms));
}

TEST_CASE("of a damaged row that is kept away what can be read is kept") {
  const std::string last_seen = ms(kNow);
  const CheckState state =
      read_state(config_with({}), kNow, "{\"away\":{\"x\":[\"up\",5," + last_seen + ",7,\"\",{]],\"y\":5}}");
  CHECK(write_state(config_with({}), state).ends_with("{\"x\":[\"up\",5," + last_seen + ",7,\"\"]}}"));
}

TEST_CASE("what is kept away has all that it had, whatever it is called") {
  CheckState state;
  state.inactive = {{"gone", full_row()}, {"\"é\\", full_row()}};
  CHECK(read_state(config_with({}), kNow, write_state(config_with({}), state)) == state);
}

TEST_CASE("a state with an outbox has it after writing and reading, and one without has none") {
  const Config config = config_with({});
  CheckState state;
  CHECK_FALSE(read_state(config, kNow, write_state(config, state)).outbox);
  state.outbox = Outbox{};
  CHECK(write_state(config, state).ends_with(R"("away":{},"outbox":{"channels":[]}})"));
  CHECK(read_state(config, kNow, write_state(config, state)) == state);
  queue_of(*state.outbox, "ops")
      .troubles.push_back(
          {.key = "web", .wanted = Message{.timestamp = kNow, .dedup_key = "web:1"}, .wanted_since = kNow});
  CHECK(read_state(config, kNow, write_state(config, state)) == state);
}

TEST_CASE("a renamed service keeps its state, and its own comes before that of previous ids") {
  const Config config = config_of({{.id = "db", .previous_ids = {"mysql"}}});
  const std::string mysql = R"("mysql":["up",5,6,7,""])";
  const std::string db = R"("db":["down",8,9,10,""])";
  const auto status = [&](const std::string& rows) {
    const CheckState state = read_state(config, kNow, "{\"services\":{" + rows + "}}");
    CHECK(state.inactive.empty());
    return state.services[0].status;
  };
  CHECK(status(mysql) == Status::up);
  CHECK(status(mysql + "," + db) == Status::down);
  CHECK(status(db + "," + mysql) == Status::down);
}

TEST_CASE("the row of a monitored service comes before an inactive one, in either order") {
  const Config config = config_with({"web"});
  const std::string live = R"("services":{"web":["up",5,6,7,""]})";
  const std::string inactive = R"("away":{"web":["down",5,6,7,""]})";
  for (const std::string& text : {"{" + live + "," + inactive + "}", "{" + inactive + "," + live + "}"}) {
    CHECK(read_state(config, kNow, text).services[0].status == Status::up);
  }
}

TEST_CASE("times more than 60 s ahead are absent") {
  const auto state_at = [](Time time) {
    const std::string t = ms(time);
    return read_state(config_with({"web"}), kNow,
                      "{\"scheduled\":" + t + ",\"at\":" + t + ",\"gap\":[" + t + "," + t +
                          "],\"silence\":[1," + t + "],\"services\":{\"web\":[\"up\"," + t + "," + t + "," +
                          t + ",\"\",{\"report\":" + t + ",\"pausedUntil\":" + t + "}]}}");
  };
  const Time ahead = kNow + 60s;
  CHECK(state_at(ahead) == CheckState{.scheduled = ahead,
                                      .at = ahead,
                                      .monitoring_gap = Span{ahead, ahead},
                                      .blackout = Span{from_ms(1), ahead},
                                      .services = {{.status = Status::up,
                                                    .since = ahead,
                                                    .last_seen = ahead,
                                                    .watched_since = ahead,
                                                    .report = ahead,
                                                    .paused_until = ahead}}});
  CHECK(state_at(ahead + 1ms) ==
        CheckState{.blackout = Span{from_ms(1), std::nullopt},
                   .services = {{.status = Status::up, .since = kNow, .paused_until = ahead + 1ms}}});
}

TEST_CASE("a damaged row gives what can be read of it") {
  const ServiceState none{.since = kNow};
  for (const char* row : {"7", "null", "\"up\"", "{}", "[]", "[7]", "[\"UP\"]", "[null,null,null,null,null]",
                          "[\"x\",\"1\",[2],{},5]", "[,]", "[\"unknown\",-5,-6,-7,\"AAAA\"]"}) {
    INFO(row);
    CHECK(row_of(row) == none);
  }
  CHECK(row_of("[\"down\",5]") == ServiceState{.status = Status::down, .since = from_ms(5)});
  CHECK(row_of("[\"down\",\"x\",6,7,\"\"]") ==
        ServiceState{
            .status = Status::down, .since = kNow, .last_seen = from_ms(6), .watched_since = from_ms(7)});
  CHECK_FALSE(row_of("[\"up\",5,6,7,\"AAAAAAAA\"]").cells);
  CHECK_FALSE(row_of("[\"up\",5,6,7,\"AAAAAAAAAAAAAAA-\"]").cells);
  CHECK(row_of("[\"up\",5,6,7,\"AAAAAAAAAAAAAAAB\"]").cells == DayCells{.today = {.unknown = 1}});
}

TEST_CASE("extras of unknown names and other types are ignored") {
  const ServiceState plain{
      .status = Status::up, .since = from_ms(5), .last_seen = from_ms(6), .watched_since = from_ms(7)};
  for (const char* extras :
       {"{}", "5", "null", "[]", "{\"colour\":\"red\"}",
        "{\"message\":5,\"report\":\"x\",\"quiet\":1,\"pausedUntil\":[]}", "{\"pausedUntil\":0,\"report\":0}",
        "{\"pausedUntil\":-1}", "{\"message\":}", "{]"}) {
    INFO(extras);
    CHECK(row_of("[\"up\",5,6,7,\"\"," + std::string(extras) + "]") == plain);
  }
}

TEST_CASE("one damaged member does not cost the others") {
  const Config config = config_with({"web"});
  const std::string good = R"("services":{"web":["up",5,6,7,""]})";
  for (const char* bad : {"\"scheduled\":\"x\"", "\"scheduled\":null", "\"at\":[]", "\"at\":5.5", "\"gap\":5",
                          "\"gap\":[]", "\"gap\":[1,\"x\"]", "\"silence\":{}", "\"away\":[1]",
                          "\"away\":{\"x\":5}", "\"other\":{\"a\":[1]}", "\"services\":7"}) {
    INFO(bad);
    CheckState state = read_state(config, kNow, Exact("{" + std::string(bad) + "," + good + "}").view());
    CHECK(std::exchange(state.is_damaged, false) == (std::string_view(bad) == "\"away\":{\"x\":5}"));
    CHECK(state == CheckState{.services = {{.status = Status::up,
                                            .since = from_ms(5),
                                            .last_seen = from_ms(6),
                                            .watched_since = from_ms(7)}}});
    CHECK(parse_json(write_state(config, state)));
  }
}

TEST_CASE("a state cut at any byte keeps what is complete") {
  const Config config = config_with({"web", "db"});
  const CheckState whole = full_state();
  const std::string text = write_state(config, whole);
  each_beginning(text, [&](std::string_view cut) {
    const CheckState state = read_state(config, kNow, cut);
    INFO(cut);
    CHECK((!state.at || state.scheduled == whole.scheduled));
    CHECK((!state.monitoring_gap || state.monitoring_gap == whole.monitoring_gap));
    CHECK((!state.blackout || state.blackout == whole.blackout));
    for (size_t i = 0; i < 2; ++i) {
      CHECK((state.services[i] == ServiceState{} || state.services[i] == whole.services[i]));
    }
    CHECK(read_state(config, kNow, write_state(config, state)).blackout == state.blackout);
  });
}

TEST_CASE("a row that is damaged does not hide those behind it, and no damage goes unseen") {
  const Config config = config_with({"web", "db", "mail"});
  CheckState whole;
  whole.scheduled = whole.at = kNow;
  whole.services.assign(3, {.status = Status::up, .since = from_ms(5), .last_seen = from_ms(6)});
  const std::string text = write_state(config, whole);
  for (size_t at = text.find("{\"web\""); at < text.find("},\"away\""); ++at) {
    const bool is_structure = std::string_view("{}[],:\"").find(text[at]) != std::string_view::npos;
    if (!is_structure) continue;
    std::string bytes = text;
    bytes[at] = '\x01';
    INFO(bytes);
    const CheckState state = read_state(config, kNow, bytes);
    CHECK(state.is_damaged);
    int kept = 0;
    for (const ServiceState& row : state.services) kept += row == whole.services[0] ? 1 : 0;
    CHECK(kept >= 1);  // a bracket that is gone takes the next row along
  }
}

TEST_CASE("what is no state at all reads as an empty one") {
  const CheckState empty{.services = std::vector<ServiceState>(1)};
  for (const char* text :
       {"", "null", "[]", "7", "{", "{}", "\xFF\xFE", "{\"services\":{\"web\":", "{\"scheduled\":-5}"}) {
    INFO(text);
    CheckState state = read_state(config_with({"web"}), kNow, Exact(text).view());
    const bool is_whole = std::string_view(text).empty() || std::string_view(text).ends_with('}');
    CHECK(std::exchange(state.is_damaged, false) != is_whole);
    CHECK(state == empty);
  }
  CHECK(read_state(config_with({}), kNow, std::string(100'000, '{')) == CheckState{.is_damaged = true});
}

TEST_CASE("monitoring gap and blackout are read without the services behind them") {
  const Config config = config_with({"web", "db"});
  const CheckState state = full_state();
  const std::string text = write_state(config, state);
  const Suppression both{state.monitoring_gap, state.blackout};
  CHECK(read_suppression(kNow, text) == both);
  CHECK(read_suppression(kNow, text.substr(0, text.find("\"services\""))) == both);
  CHECK(read_suppression(kNow, "") == Suppression{});
  CHECK(read_suppression(kNow, R"({"gap":7,"silence":[5,0]})") ==
        Suppression{.blackout = Span{from_ms(5), std::nullopt}});
}

}  // namespace hb::state_test
