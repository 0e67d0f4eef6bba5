#include "text/time.hpp"

#include "catch.hpp"
#include "exact.hpp"

namespace hb::text_time_test {
namespace {

constexpr int64_t kYear10000 = 253'402'300'800'000;
constexpr int64_t kNoon = 1'795'348'800'000;  // 2026-11-22T12:00:00Z

}  // namespace

TEST_CASE("an instant is written in 24 characters of UTC") {
  CHECK(iso(from_ms(kNoon)) == "2026-11-22T12:00:00.000Z");
  CHECK(iso(from_ms(kNoon + 3'723'004)) == "2026-11-22T13:02:03.004Z");
  CHECK(iso(Time{}) == "1970-01-01T00:00:00.000Z");
  std::string out = "at ";
  append_iso(out, Time{});
  CHECK(out == "at 1970-01-01T00:00:00.000Z");
}

TEST_CASE("a stored instant is one that is, and that can be printed") {
  const int64_t last = to_ms(*parse_iso("9999-12-31T23:59:59.999Z"));
  CHECK(stored_time(1) == from_ms(1));
  CHECK(stored_time(last) == from_ms(last));
  for (const int64_t none : {int64_t{0}, int64_t{-1}, last + 1}) CHECK_FALSE(stored_time(none));
}

TEST_CASE("instants outside of 1970 to 9999 are written as the nearest inside") {
  CHECK(iso(from_ms(-1)) == "1970-01-01T00:00:00.000Z");
  CHECK(iso(from_ms(1)) == "1970-01-01T00:00:00.001Z");
  CHECK(iso(from_ms(kYear10000 - 1)) == "9999-12-31T23:59:59.999Z");
  CHECK(iso(from_ms(kYear10000)) == "9999-12-31T23:59:59.999Z");
  CHECK(iso(Time::max()) == "9999-12-31T23:59:59.999Z");
  CHECK(iso(Time::min()) == "1970-01-01T00:00:00.000Z");
}

TEST_CASE("every day of leap years and others is read as it was written") {
  for (const char* first :
       {"1970-01-01", "1999-12-30", "2000-02-27", "2100-02-27", "2024-02-27", "9999-12-01"}) {
    const Day day = *parse_day(first);
    for (int i = 0; i < 31; ++i) {
      const Day one = day + std::chrono::days{i};
      CHECK(parse_day(iso_day(one)) == one);
      const Time last_ms = one + 24h - 1ms;
      CHECK(parse_iso(iso(last_ms)) == last_ms);
    }
  }
}

TEST_CASE("February has 29 days in leap years only") {
  CHECK(parse_day("2024-02-29"));
  CHECK(parse_day("2000-02-29"));
  CHECK_FALSE(parse_day("2023-02-29"));
  CHECK_FALSE(parse_day("2100-02-29"));
  CHECK_FALSE(parse_day("2024-02-30"));
}

TEST_CASE("a person may write an instant in many ways") {
  for (const char* text :
       {"2026-11-22T12:00:00.000Z", "2026-11-22T12:00:00Z", "2026-11-22T12:00:00", "2026-11-22T12:00Z",
        "2026-11-22T12:00", "2026-11-22t12:00:00z", "2026-11-22 12:00:00", "2026-11-22T12:00:00.0Z",
        "2026-11-22T12:00:00.0009999999999Z", "2026-11-22T14:00:00+02:00", "2026-11-22T14:00:00+0200",
        "2026-11-22T06:30:00-05:30", "2026-11-23T11:59:00.000+23:59", "2026-11-22T12:00-00:00"}) {
    INFO(text);
    CHECK(parse_time(Exact(text).view()) == from_ms(kNoon));
  }
  CHECK(parse_time("2026-11-22") == parse_time("2026-11-22T00:00:00Z"));
  CHECK(parse_time("2026-11-22T12:00:00.1Z") == from_ms(kNoon + 100));
  CHECK(parse_time("2026-11-22T12:00:00.1239Z") == from_ms(kNoon + 123));
}

TEST_CASE("only the form in which instants are stored is read as such") {
  CHECK(parse_iso("2026-11-22T12:00:00.000Z") == from_ms(kNoon));
  for (const char* text :
       {"2026-11-22T12:00:00.000z", "2026-11-22t12:00:00.000Z", "2026-11-22 12:00:00.000Z",
        "2026-11-22T12:00:00Z", "2026-11-22T12:00:00.0000Z", "2026-11-22T12:00:00.00Z",
        "2026-11-22T12:00:00.000+", "2026-11-22T12:00+01:000Z", "2026-11-22T12:00:00,000Z"}) {
    INFO(text);
    CHECK_FALSE(parse_iso(Exact(text).view()));
  }
}

TEST_CASE("what is no instant is none") {
  for (const char* text : {"",
                           "2",
                           "2026",
                           "2026-11",
                           "2026-11-2",
                           "2026-11-222",
                           "22-11-2026",
                           "2026/11/22",
                           "2026-00-10",
                           "2026-13-10",
                           "2026-11-00",
                           "2026-11-31",
                           "2026-11-22T",
                           "2026-11-22T1",
                           "2026-11-22T24:00:00Z",
                           "2026-11-22T12:60:00Z",
                           "2026-11-22T12:00:60Z",
                           "2026-11-22T12:00:00.Z",
                           "2026-11-22T12:00:00.000ZZ",
                           "2026-11-22T12:00:00 Z",
                           "2026-11-22T12:00:00+24:00",
                           "2026-11-22T12:00:00+01:60",
                           "2026-11-22T12:00:00+1:00",
                           "2026-11-22T12:00:00+",
                           "2026-11-22T12:00:00*01:00",
                           "-026-11-22",
                           "2026-11-22T-2:00:00Z",
                           "+2026-11-22",
                           " 2026-11-22",
                           "now",
                           "1795348800000"}) {
    INFO(text);
    CHECK_FALSE(parse_time(Exact(text).view()));
    CHECK_FALSE(parse_iso(Exact(text).view()));
  }
  for (const char* text : {"", "2026-11-22T", "2026-11-22Z", "2026-11-31", "0000-00-00", "2026-1-1"}) {
    INFO(text);
    CHECK_FALSE(parse_day(Exact(text).view()));
  }
}

TEST_CASE("no beginning of an instant but its date and its minutes and seconds is one") {
  each_beginning("2026-11-22T12:00:00.000Z", [](std::string_view text) {
    INFO(text);
    const bool is_whole = text.size() == 10 || text.size() == 16 || text.size() == 19 || text.size() > 20;
    CHECK(parse_time(text).has_value() == is_whole);
    CHECK(parse_iso(text).has_value() == (text.size() == kIsoLength));
  });
}

TEST_CASE("an instant belongs to the day that it falls on, before 1970 too") {
  CHECK(day_of(from_ms(kNoon)) == *parse_day("2026-11-22"));
  CHECK(day_of(from_ms(-1)) == *parse_day("1969-12-31"));
  CHECK(day_of(*parse_time("2026-11-22T23:59:59.999Z")) == *parse_day("2026-11-22"));
  CHECK(day_of(*parse_time("2026-11-23T00:00:00.000Z")) == *parse_day("2026-11-23"));
}

TEST_CASE("a duration is spoken in its two largest units") {
  CHECK(humanized(-1s) == "0 s");
  CHECK(humanized(0s) == "0 s");
  CHECK(humanized(999ms) == "0 s");
  CHECK(humanized(1s) == "1 s");
  CHECK(humanized(59s) == "59 s");
  CHECK(humanized(60s) == "1 min");
  CHECK(humanized(6min + 1s) == "6 min 1 s");
  CHECK(humanized(2h + 5min + 59s) == "2 h 5 min");
  CHECK(humanized(2h + 59s) == "2 h");
  CHECK(humanized(24h) == "1 d");
  CHECK(humanized(24h + 59min) == "1 d");
  CHECK(humanized(75h) == "3 d 3 h");
  CHECK(humanized(Millis::max()) == "106751991167 d 7 h");
  CHECK(humanized(Millis::min()) == "0 s");
}

TEST_CASE("the time of day is told to the second") {
  CHECK(clock_time(from_ms(kNoon + 12'999)) == "12:00:12");
}

TEST_CASE("a time is believed until exactly 60 s ahead of now") {
  const Time now = from_ms(kNoon);
  CHECK(is_plausible(now, now));
  CHECK(is_plausible(Time{}, now));
  CHECK(is_plausible(now + 60s, now));
  CHECK_FALSE(is_plausible(now + 60s + 1ms, now));
}

}  // namespace hb::text_time_test
