#include "message/clock_words.hpp"

#include "catch.hpp"

namespace hb::clock_words_test {
namespace {

Time at(std::string_view text) {
  return *parse_time(text);
}

const Time kNow = at("2026-11-23T06:00:00Z");

}  // namespace

TEST_CASE("a day is named once, and today is not") {
  ClockWords words({}, kNow);
  CHECK(words.span(at("2026-11-22T23:45:00Z"), at("2026-11-22T23:49:00Z")) == "22 Nov 23:45–23:49");
  CHECK(words.span(at("2026-11-22T23:55:00Z"), at("2026-11-23T00:02:00Z")) == "23:55–00:02");
  CHECK(words.span(at("2026-11-23T01:00:10Z"), at("2026-11-23T01:02:00Z")) == "01:00:10–01:02");
  CHECK(words.minute(at("2026-11-23T02:00:00Z")) == "02:00");
  CHECK(words.second(at("2026-11-20T02:00:00Z")) == "20 Nov 02:00:00");
}

TEST_CASE("the end of a span has its day when the clock alone could be another") {
  ClockWords words({}, kNow);
  CHECK(words.span(at("2026-11-21T06:05:00Z"), at("2026-11-22T06:04:59Z")) == "21 Nov 06:05–06:04:59");
  ClockWords others({}, kNow);
  CHECK(others.span(at("2026-11-21T06:05:00Z"), at("2026-11-22T06:05:00Z")) == "21 Nov 06:05 – 22 Nov 06:05");
}

TEST_CASE("a day of another year has its year") {
  CHECK(ClockWords({}, kNow).minute(at("2025-12-31T06:05:00Z")) == "31 Dec 2025 06:05");
}

TEST_CASE("days are those of the zone, and times before a change of clocks have their own offset") {
  const UtcOffsets berlin(
      UtcOffsets::Changes{{at("2026-03-29T01:00:00Z"), 120min}, {at("2026-10-25T01:00:00Z"), 60min}});
  CHECK(ClockWords(berlin, kNow).minute(at("2026-11-22T23:30:00Z")) == "00:30");
  const Time now = at("2026-10-25T08:00:00Z");
  CHECK(ClockWords(berlin, now).minute(at("2026-10-24T20:00:00Z")) == "24 Oct 22:00 +02:00");
  CHECK(ClockWords(berlin, now).span(at("2026-10-25T00:50:00Z"), at("2026-10-25T01:10:00Z")) ==
        "02:50 +02:00–02:10");
  CHECK(ClockWords(berlin, now).span(at("2026-10-25T00:10:00Z"), at("2026-10-25T00:20:00Z")) ==
        "02:10–02:20 +02:00");
}

}  // namespace hb::clock_words_test
