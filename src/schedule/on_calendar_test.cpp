#include "schedule/schedule_test.hpp"
#include "schedule/sentence.hpp"

namespace hb::schedule_on_calendar_test {

TEST_CASE("parts of a calendar expression that are left out are those that systemd takes") {
  const auto is_same = [](const char* one, const char* other) {
    return on_calendar(one).lines[0].pattern == on_calendar(other).lines[0].pattern;
  };
  CHECK(is_same("03:30", "*-*-* 03:30:00"));
  CHECK(is_same("*-02-29", "*-2-29 0:0:0"));
  CHECK(is_same("12-24", "*-12-24 00:00"));
  CHECK(is_same("Sat,Sun", "Sat..Sun *-*-* 00:00:00"));
  CHECK(is_same("mon-fri 9:00", "Monday..Friday *-*-* 09:00:00"));
  CHECK(is_same("26-12-24", "2026-12-24"));
  CHECK(is_same("*-*~02..03", "*-*~2,3"));
  CHECK(is_same("*:*:0/20", "*:*:0,20,40"));
  CHECK(is_same("*:5..30/10", "*:5,15,25"));
}

TEST_CASE("a zone at the end of an expression is its own") {
  CHECK(on_calendar("daily Europe/Berlin").lines[0].zone == "Europe/Berlin");
  CHECK(on_calendar("*:0/15 UTC").lines[0].zone == "UTC");
  CHECK(on_calendar("Sat,Sun 20:00").lines[0].zone.empty());
  CHECK(on_calendar("weekly").lines[0].zone.empty());
}

TEST_CASE("seconds are counted, too") {
  Time at = instant("2026-12-01T00:00:05Z");
  for (const char* expected : {"2026-12-01T00:00:30Z", "2026-12-01T00:01:00Z", "2026-12-01T00:01:30Z"}) {
    at = next_slot(on_calendar("*:*:0/30"), at, {}).value();
    CHECK(at == instant(expected));
  }
  CHECK(sentence(on_calendar("*:*:0/30")) == "every 30 seconds");
  CHECK(sentence(on_calendar("Mon *-*~07/1")) ==
        "at 00:00 on one of the last 7 days of the month when that is Monday");
}

TEST_CASE("a fault of a calendar expression says what is wrong, and what to write instead") {
  const std::pair<const char*, const char*> kFaults[] = {
      {"", R"(is empty; write a time as in "*-*-* 03:30")"},
      {"@1795327200", R"("@1795327200" is no time of a calendar; write one as in 2026-12-24 18:00)"},
      {"*-*-* 25:00", R"("25" is no hour; write 0 to 23)"},
      {"*:*/15", R"("*/15" is not how OnCalendar repeats; write "0/15")"},
      {"Fri..Mon 03:00", R"("Fri..Mon" runs backwards; a week begins on Monday: write "Fri..Sun,Mon..Mon")"},
      {"*-*-* 03:30:00.5", R"("03:30:00.5" has parts of a second; write whole ones)"},
      {"*:0/0", R"(the step of "0/0" must be 1 or more)"},
      {"*:30..10", R"("30..10" runs backwards)"},
      {"nightly", R"("nightly" is no date; write one as in *-*-01, and a time as in 03:30)"},
      {"03:30 *-*-*", R"("*-*-*" is neither a weekday, a date, a time nor a zone in its place)"},
      {"*-02-30", R"("*-02-30" names a day that never comes)"},
  };
  for (const auto& [text, fault] : kFaults) {
    INFO(text);
    CHECK(fault_of(parse_on_calendar(text)) == fault);
  }
}

TEST_CASE("what is no calendar expression is a fault, and is read no further than its end") {
  for (const char* text :
       {"-", "~", ":", "..", "Mon..", "..Mon 1:0", "*-*-*-* 1:0", "*-*-1/ 1:0", "1..:0", "1:2:3:4",
        "12345-1-1", "*-13-1", "*-0-1", "*-*-32", "*-*~0", "1:60", "1:1:60", "\xff"}) {
    INFO(text);
    CHECK_FALSE(fault_of(parse_on_calendar(text)).empty());
  }
}

}  // namespace hb::schedule_on_calendar_test
