#include "check/incidents.hpp"

#include <ostream>

#include "catch.hpp"

namespace hb {

std::ostream& operator<<(std::ostream& out, const Incident& incident) {
  out << status_name(incident.status) << ' ' << iso(incident.start) << " to ";
  return out << (incident.end ? iso(*incident.end) : "now") << ' ' << incident.message;
}

}  // namespace hb

namespace hb::incidents_test {
namespace {

Time at(int minute) {
  return *parse_iso("2026-11-22T06:00:00.000Z") + std::chrono::minutes{minute};
}

Alert alert(int minute, std::string status) {
  return {.message = status + "!", .status = std::move(status), .timestamp = at(minute)};
}

using Incidents = std::vector<Incident>;

Incidents of(std::vector<Alert> newest_first) {
  return incidents_of(changes_of(newest_first));
}

}  // namespace

TEST_CASE("an incident lasts from a problem to the next change") {
  CHECK(of({alert(9, "up"), alert(4, "down")}) == Incidents{{Status::down, at(4), at(9), "down!"}});
  CHECK(of({alert(4, "degraded")}) == Incidents{{Status::degraded, at(4), std::nullopt, "degraded!"}});
}

TEST_CASE("another kind of problem is another incident, newest first") {
  CHECK(of({alert(7, "degraded"), alert(5, "down"), alert(4, "degraded")}) ==
        Incidents{{Status::degraded, at(7), std::nullopt, "degraded!"},
                  {Status::down, at(5), at(7), "down!"},
                  {Status::degraded, at(4), at(5), "degraded!"}});
}

TEST_CASE("the same problem announced again is the same incident") {
  CHECK(of({alert(9, "up"), alert(6, "down"), alert(4, "down")}) ==
        Incidents{{Status::down, at(4), at(9), "down!"}});
}

TEST_CASE("a service that is paused or unknown is in no incident") {
  for (const std::string status : {"paused", "unknown"}) {
    INFO(status);
    CHECK(of({alert(6, status), alert(4, "down")}) == Incidents{{Status::down, at(4), at(6), "down!"}});
  }
}

TEST_CASE("recoveries alone and alerts of other words are no incidents") {
  CHECK(of({}) == Incidents{});
  CHECK(of({alert(4, "up"), alert(3, "up")}) == Incidents{});
  CHECK(of({alert(5, "resolved"), alert(4, "firing"), alert(3, "")}) == Incidents{});
  CHECK(of({alert(5, "resolved"), alert(4, "down")}) ==
        Incidents{{Status::down, at(4), std::nullopt, "down!"}});
}

}  // namespace hb::incidents_test
