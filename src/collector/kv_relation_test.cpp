#include "collector/kv_relation.hpp"

#include "catch.hpp"

namespace hb::kv_relation_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");
const Day kToday = day_of(kNow);
const Document kFound{Document::State::found};

// A collector that put revision 20, and 10 before, with today as the last day.
CollectorStatus after_puts() {
  return {.revision = 20, .revision_before = 10, .last_day = kToday};
}

MonitorDocument copy(int64_t revision, Day last_day = kToday) {
  return {.revision = revision, .packed = {.last_day = last_day}};
}

KvRelation relation(const CollectorStatus& collector_status, const MonitorDocument& monitor_document,
                    const Document& stored = kFound, int64_t intact = 3) {
  return kv_relation(collector_status, stored, monitor_document, intact, kNow);
}

}  // namespace

TEST_CASE("what the collector put last, or is putting, is its own, and so is what is older") {
  for (const int64_t revision : {0, 1, 10, 20})
    CHECK(relation(after_puts(), copy(revision)) == KvRelation::own);
  for (const int64_t revision : {11, 19, 21}) {
    CHECK(relation(after_puts(), copy(revision)) == KvRelation::foreign);
  }
}

TEST_CASE("a revision that is too far ahead is none of others") {
  CHECK(relation(after_puts(), copy(to_ms(kNow + 60s))) == KvRelation::foreign);
  CHECK(relation(after_puts(), copy(to_ms(kNow + 60s) + 1)) == KvRelation::own);
}

TEST_CASE("KV that is empty, or behind by a day, has lost what was put") {
  const Document absent{Document::State::absent};
  CHECK(relation(after_puts(), {}, absent) == KvRelation::lost);
  CHECK(relation(after_puts(), copy(20, kToday - std::chrono::days{1})) == KvRelation::lost);
  CHECK(relation(after_puts(), copy(20, kToday + std::chrono::days{1})) == KvRelation::own);
  CHECK(relation({}, {}, absent) == KvRelation::own);
}

TEST_CASE(
    "what was put last has lost something when fewer of its histories can be read, unless it is another") {
  CollectorStatus collector_status = after_puts();
  collector_status.stored_revision = 10;
  collector_status.histories = 3;
  for (const int64_t revision : {0, 10}) {
    CHECK(relation(collector_status, copy(revision), kFound, 3) == KvRelation::own);
    CHECK(relation(collector_status, copy(revision), kFound, 2) == KvRelation::lost);
  }
  CHECK(relation(collector_status, copy(9), kFound, 2) == KvRelation::own);
  collector_status.lost = kNow - 1h;
  CHECK(relation(collector_status, copy(10), kFound, 2) == KvRelation::accepted);
}

TEST_CASE("of what was put last the collector knows the version and the last day, of nothing else") {
  CollectorStatus collector_status = after_puts();
  collector_status.stored_revision = 10;
  collector_status.stored_version = kMonitorDocumentVersion;
  for (const int64_t revision : {9, 10}) {
    MonitorDocument damaged = copy(revision, kToday - std::chrono::days{31});
    damaged.version = kMonitorDocumentVersion + 2;
    const MonitorDocument known = recognized(collector_status, damaged);
    CHECK(known.is_newer() == (revision == 9));
    CHECK((known.packed.last_day == kToday) == (revision == 10));
  }
  CHECK(recognized({}, copy(0, kToday)).packed.last_day == kToday);
  // Put by a later version of the monitor, which was rolled back.
  collector_status.stored_version = kMonitorDocumentVersion + 2;
  MonitorDocument later = copy(10);
  later.version = kMonitorDocumentVersion + 2;
  CHECK(recognized(collector_status, later).is_newer());
}

TEST_CASE("what others put comes before a loss") {
  CHECK(relation(after_puts(), copy(15, kToday - std::chrono::days{1})) == KvRelation::foreign);
}

TEST_CASE("a loss is accepted after an hour") {
  const Document absent{Document::State::absent};
  CollectorStatus collector_status = after_puts();
  collector_status.lost = kNow - 1h + 1ms;
  CHECK(relation(collector_status, {}, absent) == KvRelation::lost);
  collector_status.lost = kNow - 1h;
  CHECK(relation(collector_status, {}, absent) == KvRelation::accepted);
  CHECK(relation(collector_status, copy(20)) == KvRelation::own);
}

TEST_CASE("what cannot be read or understood is held against nobody") {
  CollectorStatus collector_status = after_puts();
  collector_status.lost = kNow - 2h;
  CHECK(relation(collector_status, {}, {Document::State::failed}) == KvRelation::own);
  MonitorDocument newer = copy(15);
  newer.version = kMonitorDocumentVersion + 1;
  CHECK(relation(collector_status, newer) == KvRelation::own);
}

}  // namespace hb::kv_relation_test
