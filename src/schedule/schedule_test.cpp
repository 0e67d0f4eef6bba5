#include "schedule/schedule_test.hpp"

#include <algorithm>

namespace hb::schedule_schedule_test {
namespace {

// What the case expects next, in the words of the file.
std::string slot_text(const std::optional<Time>& slot) {
  return slot ? iso(*slot).substr(0, 16) + "Z" : "never";
}

void check_slots(const Json& one, Schedule schedule, const std::vector<UtcOffsets>& zones) {
  Time at = instant(one.at("after").get<std::string>());
  if (schedule.lines[0].zone == "UTC") schedule.lines[0].zone_index = 1;
  for (const Json& expected : one.at("next")) {
    const auto slot = next_slot(schedule, at, zones);
    CHECK(slot_text(slot) == expected.get<std::string>());
    if (slot) at = *slot;
  }
}

struct Draws {
  uint64_t state = 20261122;
  int below(int limit) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<int>((state >> 33) % static_cast<uint64_t>(limit));
  }
};

// A field of a cron line, in one of the forms that there are.
std::string random_field(Draws& draws, int from, int to) {
  const int one = from + draws.below(to - from + 1);
  const int other = one + draws.below(to - one + 1);
  switch (draws.below(6)) {
    case 0:
      return std::to_string(one);
    case 1:
      return std::to_string(one) + '-' + std::to_string(other);
    case 2:
      return std::to_string(one) + ',' + std::to_string(other);
    case 3:
      return "*/" + std::to_string(1 + draws.below(to - from));
    default:
      return "*";
  }
}

// Whether the field names the number, by trying each of its parts.
bool names(const std::string& field, int number, int from, int to) {
  const size_t slash = field.find('/');
  const std::string base = field.substr(0, slash);
  const int step = slash == field.npos ? 1 : std::stoi(field.substr(slash + 1));
  if (base == "*") return (number - from) % step == 0;
  if (const size_t comma = base.find(','); comma != base.npos)
    return number == std::stoi(base.substr(0, comma)) || number == std::stoi(base.substr(comma + 1));
  const size_t dash = base.find('-');
  const int first = std::stoi(base);
  const int last = dash == base.npos ? first : std::stoi(base.substr(dash + 1));
  return number >= first && number <= std::min(last, to);
}

struct CronText {
  std::array<std::string, 5> fields{};

  std::string text() const {
    return fields[0] + ' ' + fields[1] + ' ' + fields[2] + ' ' + fields[3] + ' ' + fields[4];
  }
  bool names_minute(Time local) const {
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const auto minute = static_cast<int>((local - day) / 1min);
    const auto weekday = static_cast<int>(std::chrono::weekday{day}.c_encoding());
    const bool is_day = names(fields[2], static_cast<int>(unsigned{date.day()}), 1, 31);
    const bool is_weekday = names(fields[4], weekday, 0, 6);
    const bool is_either = fields[2][0] != '*' && fields[4][0] != '*';
    return names(fields[0], minute % 60, 0, 59) && names(fields[1], minute / 60, 0, 23) &&
           names(fields[3], static_cast<int>(unsigned{date.month()}), 1, 12) &&
           (is_either ? is_day || is_weekday : is_day && is_weekday);
  }
};

CronText random_cron(Draws& draws) {
  return {{random_field(draws, 0, 59), random_field(draws, 0, 23), random_field(draws, 1, 31),
           draws.below(3) > 0 ? "*" : random_field(draws, 1, 12), random_field(draws, 0, 6)}};
}

}  // namespace

TEST_CASE("each known schedule has its slots, never comes, or is a fault") {
  const Json cases = slot_cases();
  REQUIRE(cases.at("slots").size() == 74);
  for (const Json& one : cases.at("slots")) {
    INFO(one.dump());
    const bool is_cron = one.contains("cron");
    const auto text = one.at(is_cron ? "cron" : "onCalendar").get<std::string>();
    const ParsedLine line = is_cron ? parse_cron(text) : parse_on_calendar(text);
    const bool is_fault = one.at("next").at(0) == "fault";
    CHECK(fault_of(line).empty() != is_fault);
    if (is_fault || !fault_of(line).empty()) continue;
    check_slots(one, schedule_of(line),
                {zone_of(cases, one.at("zone").get<std::string>()), UtcOffsets(0min)});
  }
}

TEST_CASE("where clocks do not change, a slot is the first minute that the fields name") {
  Draws draws;
  int found = 0;
  for (int i = 0; i < 300; ++i) {
    const CronText one = random_cron(draws);
    if (!fault_of(parse_cron(one.text())).empty()) continue;
    const Schedule schedule = cron(one.text());
    const std::vector<UtcOffsets> zones{UtcOffsets(std::chrono::minutes{15 * draws.below(96) - 720})};
    const Time after = instant("2026-02-20T00:00Z") + Millis{1000} * draws.below(40'000'000);
    INFO(one.text() << " after " << iso(after));
    Time minute = std::chrono::floor<std::chrono::minutes>(after) + 1min;
    const Time until = minute + std::chrono::days{4};
    while (minute < until && !one.names_minute(zones[0].local(minute))) minute += 1min;
    const auto slot = next_slot(schedule, after, zones);
    if (minute < until) CHECK(slot == minute);
    if (minute == until && slot) CHECK(*slot >= until);
    found += minute < until ? 1 : 0;
  }
  CHECK(found > 100);
}

