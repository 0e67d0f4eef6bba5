#include "collector/ring.hpp"

#include "catch.hpp"
#include "collector/collected.hpp"

namespace hb::ring_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

// A collector right after its start, which has so many requests behind the `folded` ones.
class Started {
 public:
  Started(int64_t folded, int64_t unfolded) : latest_(write_collected({.folded = folded})) {
    for (int64_t number = folded + 1; number <= folded + unfolded; ++number) {
      beats_[slot_key(number)] = R"({"seq":)" + std::to_string(number) + R"(,"at":1795327200000,"beats":[]})";
    }
  }

  // Reads what is asked for until the memo is known.
  Memo memo() {
    Event event{.now = kNow};
    for (;;) {
      const auto found = memo_of(event);
      if (const auto* memo = std::get_if<Memo>(&found)) return *memo;
      const Range& range = std::get<Range>(found);
      event.ranges.push_back(range);
      if (range.from == kLatestRow) event.rows.push_back({range.from, latest_});
      const std::string& until = range.until.empty() ? range.from : range.until;
      for (auto row = beats_.lower_bound(range.from); row != beats_.end() && row->first < until; ++row) {
        event.rows.push_back({row->first, row->second});
      }
      ++rounds;
    }
  }

  int rounds = 0;

 private:
  std::string latest_;
  std::map<std::string, std::string> beats_{};
};

}  // namespace

TEST_CASE("after a start the memo is found from the rows, also across the end of the ring") {
  for (const int64_t folded : {0, 1, 4'090, 4'095, 4'096, 100'000}) {
    for (const int64_t unfolded : {0, 1, 63, 64, 65, 2'048, 4'096}) {
      INFO(folded << " folded, " << unfolded << " not");
      const Memo memo = Started(folded, unfolded).memo();
      CHECK(memo.folded == folded);
      CHECK(memo.next == folded + unfolded + 1);
    }
  }
}

TEST_CASE("after a start a long ring is read in few rounds") {
  Started started(0, 2'048);
  CHECK(started.memo().next == 2'049);
  CHECK(started.rounds <= 8);
}

TEST_CASE("a memo is read as it was written") {
  const Memo memo{.folded = 812,
                  .next = 900,
                  .size = 4'711,
                  .counted = {311, 812, 2'040},
                  .refused = {},
                  .told = {3, 1},
                  .publishing = Publishing{kNow, 811, 2, day_of(kNow)}};
  CHECK(std::get<Memo>(memo_of({.memo = write_memo(memo)})) == memo);
}

TEST_CASE("a memo that cannot be is found again") {
  const auto is_found_again = [](const std::string& folded, const std::string& next) {
    const auto found = memo_of({.memo = R"({"folded":)" + folded + R"(,"next":)" + next + "}"});
    return std::holds_alternative<Range>(found);
  };
  CHECK_FALSE(is_found_again("5", "6"));
  CHECK_FALSE(is_found_again("5", "4102"));
  CHECK(is_found_again("5", "4103"));
  CHECK(is_found_again("5", "5"));
  CHECK(is_found_again("5", "-7"));
  CHECK(is_found_again("-1", "1"));
  CHECK(is_found_again("9223372036854775807", "-9223372036854775808"));
}

}  // namespace hb::ring_test
