#include "documents/heartbeat_batch.hpp"

#include <list>

#include "catch.hpp"
#include "config_of.hpp"
#include "exact.hpp"

namespace hb::heartbeat_batch_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

Event entered() {
  return {.trigger = Request{.colo = "AMS", .country = "NL"}, .now = kNow};
}

std::string printed(const Heartbeat& for_all, const std::vector<Heartbeat>& heartbeats) {
  std::vector<AuthorizedHeartbeat> authorized;
  for (const Heartbeat& heartbeat : heartbeats) authorized.push_back({heartbeat.service_id, &heartbeat});
  return print_heartbeat_batch(entered(), {}, for_all, authorized);
}

// What is read points into its row, so that the rows stay.
HeartbeatBatch read(const std::string& row) {
  static std::list<std::string> rows;
  const auto batch = read_heartbeat_batch(rows.emplace_back(row));
  REQUIRE(batch);
  return *batch;
}

}  // namespace

TEST_CASE("what the heartbeats of a batch have in common is written once") {
  const Heartbeat plain{.service_id = "a", .message = "nightly", .metadata = R"({"h":1})"};
  const Heartbeat other{.service_id = "b", .status = Status::down, .message = "", .metadata = R"({"h":1})"};
  const std::string text = printed(plain, {plain, other});
  CHECK(text == R"({"at":1795327200000,"colo":"AMS","country":"NL",)"
                R"("all":{"message":"nightly","metadata":{"h":1}},)"
                R"("beats":["a",{"id":"b","status":"down","message":""}]})");
  const HeartbeatBatch batch = read(text);
  CHECK(batch.at == kNow);
  CHECK(batch.colo == "AMS");
  CHECK(batch.beats == std::vector<BatchedHeartbeat>{{"a", {Status::up, "nightly", R"({"h":1})", ""}},
                                                     {"b", {Status::down, "", R"({"h":1})", ""}}});
}

TEST_CASE("an entry that takes back what holds for all has none of it") {
  const Heartbeat all{.metadata = R"({"h":1})", .duration_ms = 5};
  const HeartbeatBatch batch = read(printed(all, {{.service_id = "a"}}));
  CHECK(batch.beats[0].fields == HeartbeatFields{Status::up, "", "{}", ""});
}

TEST_CASE("a batch has what its heartbeats tell of runs") {
  const Heartbeat start{.service_id = "a", .signal = Signal::start, .run_id = "1"};
  const Heartbeat end{.service_id = "a", .status = Status::down, .run_id = "1", .exit_code = 3};
  const HeartbeatBatch batch = read(printed({}, {start, end}));
  CHECK(batch.beats ==
        std::vector<BatchedHeartbeat>{{"a", {.signal = Signal::start, .run_id = "1"}},
                                      {"a", {.status = Status::down, .run_id = "1", .exit_code = "3"}}});
}

TEST_CASE("heartbeats of runs do not take the place of one another, nor that of others") {
  const HeartbeatBatch batch = read(printed({}, {{.service_id = "a", .signal = Signal::start},
                                                 {.service_id = "a"},
                                                 {.service_id = "a", .run_id = "1"}}));
  CHECK(batch.beats.size() == 3);
}

TEST_CASE("of two heartbeats of one service in a batch the later is kept") {
  const HeartbeatBatch batch = read(
      printed({}, {{.service_id = "a", .status = Status::down}, {.service_id = "b"}, {.service_id = "a"}}));
  CHECK(batch.beats == std::vector<BatchedHeartbeat>{{"b", {}}, {"a", {}}});
}

TEST_CASE(
    "a number stands in front instead of what the edge refused, and no time is ahead of the collector's") {
  const Heartbeat web{.service_id = "web"};
  const AuthorizedHeartbeat authorized[] = {{"web", &web}};
  const std::string sent = print_heartbeat_batch(entered(), {{"401", 3}}, {}, authorized);
  const SequencedBatch on_time = sequenced(7, kNow, sent);
  CHECK(on_time.refused == R"({"401":3})");
  CHECK(sequence_of(on_time.row) == 7);
  CHECK(read(on_time.row).at == kNow);
  CHECK(read(sequenced(7, kNow - 1ms, sent).row).at == kNow - 1ms);
  CHECK(read(sequenced(7, kNow + 1h, sent).row).at == kNow);
}

TEST_CASE("what is no heartbeat batch is not numbered, and cut rows are not read") {
  for (const char* text : {"", "{", "{}", "[]", R"({"at":"x"})", R"({"refused":3})", R"({"beats":[]})"}) {
    INFO(text);
    CHECK(sequenced(1, kNow, Exact(text).view()).row.empty());
  }
  const std::string row = sequenced(1, kNow, printed({.message = "\"<\x01"}, {{.service_id = "a"}})).row;
  for (size_t length = 0; length < row.size(); ++length) {
    CHECK_FALSE(read_heartbeat_batch(Exact(row.substr(0, length)).view()));
  }
}

TEST_CASE("joined batches say the latest of each service, and keep a failure beside a later success") {
  const Config config = config_with({"a", "b"});
  const std::string first =
      sequenced(1, kNow, printed({}, {{.service_id = "a", .status = Status::down, .message = "x"}})).row;
  Event later = entered();
  later.now += 20s;
  const Heartbeat up{.service_id = "a"};
  const AuthorizedHeartbeat authorized[] = {{"a", &up}};
  const std::string second = sequenced(2, kNow + 20s, print_heartbeat_batch(later, {}, {}, authorized)).row;
  const HeartbeatBatch both[] = {read(first), read(second)};
  std::vector<LastHeartbeat> last_heartbeats(2);
  join(config, both, last_heartbeats);
  CHECK(last_heartbeats[0] == LastHeartbeat{kNow + 20s, Report{Status::down, kNow, "x"}, kNow + 20s});
  CHECK(last_heartbeats[1] == LastHeartbeat{});
  CHECK(latest_of(config_with({"a"}), both) ==
        R"({"a":"2026-11-22T06:00:20.000Z","$reports":{"a":{"status":"down",)"
        R"("at":"2026-11-22T06:00:00.000Z","over":"2026-11-22T06:00:20.000Z","message":"x"}}})");
}

}  // namespace hb::heartbeat_batch_test
