#include "collector/tick.hpp"

#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

using OptionalTime = std::optional<Time> Tick::*;

struct TimeField {
  const char* name;
  OptionalTime time;
};

constexpr TimeField kTimes[] = {{"scheduled", &Tick::scheduled}, {"at", &Tick::at},
                                {"published", &Tick::published}, {"tried", &Tick::tried},
                                {"failing", &Tick::failing},     {"lost", &Tick::lost}};

struct FlagField {
  const char* name;
  bool Tick::*flag;
};

constexpr FlagField kFlags[] = {{"urgent", &Tick::is_urgent}, {"foreign", &Tick::is_foreign}};

struct NumberField {
  const char* name;
  int64_t Tick::*number;
};

constexpr NumberField kNumbers[] = {{"next", &Tick::next},
                                    {"revision", &Tick::revision},
                                    {"revisionBefore", &Tick::revision_before},
                                    {"publishedFolded", &Tick::published_folded},
                                    {"alerts", &Tick::alerts},
                                    {"publishedAlerts", &Tick::published_alerts}};

bool flag_of(const Json& json, const char* name) {
  const Json* flag = member(json, name);
  return flag != nullptr && as_bool(*flag).value_or(false);
}

std::optional<Day> day_member(const Json& json, const char* name) {
  return parse_day(string_member(json, name).value_or(""));
}

}  // namespace

Tick read_tick(std::string_view row, Time now) {
  Tick tick;
  const auto json = row.empty() ? std::nullopt : parse_json(row);
  if (!json) return tick;
  for (const auto& [name, time] : kTimes) {
    const auto ms = integer_member(*json, name);
    if (ms && *ms > 0 && is_believable(from_ms(*ms), now)) tick.*time = from_ms(*ms);
  }
  for (const auto& [name, flag] : kFlags) tick.*flag = flag_of(*json, name);
  for (const auto& [name, number] : kNumbers)
    tick.*number = integer_member(*json, name).value_or(tick.*number);
  for (int64_t* revision : {&tick.revision, &tick.revision_before}) {
    *revision = believable_revision(*revision, now);
  }
  tick.last_day = day_member(*json, "lastDay");
  tick.day = day_member(*json, "day").value_or(Day{});
  if (const Json* today = member(*json, "today")) tick.today = read_usage(dump(*today));
  if (const Json* past = member(*json, "past")) {
    for (const Json& entry : elements(*past)) {
      const auto day = day_member(entry, "day");
      const Json* usage = member(entry, "usage");
      if (day && usage != nullptr) tick.past.emplace_back(*day, dump(*usage));
    }
  }
  return tick;
}

std::string write_tick(const Tick& tick) {
  JsonWriter json;
  json.begin_object();
  for (const auto& [name, time] : kTimes) {
    if (tick.*time) json.member(name, to_ms(*(tick.*time)));
  }
  for (const auto& [name, flag] : kFlags) {
    if (tick.*flag) json.member(name, true);
  }
  for (const auto& [name, number] : kNumbers) json.member(name, tick.*number);
  if (tick.last_day) json.member("lastDay", iso_day(*tick.last_day));
  json.member("day", iso_day(tick.day));
  print_usage(json.key("today"), tick.today);
  json.key("past").begin_array();
  for (const auto& [day, usage] : tick.past) {
    json.begin_object().member("day", iso_day(day)).key("usage").raw(usage).end_object();
  }
  return json.end_array().end_object().take();
}

int64_t believable_revision(int64_t revision, Time now) {
  return revision > to_ms(now + kAheadAllowed) ? 0 : revision;
}

bool is_own_revision(const Tick& tick, int64_t revision) {
  return revision <= tick.revision_before || revision == tick.revision;
}

void begin_day(Tick& tick, Time now) {
  const Day today = day_of(now);
  if (tick.day == today) return;
  if (tick.day != Day{}) {
    JsonWriter json;
    print_usage(json, tick.today);
    tick.past.insert(tick.past.begin(), {tick.day, json.take()});
    if (tick.past.size() > kPastDays) tick.past.pop_back();
  }
  tick.day = today;
  tick.today = {};
}

}  // namespace hb
