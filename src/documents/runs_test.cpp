#include "documents/runs.hpp"

#include "catch.hpp"
#include "config_of.hpp"
#include "documents/latest.hpp"

namespace hb::documents_runs_test {
namespace {

const Time kNow = from_ms(1'795'327'200'000);

Runs noted(std::initializer_list<std::pair<RunSignal, Millis>> signals) {
  Runs runs;
  for (const auto& [signal, after] : signals) note(runs, signal, kNow + after);
  return runs;
}

constexpr RunSignal start(std::string_view id = "") {
  return {.signal = Signal::start, .run_id = id};
}

constexpr RunSignal end(std::string_view id = "") {
  return {.run_id = id};
}

std::vector<std::string> open_runs(const Runs& runs) {
  std::vector<std::string> ids;
  for (const Run& run : runs.list) {
    if (is_open(runs, run)) ids.push_back(run.id);
  }
  return ids;
}

std::string merged(std::initializer_list<std::string_view> copies, Time now = kNow) {
  const std::vector<std::string_view> all(copies);
  return merge_latest(config_with({"web", "db"}), now, all).bytes;
}

Runs runs_in(std::string_view document) {
  return read_latest(config_with({"web", "db"}), kNow, document).at(0).runs;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a run is open from its start until its own end, whatever other runs do") {
  CHECK(open_runs(noted({{start("A"), 0s}, {start("B"), 1s}})) == Ids{"A", "B"});
  CHECK(open_runs(noted({{start("A"), 0s}, {start("B"), 1s}, {end("B"), 2s}})) == Ids{"A"});
  CHECK(open_runs(noted({{start("A"), 0s}, {end("A"), 1s}, {start("A"), 2min}})) == Ids{"A"});
  CHECK(open_runs(noted({{end("A"), 0s}})).empty());
}

TEST_CASE("an end without a run id ends all runs that had begun") {
  const Runs runs = noted({{start("A"), 0s}, {start(), 1s}, {end(), 5s}, {start("B"), 6s}});
  CHECK(open_runs(runs) == Ids{"B"});
  const Run* ended = run_ended_at(runs, kNow + 5s);
  REQUIRE(ended != nullptr);
  CHECK(duration_of(*ended) == 4s);
}

TEST_CASE("a heartbeat of a service without runs is not noted, unless it says how long it took") {
  CHECK(noted({{end(), 0s}}) == Runs{});
  CHECK(noted({{{.signal = Signal::log, .run_id = "A"}, 0s}}) == Runs{});
  const Runs runs = noted({{{.duration = 12s}, 0s}});
  CHECK(duration_of(*run_ended_at(runs, kNow)) == 12s);
}

TEST_CASE("the server measures how long a run took, and takes its word only when no start is known") {
  const Runs measured = noted({{start("A"), 0s}, {{.run_id = "A", .duration = 12s}, 90s}});
  CHECK(duration_of(*run_ended_at(measured, kNow + 90s)) == 90s);
  const Runs told = noted({{{.run_id = "A", .duration = 12s}, 90s}});
  CHECK(duration_of(*run_ended_at(told, kNow + 90s)) == 12s);
}

TEST_CASE("a start that is delivered again within a minute is the same, and a later one begins anew") {
  CHECK(noted({{start("A"), 0s}, {start("A"), 60s}}).list[0].started == kNow);
  CHECK(noted({{start("A"), 0s}, {start("A"), 60'001ms}}).list[0].started == kNow + 60'001ms);
}

TEST_CASE("copies of a document join to the same runs in any order, and as often as one likes") {
  const std::string one = latest_of(std::vector<Beat>{{"web", kNow - 10min, Status::up, "", start("A")},
                                                      {"web", kNow - 5min, Status::up, "", start("B")}});
  const std::string other = latest_of(std::vector<Beat>{{"web", kNow - 4min, Status::up, "", end("A")}});
  const std::string joined = merged({one, other});
  CHECK(open_runs(runs_in(joined)) == Ids{"B"});
  CHECK(merged({joined, one, other, joined}) == joined);
  CHECK(open_runs(runs_in(merged({other, one}))) == Ids{"B"});
}

TEST_CASE("a heartbeat without a run id in another copy ends runs, and one with another id does not") {
  const std::string runs = latest_of(std::vector<Beat>{{"web", kNow - 10min, Status::up, "", start("A")}});
  const std::string plain = latest_of(std::vector<Beat>{{"web", kNow - 1min}});
  const std::string other = latest_of(std::vector<Beat>{{"web", kNow - 1min, Status::up, "", end("B")}});
  CHECK(open_runs(runs_in(merged({runs, plain}))).empty());
  CHECK(open_runs(runs_in(merged({plain, runs}))).empty());
  CHECK(open_runs(runs_in(merged({runs, other}))) == Ids{"A"});
}

TEST_CASE("a start or progress does not count as having been heard") {
  const std::string document =
      latest_of(std::vector<Beat>{{"web", kNow, Status::up, "", start("A")},
                                  {"web", kNow, Status::up, "", {.signal = Signal::progress}}});
  CHECK_FALSE(read_latest(config_with({"web"}), kNow, document).at(0).last_seen);
  CHECK(document.starts_with(R"({"$runs":{"web":)"));
}

TEST_CASE("a run that ended stays for a while, so that an older copy cannot open it again, and then leaves") {
  const std::string opened = latest_of(std::vector<Beat>{{"web", kNow, Status::up, "", start("A")}});
  const std::string closed = latest_of(std::vector<Beat>{{"web", kNow, Status::up, "", start("A")},
                                                         {"web", kNow + 1s, Status::up, "", end("A")}});
  CHECK(open_runs(runs_in(merged({closed, opened}, kNow + kRunStays))).empty());
  const std::string later = latest_of(std::vector<Beat>{{"web", kNow + 20min}});
  CHECK(runs_in(merged({closed, later}, kNow + kRunStays + 2s)).list.size() == 1);
  CHECK(merged({merged({closed, later}, kNow + 40min)}, kNow + 40min).find("$runs") == std::string::npos);
}

TEST_CASE("of more than a hundred runs the oldest leave") {
  Runs runs;
  for (int i = 0; i <= 100; ++i) note(runs, start(std::to_string(i)), kNow + i * 1s);
  trim(runs, kNow, std::nullopt);
  CHECK(runs.list.size() == kMostRuns);
  CHECK(runs.list.front().id == "1");
}

TEST_CASE("runs are written and read again, and what is damaged is absent") {
  Runs runs = noted({{start("a \"b\""), 0s}, {{.signal = Signal::progress}, 1s}, {{.duration = 7s}, 2s}});
  JsonWriter json;
  print_runs(json, runs);
  CHECK(read_runs(json.text()) == runs);
  CHECK(read_runs(R"({"closed":7,"runs":[1,{"started":"x","ended":[],"durationMs":-1}]})") ==
        Runs{{Run{}}, Time{}});
  for (const char* damaged : {"", "[]", "{", R"({"runs":{}})"}) CHECK(read_runs(damaged) == Runs{});
}

TEST_CASE("a document without runs is as it was, and one with them can be had without") {
  const std::string plain = latest_of(std::vector<Beat>{{"web", kNow, Status::down, "x"}});
  CHECK_FALSE(without_runs(plain));
  const std::string with =
      merged({plain, latest_of(std::vector<Beat>{{"db", kNow, Status::up, "", start("A")}})});
  CHECK(without_runs(with) == plain);
  CHECK(without_runs(latest_of(std::vector<Beat>{{"db", kNow, Status::up, "", start("A")}})) == "{}");
}

}  // namespace hb::documents_runs_test
