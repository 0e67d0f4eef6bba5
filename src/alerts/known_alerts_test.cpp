#include "alerts/known_alerts.hpp"

#include "catch.hpp"

namespace hb::known_alerts_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

ExternalAlert alert(const std::string& fingerprint, std::optional<Time> starts_at = {}) {
  return {.title = "t",
          .message = "m",
          .severity = "critical",
          .fingerprint = fingerprint,
          .starts_at = starts_at};
}

}  // namespace

TEST_CASE("a post is news when its state, its event or its beginning is another") {
  const ExternalAlert firing = alert("a", kNow);
  ExternalAlert resolved = firing;
  resolved.is_resolved = true;
  ExternalAlert warning = firing;
  warning.severity = "warning";
  const KnownAlert known{.starts_at = kNow, .posted = kNow, .event = Status::down};
  const KnownAlert over{.is_resolved = true, .starts_at = kNow, .posted = kNow, .event = Status::up};

  CHECK(novelty_of(nullptr, firing, kNow) == Novelty{true});
  CHECK(novelty_of(nullptr, resolved, kNow) == Novelty{true});
  CHECK(novelty_of(&known, firing, kNow) == Novelty{false});
  CHECK(novelty_of(&known, alert("a"), kNow) == Novelty{false});
  CHECK(novelty_of(&known, alert("a", kNow + 1ms), kNow) == Novelty{true});
  CHECK(novelty_of(&known, resolved, kNow) == Novelty{true});
  CHECK(novelty_of(&over, resolved, kNow) == Novelty{false});
  CHECK(novelty_of(&known, warning, kNow + 1h) == Novelty{true, kNow + 1h});
  const KnownAlert of_before{.starts_at = kNow, .posted = kNow};
  CHECK(novelty_of(&of_before, warning, kNow) == Novelty{false});
}

TEST_CASE("what fires again with the beginning that is known is an occasion of its own until its end") {
  const ExternalAlert firing = alert("a", kNow);
  ExternalAlert resolved = firing;
  resolved.is_resolved = true;
  const KnownAlert over{.is_resolved = true, .starts_at = kNow, .posted = kNow};
  CHECK(novelty_of(&over, firing, kNow + 1h) == Novelty{true, kNow + 1h});
  CHECK(novelty_of(&over, alert("a", kNow + 1h), kNow + 1h) == Novelty{true});
  const KnownAlert again{.starts_at = kNow, .posted = kNow, .again = kNow + 1h};
  CHECK(novelty_of(&again, firing, kNow + 2h) == Novelty{false, kNow + 1h});
  CHECK(novelty_of(&again, resolved, kNow + 2h) == Novelty{true, kNow + 1h});
}

TEST_CASE("an alert without a fingerprint is never a repeat, and the end of an unknown truncation no news") {
  const KnownAlert known{.posted = kNow};
  CHECK(novelty_of(&known, alert(""), kNow) == Novelty{true});
  ExternalAlert whole = alert("truncated");
  whole.is_truncation = whole.is_resolved = true;
  CHECK(novelty_of(nullptr, whole, kNow) == Novelty{false});
  CHECK(novelty_of(&known, whole, kNow) == Novelty{true});
}

TEST_CASE("the history says of an alert what the collector's rows do") {
  ExternalAlert firing = alert("a", kNow);
  ExternalAlert resolved = firing;
  resolved.is_resolved = true;
  std::vector<Alert> history = {history_entry(alert("a:1795327200000", kNow), {}, kNow)};
  CHECK(!known_from_history(history, firing));
  history.insert(history.begin(), history_entry(firing, {}, kNow));
  CHECK(known_from_history(history, firing) ==
        KnownAlert{.starts_at = kNow, .posted = kNow, .event = Status::down});
  history.insert(history.begin(), history_entry(resolved, kNow + 1h, kNow + 2h));
  CHECK(known_from_history(history, firing) == KnownAlert{.is_resolved = true,
                                                          .starts_at = kNow,
                                                          .posted = kNow + 2h,
                                                          .event = Status::up,
                                                          .again = kNow + 1h});
}

