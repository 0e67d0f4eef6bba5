#include "collector/checkpoint.hpp"

#include "catch.hpp"
#include "config_of.hpp"
#include "documents/latest.hpp"
#include "exact.hpp"

namespace hb::checkpoint_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");
const std::string kRow = R"({"seq":5,"at":1795327200000,"colo":"","country":"","all":{},"beats":["web"]})";

CheckpointResult result(const Checkpoint& checkpoint, Time now = kNow) {
  const HeartbeatBatch batches[] = {*read_heartbeat_batch(kRow)};
  return advance_checkpoint(config_with({"web"}), now, checkpoint, "", batches, 5, "");
}

std::vector<LogSegment> segments_after(const Checkpoint& checkpoint) {
  const CheckpointResult after = result(checkpoint);
  return read_checkpoint(after.rows.back().bytes).segments;
}

}  // namespace

TEST_CASE("the row latest is read as it was written") {
  const Checkpoint checkpoint{812, {{0, kNow - 1h, kNow, 99}, {3, kNow, kNow, 1}}, R"({"web":"x"})"};
  const std::string row = write_checkpoint(checkpoint);
  const Exact exact(row);
  const Checkpoint read = read_checkpoint(exact.view());
  CHECK(read.checkpointed == 812);
  CHECK(read.segments == checkpoint.segments);
  CHECK(read.document == checkpoint.document);
  CHECK(read_checkpoint("").segments.empty());
}

TEST_CASE("a segment reaches from its earliest batch to its latest, in whatever order they came") {
  const std::string early = R"({"seq":6,"at":1795327199000,"colo":"","country":"","all":{},"beats":["web"]})";
  const HeartbeatBatch batches[] = {*read_heartbeat_batch(kRow), *read_heartbeat_batch(early)};
  const CheckpointResult after = advance_checkpoint(config_with({"web"}), kNow, {}, "", batches, 6, "");
  const auto segments = read_checkpoint(after.rows.back().bytes).segments;
  REQUIRE(segments.size() == 1);
  CHECK(segments[0].from == kNow - 1s);
  CHECK(segments[0].to == kNow);
}

TEST_CASE("a number of entries that cannot be is taken for the nearest that can") {
  const auto checkpointed_of = [](std::string_view count) {
    return read_checkpoint(R"({"folded":)" + std::string(count) + "}").checkpointed;
  };
  CHECK(checkpointed_of("-4096") == 0);
  CHECK(checkpointed_of("\"7\"") == 0);
  CHECK(checkpointed_of("1000000000000000") == 1'000'000'000'000'000);
  CHECK(checkpointed_of("1000000000000001") == 1'000'000'000'000'000);
}

TEST_CASE("a checkpoint has the number of its last entry, and the segment of the heartbeats") {
  const CheckpointResult after = result({});
  CHECK(after.document == R"({"web":"2026-11-22T06:00:00.000Z"})");
  REQUIRE(after.rows.size() == 2);
  CHECK(after.rows[0].key == "log:0");
  const Checkpoint checkpoint = read_checkpoint(after.rows[1].bytes);
  CHECK(checkpoint.checkpointed == 5);
  CHECK(checkpoint.segments ==
        std::vector<LogSegment>{{0, kNow, kNow, static_cast<int64_t>(after.rows[0].bytes.size())}});
}

TEST_CASE("a checkpoint of no entries changes nothing but the number") {
  const Checkpoint checkpoint{4, {{0, kNow - 2h, kNow - 1h, 9}}, R"({"web":"2026-11-22T05:00:00.000Z"})"};
  const CheckpointResult after = advance_checkpoint(config_with({"web"}), kNow, checkpoint, "", {}, 4, "");
  REQUIRE(after.rows.size() == 1);
  CHECK(after.rows[0].bytes == write_checkpoint(checkpoint));
}

TEST_CASE(
    "what was published of runs does not open them again, and is taken over by a collector that has "
    "nothing") {
  const std::string published =
      latest_of(std::vector<Beat>{{"web", kNow - 2h, Status::up, "", {.signal = Signal::start}}});
  const auto document_after = [&](std::string_view document) {
    return advance_checkpoint(config_with({"web"}), kNow, {.document = document}, published, {}, 1, "")
        .document;
  };
  CHECK(document_after(R"({"web":"2026-11-22T05:59:00.000Z"})").find("$runs") == std::string::npos);
  CHECK(document_after("").find("$runs") != std::string::npos);
}

TEST_CASE("a segment grows until it is an hour old or has 256 kB") {
  const auto is_open = [](Time from, int64_t size) {
    const Checkpoint checkpoint{0, {{0, from, kNow, size}}, ""};
    return open_segment(checkpoint, kNow) != nullptr;
  };
  CHECK(is_open(kNow - 1h + 1ms, 256 * 1024 - 1));
  CHECK_FALSE(is_open(kNow - 1h, 256 * 1024 - 1));
  CHECK_FALSE(is_open(kNow - 1h + 1ms, 256 * 1024));
}

TEST_CASE("a new segment takes the lowest number that is free") {
  const std::vector<LogSegment> closed{{0, kNow - 4h, kNow - 3h, 9}, {2, kNow - 3h, kNow - 2h, 9}};
  CHECK(segments_after({0, closed, ""}).back().number == 1);
}

TEST_CASE("segments leave when they are older than the log is kept, to the millisecond") {
  const Time oldest = kNow - std::chrono::days{7};
  const std::vector<LogSegment> segments{{0, oldest - 2h, oldest - 1ms, 9}, {1, oldest - 1h, oldest, 9}};
  const auto after = segments_after({0, segments, ""});
  REQUIRE(after.size() == 2);
  CHECK(after[0].number == 1);
}

TEST_CASE("the oldest segments leave while all take more than the log may") {
  const int64_t half = int64_t{500} * 1024 * 1024 / 2;
  const std::vector<LogSegment> segments{{0, kNow - 9h, kNow - 8h, half}, {1, kNow - 7h, kNow - 6h, half}};
  const auto after = segments_after({0, segments, ""});
  REQUIRE(after.size() == 2);
  CHECK(after[0].number == 1);
}

}  // namespace hb::checkpoint_test