TEST_CASE(
    "the next slot is later than the time asked for, and no slot lies between, across changes of the "
    "clocks") {
  const Json cases = slot_cases();
  Draws draws;
  for (const char* zone : {"Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "America/St_Johns"}) {
    const std::vector<UtcOffsets> zones{zone_of(cases, zone)};
    for (int i = 0; i < 60; ++i) {
      const CronText one = random_cron(draws);
      const ParsedLine line = draws.below(2)
                                  ? parse_cron(one.text())
                                  : parse_on_calendar("*:0/" + std::to_string(1 + draws.below(59)));
      if (!fault_of(line).empty()) continue;
      const Schedule schedule = schedule_of(line);
      const Time change = zones[0].changes()[1 + static_cast<size_t>(draws.below(5))].from;
      const Time after = change + Millis{1000} * (draws.below(20'000) - 10'000);
      INFO(schedule.lines[0].text << " in " << zone << " after " << iso(after));
      const auto slot = next_slot(schedule, after, zones);
      if (!slot) continue;
      CHECK(*slot > after);
      // From every time before it, too, it is the next one.
      CHECK(next_slot(schedule, after + (*slot - after) / 2, zones) == slot);
      CHECK(next_slot(schedule, *slot - 1ms, zones) == slot);
    }
  }
}

TEST_CASE("several lines have the slots of all of them") {
  Schedule schedule = cron("0 3 * * *");
  schedule.lines.push_back(cron("30 1 * * *").lines[0]);
  schedule.lines.push_back(cron("0 3 1 * *").lines[0]);
  Time at = instant("2026-12-31T02:00Z");
  for (const char* expected :
       {"2026-12-31T03:00Z", "2027-01-01T01:30Z", "2027-01-01T03:00Z", "2027-01-02T01:30Z"}) {
    at = next_slot(schedule, at, {}).value();
    CHECK(at == instant(expected));
  }
}

TEST_CASE("a period counts from the last time, whatever the clocks show") {
  const Schedule daily{.every = 24h};
  CHECK(next_slot(daily, instant("2026-10-24T02:00Z"), {}) == instant("2026-10-25T02:00Z"));
}

TEST_CASE("who comes up to a minute before a slot came for it, and who comes earlier did not") {
  const Schedule daily = cron("0 3 * * *");
  const auto expected = [&](std::string_view heard) {
    return expected_after(daily, instant(heard), 60s, {}).value().at;
  };
  CHECK(expected("2026-12-01T02:59:00Z") == instant("2026-12-02T03:00Z"));
  CHECK(expected("2026-12-01T02:58:59.999Z") == instant("2026-12-01T03:00Z"));
  CHECK(expected("2026-12-01T03:00:00Z") == instant("2026-12-02T03:00Z"));
  CHECK(expected("2026-12-01T15:00:00Z") == instant("2026-12-02T03:00Z"));
}

TEST_CASE("early is at most half of the distance between two slots") {
  const Schedule minutely = cron("* * * * *");
  CHECK(expected_after(minutely, instant("2026-12-01T12:00:40Z"), 60s, {}) ==
        Expected{instant("2026-12-01T12:02Z"), 30s});
  CHECK(expected_after(minutely, instant("2026-12-01T12:00:29Z"), 60s, {}) ==
        Expected{instant("2026-12-01T12:01Z"), 30s});
  // Of a slot that lies near the one before it, but not of the others.
  const Schedule pairs = cron("0,1 3 * * *");
  CHECK(expected_after(pairs, instant("2026-12-01T01:00Z"), 1h, {})->early == 1h);
  CHECK(expected_after(pairs, instant("2026-12-01T02:30Z"), 1h, {}) ==
        Expected{instant("2026-12-01T03:01Z"), 30s});
  CHECK(expected_after(Schedule{.every = 10s}, instant("2026-12-01T01:00Z"), 60s, {})->early == 5s);
}

TEST_CASE("slots are as far apart as the nearest of them") {
  CHECK(are_apart(cron("* * * * *"), 60s));
  CHECK_FALSE(are_apart(cron("* * * * *"), 61s));
  CHECK(are_apart(cron("0,5 3 * * *"), 5min));
  CHECK_FALSE(are_apart(cron("0,5 3 * * *"), 6min));
  CHECK(are_apart(cron("7 * * * *"), 1h));
  CHECK_FALSE(are_apart(cron("7 * * * *"), 61min));
  CHECK_FALSE(are_apart(Schedule{.every = 7s}, 8s));
  CHECK(are_apart(on_calendar("2026-12-24 18:00"), 24h));
}

}  // namespace hb::schedule_schedule_test
