#include "collector/session.hpp"

#include "catch.hpp"
#include "collector/write_ahead_log.hpp"
#include "exact.hpp"

namespace hb::session_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

const Session kSession{.is_open = true,
                       .checkpointed = 812,
                       .next = 900,
                       .size = 4'711,
                       .heartbeats = 1'234,
                       .counted = {311, 5, 812, 2'040},
                       .refused = {{"401", 3}, {"404", 1}},
                       .deliveries = {3, 1},
                       .publishing = Publishing{kNow, to_ms(kNow), 811, 2, day_of(kNow), 3},
                       .later_row = "state"};

}  // namespace

TEST_CASE("a session is read as it was written") {
  CHECK(read_session(write_session(kSession)) == kSession);
  CHECK(read_session(write_session({})) == Session{});
  CHECK(read_session("") == Session{});
  CHECK_FALSE(Session{}.is_open);
}

TEST_CASE("a session that is cut anywhere is none") {
  const std::string bytes = write_session(kSession);
  each_beginning(std::string_view(bytes).substr(0, bytes.size() - 1),
                 [](std::string_view cut) { CHECK(read_session(cut) == Session{}); });
}

TEST_CASE("a session whose log could not be is none") {
  const auto is_kept = [](int64_t checkpointed, int64_t next) {
    const Session session{.is_open = true, .checkpointed = checkpointed, .next = next};
    return read_session(write_session(session)) == session;
  };
  CHECK(is_kept(5, 6));
  CHECK(is_kept(5, 4'102));
  CHECK_FALSE(is_kept(5, 4'103));
  CHECK_FALSE(is_kept(5, 5));
  CHECK_FALSE(is_kept(5, -7));
  CHECK_FALSE(is_kept(-1, 1));
}

TEST_CASE("a collector that has just started asks for its log, one that goes on does not") {
  Session session;
  CHECK(open_session({}, session) == Range{"latest"});
  session.is_open = true;
  CHECK_FALSE(open_session({}, session));
}

}  // namespace hb::session_test
