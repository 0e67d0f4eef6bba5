#include "documents/edited_history.hpp"

#include <random>

#include "catch.hpp"
#include "config_of.hpp"
#include "documents/monitor_document.hpp"
#include "exact.hpp"

namespace hb::edited_history_test {
namespace {

const Day kToday = *parse_day("2026-11-22");
constexpr DayCells kSet{.today = {.up = 5, .down = 1}, .yesterday = {.up = 1439, .degraded = 1}};

std::string days_up(std::initializer_list<int> minutes) {
  std::string cells;
  for (const int up : minutes) cells += pack({.up = up});
  return cells;
}

Record record_of(const Config& config) {
  Record record{.today = kToday};
  record.cells.assign(config.services.size(), kSet);
  return record;
}

// What the fast path makes of the object; empty where it leaves it to the other.
std::string edited(const Config& config, const std::string& object, Day last_day, int days,
                   int retention_days, const Record& record) {
  std::string bytes = object + "},\"check\":{}}";
  const Exact exact(bytes);
  const History history{last_day, days, exact.view(), true};
  const auto edits = edited_history(config, history, record, retention_days);
  return edits ? Put{.kept = edits->cells}.text() : "";
}

std::string printed(const Config& config, const std::string& object, Day last_day, int days,
                    int retention_days, const Record& record) {
  return hb::record("", config, {last_day, days, object}, record, retention_days).cells;
}

// One of those that come in documents, or what damage makes of it.
class RandomObject {
 public:
  explicit RandomObject(unsigned seed) : random_(seed) {}

  std::string text(int days) {
    std::string object = "{";
    for (const char* id : {"web", "db", "gone", "mail", "was-web"}) {
      const bool is_there = id == std::string("was-web") ? below(20) == 0 : below(12) != 0;
      if (!is_there) continue;
      if (object.size() > 1) object += ',';
      ((((object += '"') += id) += "\":\"") += cells(days)) += '"';
    }
    object += '}';
    if (below(4) == 0) object[below(object.size())] = "\"\\,:{}A \n\x80"[below(10)];
    if (below(16) == 0) object.resize(below(object.size()));
    return object;
  }
  size_t below(size_t count) { return random_() % count; }

 private:
  std::string cells(int days) {
    std::string out;
    const bool is_empty = below(6) == 0;
    for (int i = 0; i < days; ++i) {
      out += is_empty ? std::string(kEmptyCell) : pack({.up = static_cast<int>(below(1441))});
    }
    return out;
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("an ordinary record edits the histories where they stand") {
  const Config config = config_with({"web", "db"});
  const std::string object = R"({"gone":")" + days_up({9, 9, 9}) + R"(","web":")" + days_up({1, 2, 3}) +
                             R"(","db":")" + days_up({4, 5, 6}) + R"("})";
  const Record record = record_of(config);
  const std::string set = pack(kSet.yesterday) + pack(kSet.today);
  CHECK(edited(config, object, kToday, 3, 3, record) == R"({"gone":")" + days_up({9, 9, 9}) + R"(","web":")" +
                                                            days_up({1}) + set + R"(","db":")" +
                                                            days_up({4}) + set + R"("})");
  CHECK(edited(config, object, kToday - std::chrono::days{1}, 3, 3, record) ==
        R"({"gone":")" + days_up({9, 9, 0}) + R"(","web":")" + days_up({2}) + set + R"(","db":")" +
            days_up({5}) + set + R"("})");
}

TEST_CASE("what is set already is not edited") {
  const Config config = config_with({"web"});
  const std::string object = R"({"web":")" + pack(kSet.yesterday) + pack(kSet.today) + "\"}";
  const auto edits = edited_history(config, {kToday, 2, object, true}, record_of(config), 2);
  REQUIRE(edits);
  CHECK(edits->cells.edits.empty());
  CHECK(edits->written == 1);
}

TEST_CASE("histories that do not stand in the document are not edited there") {
  const Config config = config_with({"web"});
  const std::string object = R"({"web":")" + days_up({1, 2}) + "\"}";
  CHECK(edited_history(config, {kToday, 2, object, true}, record_of(config), 2));
  CHECK_FALSE(edited_history(config, {kToday, 2, object}, record_of(config), 2));
}

TEST_CASE("histories edited where they stand are those that would be printed, whatever the document has") {
  Config config = config_with({"web", "db", "mail"});
  config.services[0].previous_ids = {"was-web"};
  config.by_id["was-web"] = 0;
  int taken = 0;
  for (unsigned seed = 0; seed < 3'000; ++seed) {
    RandomObject random(seed);
    const int days = static_cast<int>(1 + random.below(4));
    const int retention_days = random.below(3) == 0 ? 3 : days;
    const Day last_day = kToday + std::chrono::days{1} - std::chrono::days{random.below(5)};
    const std::string object = random.text(days);
    Record record = record_of(config);
    if (random.below(3) == 0) record.cells[random.below(3)].reset();
    const std::string fast = edited(config, object, last_day, days, retention_days, record);
    if (fast.empty()) continue;
    ++taken;
    INFO(seed << " " << object);
    CHECK(fast == printed(config, object, last_day, days, retention_days, record));
  }
  CHECK(taken > 300);
}

}  // namespace hb::edited_history_test
