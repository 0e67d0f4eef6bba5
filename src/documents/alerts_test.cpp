#include "documents/alerts.hpp"

#include <random>

#include "catch.hpp"
#include "exact.hpp"

namespace hb::alerts_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");
constexpr AlertHistory kUsual{.max_alerts = 100, .max_age_days = 7};

Alert alert(std::string id, Time at, std::string title = "") {
  return {.id = std::move(id), .title = std::move(title), .severity = "info", .timestamp = at};
}

std::string merged(const AlertHistory& limits, const std::vector<std::string>& copies) {
  const std::vector<std::string_view> views(copies.begin(), copies.end());
  const MergedAlerts result = merge_alerts(limits, kNow, views);
  CHECK_FALSE(result.damaged);
  return result.bytes;
}

std::string document(const std::vector<Alert>& alerts) {
  return write_alerts(alerts);
}

}  // namespace

TEST_CASE("an alert is read as it was written") {
  const std::vector<Alert> alerts{{.id = "a\"1",
                                   .title = "web is <down>",
                                   .message = "since 06:00",
                                   .severity = "critical",
                                   .source = "monitor",
                                   .status = "down",
                                   .timestamp = kNow,
                                   .service_id = "web",
                                   .labels = R"({"env":"prod"})",
                                   .url = "https://example.com"},
                                  alert("b", kNow - 1s)};
  CHECK(read_alerts(write_alerts(alerts)) == alerts);
  CHECK(write_alerts(alerts).find('<') == std::string::npos);
  CHECK(write_alerts({}) == "[]");
}

TEST_CASE("labels cannot end a script element") {
  const auto alerts =
      read_alerts(R"([{"id":"a","timestamp":"2026-11-22T06:00:00Z","labels":{"</script>":"<"}}])");
  REQUIRE(alerts.size() == 1);
  CHECK(write_alerts(alerts).find('<') == std::string::npos);
}

TEST_CASE("copies are joined by id, newest first") {
  const std::string one = document({alert("c", kNow - 1s), alert("a", kNow - 3s)});
  const std::string two = document({alert("b", kNow - 2s), alert("a", kNow - 3s)});
  const std::string both = document({alert("c", kNow - 1s), alert("b", kNow - 2s), alert("a", kNow - 3s)});
  CHECK(merged(kUsual, {one, two}) == both);
  CHECK(merged(kUsual, {two, one}) == both);
  CHECK(merged(kUsual, {both, both}) == both);
  CHECK(merged(kUsual, {"", one}) == one);
  CHECK(merged(kUsual, {}) == "[]");
  CHECK(merged(kUsual, {"[]", "[]"}) == "[]");
}

TEST_CASE("of two alerts with one id the earlier stays") {
  const std::string early = document({alert("a", kNow - 2s, "early")});
  const std::string late = document({alert("a", kNow - 1s, "late")});
  CHECK(merged(kUsual, {early, late}) == early);
  CHECK(merged(kUsual, {late, early}) == early);
}

TEST_CASE("an alert that has left does not hide a later one with its id") {
  const Time oldest = kNow - 7 * 24h;
  const std::string late = document({alert("a", kNow, "again")});
  CHECK(merged(kUsual, {document({alert("a", oldest - 1ms)}), late}) == late);
}

TEST_CASE("alerts leave when they are older than the limit") {
  const Time oldest = kNow - 7 * 24h;
  CHECK(merged(kUsual, {document({alert("a", oldest), alert("b", oldest - 1ms)})}) ==
        document({alert("a", oldest)}));
}

TEST_CASE("the oldest leave when there are too many") {
  const AlertHistory two{.max_alerts = 2, .max_age_days = 7};
  const Alert a = alert("a", kNow);
  const Alert b = alert("b", kNow - 1s);
  const Alert c = alert("c", kNow - 2s);
  CHECK(merged(two, {document({a, b})}) == document({a, b}));
  CHECK(merged(two, {document({c, b}), document({a})}) == document({a, b}));
}