TEST_CASE("known alerts are read as they were written, but for those of long ago") {
  const KnownInRow known = {
      {"with \"quotes\"", {.starts_at = kNow - 1h, .posted = kNow, .event = Status::down, .again = kNow}},
      {"without a beginning", {.is_resolved = true, .posted = kNow, .event = Status::up}},
      {"of before", {.posted = kNow}}};
  const std::string row = write_known_alerts(known);
  CHECK(read_known_alerts(row, kNow) == known);
  CHECK(read_known_alerts(row, kNow + std::chrono::days{30}) == known);
  CHECK(read_known_alerts(row, kNow + std::chrono::days{30} + 1ms).empty());
  CHECK(read_known_alerts(row, kNow - 60s - 1ms).empty());
}

TEST_CASE("damaged known alerts are left out, and the others are kept") {
  const std::string row =
      R"({"a":["firing",0,1795327200000],"b":7,"c":["firing"],"d":["firing",0,1795327200000,"x",0],"e":[)";
  const KnownInRow known = read_known_alerts(row, kNow);
  CHECK(known.size() == 2);
  CHECK((known.contains("a") && known.contains("d")));
  for (const char* text : {"", "[]", "null", "{"}) CHECK(read_known_alerts(text, kNow).empty());
}

TEST_CASE("an alert costs one row of its own hash, and the row of before is asked as well") {
  const std::string key = "alert:a";
  const std::string row = write_known_alerts({{key, {.posted = kNow}}});
  const std::string old = write_known_alerts({{"alert:b", {.posted = kNow - 25h}}});
  const Event event{.now = kNow, .rows = {{known_row(key), row}, {kOldKnownRow, old}}};
  KnownAlerts known(event, kNow);
  CHECK(known.find(key) != nullptr);
  CHECK(known.find("alert:b") != nullptr);
  CHECK(known.find("alert:c") == nullptr);
  CHECK(known.changed_rows().empty());
  known.refresh("alert:a");
  known.refresh("alert:c");
  CHECK(known.changed_rows().empty());
  known.refresh("alert:b");
  known.remember("alert:c", alert("c", kNow), {});
  known.remember("alert:", alert(""), {});
  const auto rows = known.changed_rows();
  REQUIRE(rows.size() == 2);
  for (const RowPut& put : rows) CHECK((put.key == known_row("alert:b") || put.key == known_row("alert:c")));
  CHECK(known.find("alert:b")->posted == kNow);
}

TEST_CASE("the row of before is emptied when all in it is forgotten") {
  const std::string old = write_known_alerts({{"alert:b", {.posted = kNow}}});
  const Event event{.now = kNow, .rows = {{kOldKnownRow, old}}};
  CHECK(KnownAlerts(event, kNow).changed_rows().empty());
  const auto rows = KnownAlerts(event, kNow + kKnownFor + 1ms).changed_rows();
  CHECK(rows == std::vector<RowPut>{{kOldKnownRow, "{}"}});
  const Event emptied{.now = kNow, .rows = {{kOldKnownRow, "{}"}}};
  CHECK(KnownAlerts(emptied, kNow).changed_rows().empty());
}

TEST_CASE("beyond so many in a row the alert that was posted longest ago is forgotten") {
  KnownInRow full;
  std::vector<std::string> names;
  for (int i = 0; names.size() < 161; ++i) {
    const std::string name = std::to_string(i);
    if (known_row("alert:" + name) == known_row("alert:0")) names.push_back(name);
  }
  for (size_t i = 0; i < 160; ++i) {
    const auto later = Millis{static_cast<int64_t>(i)};
    full.emplace("alert:" + names[i], KnownAlert{.posted = kNow - 1h + later});
  }
  const std::string row = write_known_alerts(full);
  const Event event{.now = kNow, .rows = {{known_row("alert:0"), row}}};
  KnownAlerts known(event, kNow);
  CHECK(known.find("alert:" + names[0]) != nullptr);
  known.remember("alert:" + names[160], alert(names[160]), {});
  CHECK(known.find("alert:" + names[160]) != nullptr);
  CHECK(known.find("alert:" + names[0]) == nullptr);
  CHECK(known.find("alert:" + names[1]) != nullptr);
}

}  // namespace hb::known_alerts_test
