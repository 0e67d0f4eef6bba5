#include "alerts/known_alerts.hpp"

#include "catch.hpp"

namespace hb::known_alerts_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

ExternalAlert alert(const std::string& fingerprint, std::optional<Time> starts_at = {}) {
  return {.title = "t", .message = "m", .fingerprint = fingerprint, .starts_at = starts_at};
}

}  // namespace

TEST_CASE("an alert is a repeat while its state and its beginning are the same") {
  KnownAlerts known;
  CHECK(!is_repeat(known, alert("a", kNow)));
  remember(known, alert("a", kNow), kNow);
  CHECK(is_repeat(known, alert("a", kNow)));
  CHECK(is_repeat(known, alert("a")));
  CHECK(!is_repeat(known, alert("a", kNow + 1ms)));
  CHECK(!is_repeat(known, alert("b", kNow)));
  ExternalAlert resolved = alert("a", kNow);
  resolved.is_resolved = true;
  CHECK(!is_repeat(known, resolved));
  remember(known, resolved, kNow);
  CHECK(is_repeat(known, resolved));
  CHECK(!is_repeat(known, alert("a", kNow)));
}

TEST_CASE("an alert without a fingerprint is never a repeat") {
  KnownAlerts known;
  remember(known, alert(""), kNow);
  CHECK(known.empty());
  CHECK(!is_repeat(known, alert("")));
}

TEST_CASE("known alerts are read as they were written, but for those of long ago") {
  KnownAlerts known;
  remember(known, alert("with \"quotes\"", kNow - 1h), kNow);
  remember(known, alert("without a beginning"), kNow);
  const std::string row = write_known_alerts(known);
  CHECK(read_known_alerts(row, kNow) == known);
  CHECK(read_known_alerts(row, kNow + std::chrono::days{30}) == known);
  CHECK(read_known_alerts(row, kNow + std::chrono::days{30} + 1ms).empty());
  CHECK(read_known_alerts(row, kNow - 60s - 1ms).empty());
}

TEST_CASE("damaged known alerts are left out, and the others are kept") {
  const std::string row =
      R"({"a":["firing",0,1795327200000],"b":7,"c":["firing"],"d":["firing",0,1795327200000],"e":[)";
  const KnownAlerts known = read_known_alerts(row, kNow);
  CHECK(known.size() == 2);
  CHECK((known.contains("a") && known.contains("d")));
  for (const char* text : {"", "[]", "null", "{"}) CHECK(read_known_alerts(text, kNow).empty());
}

TEST_CASE("beyond so many the alert that was posted longest ago is forgotten") {
  KnownAlerts known;
  for (size_t i = 0; i <= 5'000; ++i) {
    remember(known, alert(std::to_string(i)), kNow + Millis{static_cast<int64_t>(i)});
  }
  CHECK(known.size() == 5'000);
  CHECK(!is_repeat(known, alert("0")));
  CHECK(is_repeat(known, alert("1")));
}

}  // namespace hb::known_alerts_test
