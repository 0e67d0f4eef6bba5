#include "check/due.hpp"

#include "schedule/schedule_test.hpp"

namespace hb::check_due_test {
namespace {

const Time kSlot = instant("2026-12-01T03:00Z");

Timing daily() {
  Timing timing{.schedule = cron("0 3 * * *"), .has_threshold = false, .grace = 600s};
  timing.schedule->identity = 7;
  return timing;
}

std::optional<Expectation> expectation_of(const Timing& timing, const ServiceState& row, Time now) {
  return next_expectation(timing, row, now, {});
}

ServiceState heard(std::string_view at, std::optional<Expectation> expectation = std::nullopt) {
  return {.last_seen = instant(at), .watched_since = Time{} + 1s, .expectation = expectation};
}

Due due(const Timing& timing, const LastHeartbeat& last_heartbeat, Time now, Millis lag = Millis{0}) {
  return due_of(timing, Expectation{7, kSlot - 24h, kSlot, 60s}, last_heartbeat, now, lag);
}

LastHeartbeat with_run(Time started, std::string id = "") {
  return {.runs = {.list = {{.id = std::move(id), .started = started}}}};
}

}  // namespace

TEST_CASE("what is expected is found once for a heartbeat, and kept while heartbeats come too early for it") {
  const Timing timing = daily();
  const Expectation known{7, kSlot - 24h, kSlot, 60s};
  CHECK(expectation_of(timing, heard("2026-11-30T03:00Z", known), kSlot) == known);
  CHECK(expectation_of(timing, heard("2026-12-01T02:58:59.999Z", known), kSlot) ==
        Expectation{7, instant("2026-12-01T02:58:59.999Z"), kSlot, 60s});
  CHECK(expectation_of(timing, heard("2026-12-01T02:59Z", known), kSlot)->at == kSlot + 24h);
}

TEST_CASE("an expectation for a heartbeat that lies ahead of now is damage, and is found anew") {
  const Expectation damaged{7, kSlot + 24h, kSlot + 240h, 60s};
  CHECK(expectation_of(daily(), heard("2026-11-30T03:00Z", damaged), kSlot - 1h)->at == kSlot);
}

TEST_CASE("a service that is watched anew is expected only from then on") {
  ServiceState row = heard("2026-11-20T03:00Z");
  row.watched_since = kSlot + 1h;
  CHECK(expectation_of(daily(), row, kSlot + 1h)->at == kSlot + 24h);
  row.watched_since = kSlot - 30s;
  CHECK(expectation_of(daily(), row, kSlot)->at == kSlot);
}

TEST_CASE("a schedule whose last slot has passed expects nothing") {
  Timing timing = daily();
  timing.schedule = on_calendar("2026-12-01 03:00");
  CHECK(expectation_of(timing, heard("2026-11-30T03:00Z"), kSlot)->at == kSlot);
  CHECK_FALSE(expectation_of(timing, heard("2026-12-01T03:00Z"), kSlot));
  CHECK(due_of(timing, std::nullopt, {}, kSlot + 24h * 365, Millis{0}).cause == Cause::none);
}

TEST_CASE("the end of the grace is inclusive, to the millisecond, and later by what is not seen yet") {
  CHECK(due(daily(), {}, kSlot + 10min - 1ms).cause == Cause::none);
  CHECK(due(daily(), {}, kSlot + 10min).cause == Cause::unheard);
  CHECK(due(daily(), {}, kSlot + 10min, 60s).cause == Cause::none);
  CHECK(due(daily(), {}, kSlot + 11min, 60s).since == kSlot + 11min);
  CHECK_FALSE(due(daily(), {}, kSlot - 1ms).is_late);
  CHECK(due(daily(), {}, kSlot).is_late);
}

TEST_CASE("a run puts off the slot that it began for, and no later one") {
  CHECK(due(daily(), with_run(kSlot - 60s), kSlot).deadline == kSlot + 9min);
  CHECK_FALSE(due(daily(), with_run(kSlot - 60s), kSlot).is_late);
  CHECK(due(daily(), with_run(kSlot - 60s - 1ms), kSlot).is_late);
  Timing patient = daily();
  patient.max_runtime = 4h;
  CHECK(due(patient, with_run(kSlot + 5min), kSlot + 1h).deadline == kSlot + 4h + 5min);
  CHECK(due(patient, with_run(kSlot - 2h), kSlot).deadline == kSlot + 10min);
}

TEST_CASE("a run that did not end is given up once a later success has come after its time") {
  Timing timing = daily();
  timing.max_runtime = 1h;
  LastHeartbeat last_heartbeat = with_run(kSlot - 26h, "A");
  last_heartbeat.last_seen = kSlot - 25h;
  CHECK(due(timing, last_heartbeat, kSlot - 24h).cause == Cause::running);
  last_heartbeat.last_seen = kSlot - 25h + 1ms;
  CHECK(due(timing, last_heartbeat, kSlot - 24h).cause == Cause::none);
}

TEST_CASE("a run of a service without a schedule has to end only where it is said by when") {
  Timing timing;
  const LastHeartbeat last_heartbeat = with_run(kSlot);
  CHECK_FALSE(due_of(timing, std::nullopt, last_heartbeat, kSlot + 240h, Millis{0}).deadline);
  timing.max_runtime = 1h;
  CHECK(due_of(timing, std::nullopt, last_heartbeat, kSlot + 1h, Millis{0}).cause == Cause::running);
}

}  // namespace hb::check_due_test
