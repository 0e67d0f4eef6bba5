#include "notify/decision.hpp"

#include "catch.hpp"

namespace hb::decision_test {
namespace {

constexpr Situation kKnown{.notified = Status::down, .status = Status::down};
constexpr Situation kPending{.status = Status::down, .is_pending = true};

// Each of these alone keeps what is pending back.
Situation young(Situation situation) {
  situation.has_lasted = false;
  return situation;
}
Situation warm(Situation situation) {
  situation.is_cool = false;
  return situation;
}
Situation unsure(Situation situation) {
  situation.is_unsure = true;
  return situation;
}
Situation withheld(Situation situation) {
  situation.is_withheld = true;
  return situation;
}

}  // namespace

TEST_CASE("what is well, and nobody was notified of, is quiet") {
  CHECK(phase({}) == Phase::quiet);
  CHECK(decide({}) == Step::none);
  CHECK(decide({.is_reminder_due = true}) == Step::none);
}

TEST_CASE("a problem that no channel takes is quiet") {
  const Situation situation{.status = Status::down, .is_reminder_due = true};
  CHECK(phase(situation) == Phase::quiet);
  CHECK(decide(situation) == Step::none);
}

TEST_CASE("a problem is announced once it has lasted, the cooldown is over and it is sure") {
  CHECK(phase(kPending) == Phase::pending);
  CHECK(decide(kPending) == Step::problem);
  for (const Situation& held : {young(kPending), warm(kPending), unsure(kPending), withheld(kPending)}) {
    CHECK(phase(held) == Phase::pending);
    CHECK(decide(held) == Step::none);
  }
}

TEST_CASE("while a worsening is pending nothing else is announced") {
  Situation worse = kKnown;
  worse.notified = Status::degraded;
  worse.is_pending = true;
  worse.has_unreported = true;
  worse.is_reminder_due = true;
  CHECK(phase(worse) == Phase::pending);
  CHECK(decide(worse) == Step::problem);
  CHECK(decide(young(worse)) == Step::none);
}

TEST_CASE("problems that are over are listed after the cooldown, however short they were") {
  const Situation over{.has_unreported = true};
  CHECK(phase(over) == Phase::pending);
  CHECK(decide(over) == Step::unreported);
  CHECK(decide(young(over)) == Step::unreported);
  CHECK(decide(unsure(over)) == Step::unreported);
  CHECK(decide(warm(over)) == Step::none);
  CHECK(decide(withheld(over)) == Step::none);

  Situation known = kKnown;
  known.has_unreported = true;
  known.is_reminder_due = true;
  CHECK(decide(known) == Step::unreported);
}

TEST_CASE("a problem that is known fires, and is repeated when a reminder is due") {
  CHECK(phase(kKnown) == Phase::firing);
  CHECK(decide(kKnown) == Step::none);
  Situation due = kKnown;
  due.is_reminder_due = true;
  CHECK(decide(due) == Step::reminder);
  CHECK(decide(warm(due)) == Step::reminder);
  CHECK(decide(withheld(due)) == Step::none);
}

TEST_CASE("an improvement is announced at once, whatever else is pending") {
  for (const Status status : {Status::up, Status::degraded}) {
    Situation better = kKnown;
    better.status = status;
    CHECK(phase(better) == Phase::recovering);
    CHECK(decide(better) == Step::improvement);
    CHECK(decide(warm(young(unsure(better)))) == Step::improvement);
    CHECK(decide(withheld(better)) == Step::none);
    better.is_pending = better.has_unreported = better.is_reminder_due = true;
    CHECK(decide(better) == Step::improvement);
  }
}

TEST_CASE("what is followed no more is resolved for those who were notified of it, and only for them") {
  Situation known = kKnown;
  known.is_followed = false;
  CHECK(decide(known) == Step::resolved_by_removal);
  CHECK(decide(withheld(warm(known))) == Step::resolved_by_removal);
  Situation pending = kPending;
  pending.is_followed = false;
  CHECK(decide(pending) == Step::none);
}

}  // namespace hb::decision_test
