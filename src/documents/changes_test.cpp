#include "documents/changes.hpp"

#include <set>

#include "catch.hpp"
#include "exact.hpp"

namespace hb::changes_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

Change at(int minute, Status status, std::string message = "") {
  return {kNow + std::chrono::minutes{minute}, status, std::move(message)};
}

std::string added(std::string_view row, std::vector<Change> more, Time oldest = Time{}) {
  return add_changes(row, {{"web", std::move(more)}}, oldest, 1);
}

std::vector<Change> of_web(std::string_view row) {
  return read_changes(Exact(row).view(), "web");
}

std::vector<Change> many(size_t count) {
  std::vector<Change> changes;
  for (size_t i = 0; i < count; ++i) {
    changes.push_back(at(static_cast<int>(i), i % 2 ? Status::up : Status::down, std::string(200, 'x')));
  }
  return changes;
}

}  // namespace

TEST_CASE("a service has its row by the hash of its id") {
  CHECK(changes_key("") == "incidents:c5");
  CHECK(changes_key("a") == "incidents:2c");
  CHECK(changes_key("foobar") == "incidents:68");
  std::set<std::string> keys;
  for (int i = 0; i < 10'000; ++i) keys.insert(changes_key("service-" + std::to_string(i)));
  CHECK(keys.size() == 256);
}

TEST_CASE("changes are kept in order, each once, with their messages") {
  const std::string row = added("", {at(5, Status::up), at(1, Status::down, "q\"<")});
  CHECK(of_web(row) == std::vector<Change>{at(1, Status::down, "q\"<"), at(5, Status::up)});
  CHECK(added(row, {at(5, Status::up)}) == row);
  CHECK(of_web(added(row, {at(5, Status::down)})).size() == 3);
}

TEST_CASE("services that share a row keep their own changes") {
  const std::string row =
      add_changes("", {{"web", {at(1, Status::down)}}, {"db", {at(2, Status::up)}}}, Time{}, 9);
  const std::string more = add_changes(row, {{"db", {at(3, Status::down)}}}, Time{}, 9);
  CHECK(of_web(more) == std::vector<Change>{at(1, Status::down)});
  CHECK(read_changes(more, "db") == std::vector<Change>{at(2, Status::up), at(3, Status::down)});
  CHECK(read_changes(more, "mail").empty());
}

TEST_CASE("of changes before the oldest only the last stays") {
  const std::string row = added("", {at(1, Status::down), at(2, Status::up), at(3, Status::down)});
  CHECK(of_web(added(row, {}, kNow + 3min)) == std::vector<Change>{at(2, Status::up), at(3, Status::down)});
  CHECK(of_web(added(row, {}, kNow + 2min)).size() == 3);
  CHECK(of_web(added(row, {}, kNow + 9min)) == std::vector<Change>{at(3, Status::down)});
}

TEST_CASE("no more than a thousand changes are kept, the newest") {
  const auto all = many(1'000 + 1);
  const auto kept = of_web(added("", all));
  CHECK(kept.size() == 1'000);
  CHECK(kept.front() == all[1]);
}

TEST_CASE("all rows together stay within their size, and the oldest changes leave, whosever they are") {
  const auto all = many(900);
  const auto row_of = [&](size_t services) {
    return add_changes("", {{"db", {at(-9, Status::up)}}, {"mail", {at(1000, Status::up)}}, {"web", all}},
                       Time{}, services);
  };
  CHECK(of_web(row_of(10)).size() == 900);
  const std::string row = row_of(10'000);
  CHECK(row.size() <= (16 * 1024 * 1024) / 256);
  const auto kept = of_web(row);
  CHECK(kept.size() > 100);
  CHECK(std::equal(kept.rbegin(), kept.rend(), all.rbegin()));
  CHECK(read_changes(row, "mail").size() == 1);
  CHECK(read_changes(row, "db") == std::vector<Change>{at(-9, Status::up)});  // since when it has been up
}

TEST_CASE("a row of services that have each only one change is kept, whatever its size") {
  ChangesById all;
  for (int i = 0; i < 5'000; ++i) all["service-" + std::to_string(i)] = {at(i, Status::down)};
  const std::string row = add_changes("", all, Time{}, 1'000'000);
  CHECK(row.size() > (16 * 1024 * 1024) / 256);
  CHECK(read_changes(row, "service-0").size() == 1);
}

TEST_CASE("what is no change is left out") {
  for (const char* row :
       {"", "[]", "{", R"({"web":7})", R"({"web":[1]})", R"({"web":[["x"]]})", R"({"web":{}})",
        R"({"web":[[1,"broken","x"]]})", R"({"web":[[1,"down"]]})", R"([[1,"down","x"]])"}) {
    INFO(row);
    CHECK(of_web(row).empty());
    CHECK(of_web(added(row, {at(1, Status::up)})).size() == 1);
  }
  CHECK(of_web(R"({"db":7,"web":[7,[1000,"down","x"]]})") ==
        std::vector<Change>{{from_ms(1000), Status::down, "x"}});
  CHECK(added(R"({"web":[],"db":[]})", {}) == "{}");
}

}  // namespace hb::changes_test
