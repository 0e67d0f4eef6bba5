#include "documents/notified.hpp"

#include "catch.hpp"
#include "exact.hpp"
#include "text/json.hpp"

namespace hb::notified_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

Notified full() {
  Notified notified{.status = Status::down,
                    .at = kNow - 1min,
                    .since = kNow - 9min,
                    .key = "web:1",
                    .channels = {{"Ops \"Room\"", Status::down}, {"mail", Status::degraded}},
                    .bad_since = kNow - 2min,
                    .has_never_seen_notice = true};
  for (int i = 0; i < 12; ++i) {
    const Status status = i == 0 ? Status::down : Status::degraded;
    add_unreported_outage(notified, {status, kNow - 30min + i * 2min, kNow - 29min + i * 2min});
  }
  return notified;
}

}  // namespace

TEST_CASE("what people were notified of is read as it was written, and printed the same by any reader") {
  const std::string text = write_notified(full());
  CHECK(read_notified(text, kNow) == full());
  CHECK(dump(*parse_json(text)) == text);
  CHECK(write_notified({}).empty());
  CHECK(read_notified("", kNow) == Notified{});
}

TEST_CASE("of many missed problems ten are kept, the count of the others and the worst") {
  const Notified notified = full();
  CHECK(notified.unreported_outages.size() == 10);
  CHECK(notified.unreported_outages.back().to == kNow - 7min);
  CHECK(notified.more == 2);
  CHECK(worst_unreported(notified) == Status::down);
}

TEST_CASE("what is damaged in what people were notified of is as if it was not there") {
  const Exact odd(
      R"({"at":"x","badSince":-1,"channels":{"a":"down","b":7,"c":"paused"},"flips":[["down",1,2],["up",1,2]],)"
      R"("more":-3,"status":"down","odd":[{}]})");
  Notified expected{.status = Status::down, .channels = {{"a", Status::down}}};
  add_unreported_outage(expected, {Status::down, from_ms(1), from_ms(2)});
  CHECK(read_notified(odd.view(), kNow) == expected);

  for (const std::string_view text : {"[]", "7", "null", "{", R"({"status":"down")", R"({"status":"down"})",
                                      R"({"flips":[["down","x",2]]})", R"({"channels":[]})"}) {
    INFO(text);
    CHECK(read_notified(Exact(text).view(), kNow) == Notified{});
  }
}

TEST_CASE("a last message from the future is none, so that no problem waits for it") {
  const auto at = [](Time time) {
    return read_notified(R"({"at":)" + std::to_string(to_ms(time)) + "}", kNow).at;
  };
  CHECK(at(kNow + 60s) == kNow + 60s);
  CHECK(!at(kNow + 60s + 1ms));
}

}  // namespace hb::notified_test