TEST_CASE("alerts without an id are the same only when all of it is") {
  const std::string one = document({alert("", kNow, "x")});
  CHECK(merged(kUsual, {one, one}) == one);
  CHECK(read_alerts(merged(kUsual, {one, document({alert("", kNow, "y")})})).size() == 2);
}

TEST_CASE("merging alerts in any order and any grouping comes to the same", "[slow]") {
  std::mt19937 random(7);
  const auto copy = [&] {
    std::vector<Alert> alerts;
    for (unsigned i = random() % 8; i-- > 0;) {
      const std::string id = random() % 6 == 0 ? "" : std::string(1, static_cast<char>('a' + random() % 12));
      alerts.push_back(alert(id, kNow - std::chrono::hours{random() % 200}, random() % 2 == 0 ? "x" : "y"));
    }
    return document(alerts);
  };
  for (int i = 0; i < 1000; ++i) {
    const std::string one = copy();
    const std::string two = copy();
    const std::string three = copy();
    INFO(one << "\n" << two << "\n" << three);
    const std::string all = merged(kUsual, {one, two, three});
    CHECK(all == merged(kUsual, {three, two, one}));
    CHECK(all == merged(kUsual, {merged(kUsual, {one, two}), three}));
    CHECK(all == merged(kUsual, {one, merged(kUsual, {two, three})}));
    CHECK(all == merged(kUsual, {all, one, three}));
  }
}

TEST_CASE("entries that are no alerts are left out and said") {
  const std::string good = R"({"id":"a","timestamp":"2026-11-22T06:00:00.000Z"})";
  for (const char* bad :
       {"7", "null", "[]", "{}", "\"x\"", "{\"id\":\"b\"}", "{\"timestamp\":5}", "{\"timestamp\":\"soon\"}",
        "{\"timestamp\":\"2026-11-22\",}", "{]", "nul", "\"\xFF\""}) {
    INFO(bad);
    const Exact text("[" + std::string(bad) + "," + good + "]");
    const std::string_view copies[] = {text.view(), "[]"};
    const MergedAlerts result = merge_alerts(kUsual, kNow, copies);
    CHECK(result.damaged);
    CHECK(result.bytes == "[" + good + "]");
    CHECK(read_alerts(text.view()).size() == 1);
  }
}

TEST_CASE("members of other types read as empty") {
  const auto alerts = read_alerts(
      R"([{"id":5,"title":[],"message":null,"severity":{},"labels":"x","url":1,"timestamp":"2026-11-22T06:00:00.000Z"}])");
  CHECK(alerts == std::vector<Alert>{{.timestamp = kNow}});
}

TEST_CASE("a list of alerts cut at any byte keeps those that are complete") {
  const std::string first = document({alert("a", kNow)});
  const std::string text = document({alert("a", kNow), alert("b", kNow - 1s)});
  each_beginning(text, [&](std::string_view cut) {
    INFO(cut);
    const size_t count = cut.size() >= text.size() - 1 ? 2 : cut.size() >= first.size() - 1 ? 1 : 0;
    CHECK(read_alerts(cut).size() == count);
    const std::string_view copies[] = {cut};
    const MergedAlerts result = merge_alerts(kUsual, kNow, copies);
    CHECK(result.damaged == (!cut.empty() && cut.size() < text.size()));
    CHECK(read_alerts(result.bytes).size() == count);
  });
}

TEST_CASE("what is no list is damage and holds no alert") {
  for (const char* text : {"null", "{}", "7", "\"x\"", "[", "\xFF\xFE", "[] x", " "}) {
    INFO(text);
    const Exact exact(text);
    const std::string_view copies[] = {exact.view()};
    const MergedAlerts result = merge_alerts(kUsual, kNow, copies);
    CHECK(result.damaged);
    CHECK(result.bytes == "[]");
    CHECK(read_alerts(exact.view()).empty());
  }
}

}  // namespace hb::alerts_test
