#include "collector/log_segment.hpp"

#include "catch.hpp"
#include "exact.hpp"
#include "text/json.hpp"

namespace hb::log_segment_test {
namespace {

std::vector<HeartbeatBatch> batches(const std::vector<std::string>& rows) {
  std::vector<HeartbeatBatch> all;
  for (const std::string& row : rows) all.push_back(*read_heartbeat_batch(row));
  return all;
}

const std::vector<std::string> kFirst{
    R"({"seq":1,"at":1000,"colo":"AMS","country":"NL","all":{"message":"m"},"beats":["a","b"]})",
    R"({"seq":2,"at":2000,"colo":"","country":"","all":{},"beats":["a"]})"};
const std::vector<std::string> kSecond{
    R"({"seq":3,"at":3000,"colo":"FRA","country":"DE","all":{},)"
    R"("beats":["c",{"id":"a","status":"down","message":"q\"","metadata":{"x":[1]},"durationMs":2}]})"};

std::vector<int64_t> times(const std::vector<LogEntry>& entries) {
  std::vector<int64_t> all;
  for (const LogEntry& entry : entries) all.push_back(to_ms(entry.at));
  return all;
}

}  // namespace

TEST_CASE("a segment has the heartbeats of each service, those added later too") {
  const auto first = batches(kFirst);
  const auto second = batches(kSecond);
  const std::string segment = add_to_segment(add_to_segment("", first), second);
  REQUIRE(parse_json(segment));
  const auto entries = entries_in_segment(segment, "a");
  CHECK(times(entries) == std::vector<int64_t>{1000, 2000, 3000});
  CHECK(entries[0].fields == HeartbeatFields{Status::up, "m", "", ""});
  CHECK(entries[0].colo == "AMS");
  CHECK(entries[1].fields == HeartbeatFields{});
  CHECK(entries[2].fields == HeartbeatFields{Status::down, "q\\\"", R"({"x":[1]})", "2"});
  CHECK(entries[2].country == "DE");
  CHECK(times(entries_in_segment(segment, "b")) == std::vector<int64_t>{1000});
  CHECK(times(entries_in_segment(segment, "c")) == std::vector<int64_t>{3000});
  CHECK(entries_in_segment(segment, "d").empty());
}

TEST_CASE("the write-ahead log and the segment have the same entries") {
  const std::vector<std::string> rows{kFirst[0], kFirst[1], kSecond[0]};
  const auto all = batches(rows);
  const std::string segment = add_to_segment("", all);
  for (const char* id : {"a", "b", "c"}) {
    const auto from_tail = entries_in(all, id);
    const auto from_segment = entries_in_segment(segment, id);
    REQUIRE(from_tail.size() == from_segment.size());
    for (size_t i = 0; i < from_tail.size(); ++i) CHECK(from_tail[i].fields == from_segment[i].fields);
  }
}

TEST_CASE("a damaged segment is read as far as it goes, and begun anew") {
  const auto first = batches(kFirst);
  const std::string segment = add_to_segment("", first);
  const auto whole = times(entries_in_segment(segment, "a"));
  for (size_t length = 0; length < segment.size(); ++length) {
    const Exact cut(segment.substr(0, length));
    const auto read = times(entries_in_segment(cut.view(), "a"));
    CHECK(std::equal(read.begin(), read.end(), whole.begin()));
    CHECK(times(entries_in_segment(add_to_segment(cut.view(), first), "b")) == std::vector<int64_t>{1000});
  }
  for (const char* text :
       {"[]", "7", R"({"requests":7,"services":[]})", R"({"services":{"a":[9,-1,"x",[0]]}})"}) {
    INFO(text);
    CHECK(entries_in_segment(Exact(text).view(), "a").empty());
  }
}

}  // namespace hb::log_segment_test
