#include "collector/write_ahead_log.hpp"

#include "catch.hpp"
#include "collector/checkpoint.hpp"

namespace hb::write_ahead_log_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

// A collector right after its start, whose tail has so many entries behind the `checkpointed` ones.
class Started {
 public:
  Started(int64_t checkpointed, int64_t tail) : latest_(write_checkpoint({.checkpointed = checkpointed})) {
    for (int64_t number = checkpointed + 1; number <= checkpointed + tail; ++number) {
      entries_[entry_key(number)] =
          R"({"seq":)" + std::to_string(number) + R"(,"at":1795327200000,"beats":[]})";
    }
  }

  // Reads what is asked for until the session is open.
  Session session() {
    Event event{.now = kNow};
    Session session;
    while (const auto asked = open_session(event, session)) {
      const Range& range = *asked;
      event.ranges.push_back(range);
      if (range.from == kLatestRow) event.rows.push_back({range.from, latest_});
      const std::string& until = range.until.empty() ? range.from : range.until;
      for (auto row = entries_.lower_bound(range.from); row != entries_.end() && row->first < until; ++row) {
        event.rows.push_back({row->first, row->second});
      }
      ++rounds;
    }
    return session;
  }

  int rounds = 0;

 private:
  std::string latest_;
  std::map<std::string, std::string> entries_{};
};

}  // namespace

TEST_CASE("after a start the session is found from the rows, also across the end of the write-ahead log") {
  for (const int64_t checkpointed : {0, 1, 4'090, 4'095, 4'096, 100'000}) {
    for (const int64_t tail : {0, 1, 63, 64, 65, 2'048, 4'096}) {
      INFO(checkpointed << " checkpointed, " << tail << " not");
      const Session session = Started(checkpointed, tail).session();
      CHECK(session.checkpointed == checkpointed);
      CHECK(session.next == checkpointed + tail + 1);
    }
  }
}

TEST_CASE("after a start a long tail is read in few rounds") {
  Started started(0, 2'048);
  CHECK(started.session().next == 2'049);
  CHECK(started.rounds <= 9);
}

}  // namespace hb::write_ahead_log_test
