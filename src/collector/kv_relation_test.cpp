#include "collector/kv_relation.hpp"

#include "catch.hpp"

namespace hb::kv_relation_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");
const Day kToday = day_of(kNow);
const Document kFound{Document::State::found};

// A collector that put revision 20, and 10 before, with today as the last day.
Tick after_puts() {
  return {.revision = 20, .revision_before = 10, .last_day = kToday};
}

Data copy(int64_t revision, Day last_day = kToday) {
  return {.revision = revision, .packed = {.last_day = last_day}};
}

KvRelation relation(const Tick& tick, const Data& data, const Document& stored = kFound) {
  return kv_relation(tick, stored, data, kNow);
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

TEST_CASE("what others put comes before a loss") {
  CHECK(relation(after_puts(), copy(15, kToday - std::chrono::days{1})) == KvRelation::foreign);
}

TEST_CASE("a loss is accepted after an hour") {
  const Document absent{Document::State::absent};
  Tick tick = after_puts();
  tick.lost = kNow - 1h + 1ms;
  CHECK(relation(tick, {}, absent) == KvRelation::lost);
  tick.lost = kNow - 1h;
  CHECK(relation(tick, {}, absent) == KvRelation::accepted);
  CHECK(relation(tick, copy(20)) == KvRelation::own);
}

TEST_CASE("what cannot be read or understood is held against nobody") {
  Tick tick = after_puts();
  tick.lost = kNow - 2h;
  CHECK(relation(tick, {}, {Document::State::failed}) == KvRelation::own);
  Data newer = copy(15);
  newer.version = kDataVersion + 1;
  CHECK(relation(tick, newer) == KvRelation::own);
}

}  // namespace hb::kv_relation_test
