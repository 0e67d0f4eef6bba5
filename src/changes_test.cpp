#include "changes.hpp"

#include "catch.hpp"
#include "exact.hpp"

using namespace hb;

namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

Change at(int minute, Status status, std::string message = "") {
  return {kNow + std::chrono::minutes{minute}, status, std::move(message)};
}

std::string added(std::string_view row, std::vector<Change> more, Time oldest = Time{}) {
  return add_changes(row, more, oldest);
}

}  // namespace

TEST_CASE("changes are kept in order, each once, with their messages") {
  const std::string row = added("", {at(5, Status::up), at(1, Status::down, "q\"<")});
  CHECK(read_changes(Exact(row).view()) ==
        std::vector<Change>{at(1, Status::down, "q\"<"), at(5, Status::up)});
  CHECK(added(row, {at(5, Status::up)}) == row);
  CHECK(read_changes(added(row, {at(5, Status::down)})).size() == 3);
}

TEST_CASE("of changes before the oldest only the last stays") {
  const std::string row = added("", {at(1, Status::down), at(2, Status::up), at(3, Status::down)});
  CHECK(read_changes(added(row, {}, kNow + 3min)) ==
        std::vector<Change>{at(2, Status::up), at(3, Status::down)});
  CHECK(read_changes(added(row, {}, kNow + 2min)).size() == 3);
  CHECK(read_changes(added(row, {}, kNow + 9min)) == std::vector<Change>{at(3, Status::down)});
}

TEST_CASE("no more than a thousand changes are kept, the newest") {
  std::vector<Change> many;
  for (int i = 0; i <= static_cast<int>(kMaxChanges); ++i)
    many.push_back(at(i, i % 2 ? Status::up : Status::down));
  const auto kept = read_changes(added("", many));
  CHECK(kept.size() == kMaxChanges);
  CHECK(kept.front() == many[1]);
}

TEST_CASE("what is no change is left out") {
  for (const char* row : {"", "{}", "[", "[1]", R"([["x"]])", R"([[1,"broken","x"]])", R"([[1,"down"]])"}) {
    INFO(row);
    CHECK(read_changes(Exact(row).view()).empty());
  }
  CHECK(read_changes(R"([7,[1000,"down","x"]])") == std::vector<Change>{{from_ms(1000), Status::down, "x"}});
}
