#include "documents/accepted.hpp"

#include <list>

#include "catch.hpp"
#include "config_of.hpp"
#include "exact.hpp"

namespace hb::accepted_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

Event entered() {
  return {.trigger = Request{.colo = "AMS", .country = "NL"}, .now = kNow};
}

std::string printed(const Heartbeat& for_all, const std::vector<Heartbeat>& heartbeats) {
  std::vector<Admitted> admitted;
  for (const Heartbeat& heartbeat : heartbeats) admitted.push_back({heartbeat.service_id, &heartbeat});
  return print_accepted(entered(), {}, for_all, admitted);
}

// What is read points into its row, so that the rows stay.
Accepted read(const std::string& row) {
  static std::list<std::string> rows;
  const auto accepted = read_accepted(rows.emplace_back(row));
  REQUIRE(accepted);
  return *accepted;
}

}  // namespace

TEST_CASE("what a request's heartbeats have in common is written once") {
  const Heartbeat plain{.service_id = "a", .message = "nightly", .metadata = R"({"h":1})"};
  const Heartbeat other{.service_id = "b", .status = Status::down, .message = "", .metadata = R"({"h":1})"};
  const std::string text = printed(plain, {plain, other});
  CHECK(text == R"({"at":1795327200000,"colo":"AMS","country":"NL",)"
                R"("all":{"message":"nightly","metadata":{"h":1}},)"
                R"("beats":["a",{"id":"b","status":"down","message":""}]})");
  const Accepted accepted = read(text);
  CHECK(accepted.at == kNow);
  CHECK(accepted.colo == "AMS");
  CHECK(accepted.beats == std::vector<AcceptedBeat>{{"a", {Status::up, "nightly", R"({"h":1})", ""}},
                                                    {"b", {Status::down, "", R"({"h":1})", ""}}});
}

TEST_CASE("an entry that takes back what holds for all has none of it") {
  const Heartbeat all{.metadata = R"({"h":1})", .duration_ms = 5};
  const Accepted accepted = read(printed(all, {{.service_id = "a"}}));
  CHECK(accepted.beats[0].said == Said{Status::up, "", "{}", ""});
}

TEST_CASE("of two heartbeats for one service in a request the later is kept") {
  const Accepted accepted = read(
      printed({}, {{.service_id = "a", .status = Status::down}, {.service_id = "b"}, {.service_id = "a"}}));
  CHECK(accepted.beats == std::vector<AcceptedBeat>{{"b", {}}, {"a", {}}});
}

TEST_CASE(
    "a number stands in front instead of what the edge refused, and no time is ahead of the collector's") {
  const Heartbeat web{.service_id = "web"};
  const Admitted admitted[] = {{"web", &web}};
  const std::string sent = print_accepted(entered(), {{"401", 3}}, {}, admitted);
  const Numbered on_time = numbered(7, kNow, sent);
  CHECK(on_time.refused == R"({"401":3})");
  CHECK(sequence_of(on_time.row) == 7);
  CHECK(read(on_time.row).at == kNow);
  CHECK(read(numbered(7, kNow - 1ms, sent).row).at == kNow - 1ms);
  CHECK(read(numbered(7, kNow + 1h, sent).row).at == kNow);
}

TEST_CASE("what is no accepted request is not numbered, and cut rows are not read") {
  for (const char* text : {"", "{", "{}", "[]", R"({"at":"x"})", R"({"refused":3})", R"({"beats":[]})"}) {
    INFO(text);
    CHECK(numbered(1, kNow, Exact(text).view()).row.empty());
  }
  const std::string row = numbered(1, kNow, printed({.message = "\"<\x01"}, {{.service_id = "a"}})).row;
  for (size_t length = 0; length < row.size(); ++length) {
    CHECK_FALSE(read_accepted(Exact(row.substr(0, length)).view()));
  }
}

TEST_CASE("joined requests say the latest of each service, and keep a failure beside a later success") {
  const Config config = config_with({"a", "b"});
  const std::string first =
      numbered(1, kNow, printed({}, {{.service_id = "a", .status = Status::down, .message = "x"}})).row;
  Event later = entered();
  later.now += 20s;
  const Heartbeat up{.service_id = "a"};
  const Admitted admitted[] = {{"a", &up}};
  const std::string second = numbered(2, kNow + 20s, print_accepted(later, {}, {}, admitted)).row;
  const Accepted both[] = {read(first), read(second)};
  std::vector<Heard> heard(2);
  join(config, both, heard);
  CHECK(heard[0] == Heard{kNow + 20s, Report{Status::down, kNow, "x"}});
  CHECK(heard[1] == Heard{});
  CHECK(latest_of(both) == R"({"a":"2026-11-22T06:00:20.000Z","$reports":{"a":{"status":"down",)"
                           R"("at":"2026-11-22T06:00:00.000Z","message":"x"}}})");
}

}  // namespace hb::accepted_test
