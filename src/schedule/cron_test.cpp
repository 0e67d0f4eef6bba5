#include "schedule/schedule_test.hpp"
#include "schedule/sentence.hpp"

namespace hb::schedule_cron_test {

TEST_CASE("a fault of a cron line says what is wrong, and what to write instead") {
  const std::pair<const char*, const char*> kFaults[] = {
      {"0 22-2 * * *", R"("22-2" of the field hour runs backwards; write "22-23,0-2")"},
      {"0 0 * * FRI-MON", R"("FRI-MON" of the field weekday runs backwards; write "FRI-SAT,SUN-MON")"},
      {"0 0 * * FRI-SUN", R"("FRI-SUN" of the field weekday runs backwards; write "FRI-SAT,SUN")"},
      {"30 0 0 * * *",
       R"(has 6 fields; a cron line has five: minute, hour, day of the month, month, weekday; )"
       R"(without the seconds it is "0 0 * * *")"},
      {"", "has 0 fields; a cron line has five: minute, hour, day of the month, month, weekday"},
      {"@reboot", R"("@reboot" names no time; write when it is expected, or {"every": seconds})"},
      {"@dayly", R"("@dayly" is none of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually)"},
      {"*/0 * * * *", R"(the step of "*/0" of the field minute must be 1 or more)"},
      {"*/70 * * * *", R"(the step of "*/70" of the field minute, which has 0 to 59, goes beyond it; )"
                       R"(for a period that does not fit into it write {"every": seconds})"},
      {"0 0 15W * *",
       R"("15W" of the field day of the month is not known: only LW is, the last working day of the month; write a day)"},
      {"H H * * *", R"("H" of the field minute is a number that Jenkins chooses; write the number)"},
      {"0 0 ? * *", R"("?" of the field day of the month is of other programs; write *)"},
      {"60 * * * *", R"("60" of the field minute is none of 0 to 59)"},
      {"0 0 * FOO *", R"("FOO" of the field month is none of 1 to 12 or JAN to DEC)"},
      {"0 0 * * 8", R"("8" of the field weekday is none of 0 to 7 or SUN to SAT)"},
      {"0 0 * * 1#6", R"("1#6" is no day: a month has up to five of a weekday; write #1 to #5)"},
      {"0 0 30 2 *", R"("0 0 30 2 *" names a day that never comes)"},
  };
  for (const auto& [text, fault] : kFaults) {
    INFO(text);
    CHECK(fault_of(parse_cron(text)) == fault);
  }
}

TEST_CASE("what is no cron line is a fault, and is read no further than its end") {
  for (const char* text : {"a", "- - - - -", ", * * * *", "1- * * * *", "-1 * * * *", "1/ * * * *",
                           "/ * * * *", "1,,2 * * * *", "* * L-3 * *", "* * * * L", "* * * * #", "* * * * 1#",
                           "* L * * *", "99999 * * * *", "1-2-3 * * * *", "* * * * MONDAY", "\xff * * * *"}) {
    INFO(text);
    CHECK_FALSE(fault_of(parse_cron(text)).empty());
  }
}

TEST_CASE("a step without a range goes on to the end of its field") {
  CHECK(cron("5/20 * * * *").lines[0].pattern == cron("5-59/20 * * * *").lines[0].pattern);
  CHECK(cron("0 9/4 * * *").lines[0].pattern == cron("0 9,13,17,21 * * *").lines[0].pattern);
}

TEST_CASE("a nickname is the line that it stands for") {
  CHECK(cron("@weekly").lines[0].pattern == cron("0 0 * * SUN").lines[0].pattern);
  CHECK(cron(" @Monthly ").lines[0].pattern == cron("0 0 1 * *").lines[0].pattern);
}

TEST_CASE("days may be named by the end of the month and by their number in it") {
  const auto next = [](const char* text, const char* after) {
    return *next_slot(cron(text), instant(after), {});
  };
  CHECK(next("0 0 LW * *", "2027-01-01T00:00Z") == instant("2027-01-29T00:00Z"));  // the 31st is a Sunday
  CHECK(next("0 0 LW * *", "2027-07-01T00:00Z") == instant("2027-07-30T00:00Z"));  // the 31st is a Saturday
  CHECK(next("0 0 LW * *", "2027-03-01T00:00Z") == instant("2027-03-31T00:00Z"));
  CHECK(next("0 0 * * 5L", "2027-01-01T00:00Z") == instant("2027-01-29T00:00Z"));
  CHECK(next("0 0 * * fri#2", "2027-01-01T00:00Z") == instant("2027-01-08T00:00Z"));
  CHECK(next("0 0 1,L * *", "2027-01-02T00:00Z") == instant("2027-01-31T00:00Z"));
}

TEST_CASE("a schedule is said in one sentence") {
  const std::pair<const char*, const char*> kSentences[] = {
      {"30 3 * * *", "every day at 03:30"},
      {"0 6,18 * * *", "every day at 06:00 and 18:00"},
      {"* * * * *", "every minute"},
      {"*/15 * * * *", "every 15 minutes"},
      {"0 * * * *", "every hour"},
      {"20 */2 * * *", "every 2 hours at :20"},
      {"0 8-18 * * 1-5", "every hour from 08:00 to 18:00 on Monday to Friday"},
      {"*/20 8-18 * * *", "every 20 minutes from 08:00 to 18:59"},
      {"5,50 */6 1 * *", "at minute 5 and 50 of every 6 hours on the 1st"},
      {"0 0 1,22,23 1,7 *", "at 00:00 on the 1st, 22nd and 23rd in January and July"},
      {"0 0 13 * 5", "at 00:00 on the 13th and on Friday"},
      {"0 0 11 * */2", "at 00:00 on the 11th when that is Sunday, Tuesday, Thursday and Saturday"},
      {"0 0 L * *", "at 00:00 on the last day of the month"},
      {"0 0 LW * 5L", "at 00:00 on the last working day of the month and on the last Friday of the month"},
      {"0 0 * * 1#1", "at 00:00 on the 1st Monday of the month"},
  };
  for (const auto& [text, words] : kSentences) {
    INFO(text);
    CHECK(sentence(cron(text)) == words);
  }
  Schedule two = cron("0 3 * * *");
  two.lines.push_back(on_calendar("2026..2027-12-24 18:00:30 Europe/Berlin").lines[0]);
  CHECK(sentence(two) ==
        "every day at 03:00; at 18:00:30 on the 24th in December of 2026 to 2027 (Europe/Berlin)");
  CHECK(sentence(Schedule{.every = 90min}) == "every 1 h 30 min");
}

}  // namespace hb::schedule_cron_test
