#include "collector/collector_status.hpp"

#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

using OptionalTime = std::optional<Time> CollectorStatus::*;

struct TimeField {
  const char* name;
  OptionalTime time;
};

constexpr TimeField kTimes[] = {
    {"scheduled", &CollectorStatus::scheduled}, {"at", &CollectorStatus::at},
    {"published", &CollectorStatus::published}, {"tried", &CollectorStatus::tried},
    {"failing", &CollectorStatus::failing},     {"lost", &CollectorStatus::lost},
    {"damaged", &CollectorStatus::damaged}};

struct FlagField {
  const char* name;
  bool CollectorStatus::*flag;
};

constexpr FlagField kFlags[] = {{"urgent", &CollectorStatus::is_urgent},
                                {"ordered", &CollectorStatus::is_ordered},
                                {"foreign", &CollectorStatus::is_foreign}};

struct NumberField {
  const char* name;
  int64_t CollectorStatus::*number;
};

constexpr NumberField kNumbers[] = {{"next", &CollectorStatus::next},
                                    {"revision", &CollectorStatus::revision},
                                    {"revisionBefore", &CollectorStatus::revision_before},
                                    {"storedRevision", &CollectorStatus::stored_revision},
                                    {"storedVersion", &CollectorStatus::stored_version},
                                    {"histories", &CollectorStatus::histories},
                                    {"publishedFolded", &CollectorStatus::published_through},
                                    {"alerts", &CollectorStatus::alerts},
                                    {"publishedAlerts", &CollectorStatus::published_alerts},
                                    {"backlogFrom", &CollectorStatus::backlog_from},
                                    {"backlogUntil", &CollectorStatus::backlog_until}};

bool flag_of(const Json& json, const char* name) {
  const Json* flag = member(json, name);
  return flag != nullptr && as_bool(*flag).value_or(false);
}

std::optional<Day> day_member(const Json& json, const char* name) {
  return parse_day(string_member(json, name).value_or(""));
}

}  // namespace

CollectorStatus read_collector_status(std::string_view row, Time now) {
  CollectorStatus collector_status;
  const auto json = row.empty() ? std::nullopt : parse_json(row);
  if (!json) return collector_status;
  for (const auto& [name, time] : kTimes) {
    const auto ms = integer_member(*json, name);
    if (ms && *ms > 0 && is_plausible(from_ms(*ms), now)) collector_status.*time = from_ms(*ms);
  }
  for (const auto& [name, flag] : kFlags) collector_status.*flag = flag_of(*json, name);
  for (const auto& [name, number] : kNumbers)
    collector_status.*number = integer_member(*json, name).value_or(collector_status.*number);
  for (int64_t* revision : {&collector_status.revision, &collector_status.revision_before}) {
    *revision = plausible_revision(*revision, now);
  }
  collector_status.last_day = day_member(*json, "lastDay");
  collector_status.day = day_member(*json, "day").value_or(Day{});
  if (const Json* today = member(*json, "today")) collector_status.today = read_usage(dump(*today));
  if (const Json* past = member(*json, "past")) {
    for (const Json& entry : elements(*past)) {
      const auto day = day_member(entry, "day");
      const Json* usage = member(entry, "usage");
      if (day && usage != nullptr) collector_status.past.emplace_back(*day, dump(*usage));
    }
  }
  return collector_status;
}

std::string write_collector_status(const CollectorStatus& collector_status) {
  JsonWriter json;
  json.begin_object();
  for (const auto& [name, time] : kTimes) {
    if (collector_status.*time) json.member(name, to_ms(*(collector_status.*time)));
  }
  for (const auto& [name, flag] : kFlags) {
    if (collector_status.*flag) json.member(name, true);
  }
  for (const auto& [name, number] : kNumbers) json.member(name, collector_status.*number);
  if (collector_status.last_day) json.member("lastDay", iso_day(*collector_status.last_day));
  json.member("day", iso_day(collector_status.day));
  print_usage(json.key("today"), collector_status.today);
  json.key("past").begin_array();
  for (const auto& [day, usage] : collector_status.past) {
    json.begin_object().member("day", iso_day(day)).key("usage").raw(usage).end_object();
  }
  return json.end_array().end_object().take();
}

int64_t plausible_revision(int64_t revision, Time now) {
  return revision > to_ms(now + kAheadAllowed) ? 0 : revision;
}

bool is_own_revision(const CollectorStatus& collector_status, int64_t revision) {
  return revision <= collector_status.revision_before || revision == collector_status.revision;
}

void begin_day(CollectorStatus& collector_status, Time now) {
  const Day today = day_of(now);
  if (collector_status.day == today) return;
  if (collector_status.day != Day{}) {
    JsonWriter json;
    print_usage(json, collector_status.today);
    collector_status.past.insert(collector_status.past.begin(), {collector_status.day, json.take()});
    if (collector_status.past.size() > kPastDays) collector_status.past.pop_back();
  }
  collector_status.day = today;
  collector_status.today = {};
}

}  // namespace hb
