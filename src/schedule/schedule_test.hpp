// Schedules and zones for tests.
#pragma once

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "catch.hpp"
#include "schedule/cron.hpp"
#include "schedule/on_calendar.hpp"
#include "text/json.hpp"

namespace hb {

inline Time instant(std::string_view text) {
  return parse_time(text).value();
}

inline Json slot_cases() {
  std::ifstream file(std::string(TEST_DATA) + "/schedules/slots.json");
  return Json::parse(file);
}

// The zone as tests/data/schedules/slots.json has it.
inline UtcOffsets zone_of(const Json& cases, const std::string& name) {
  UtcOffsets::Changes changes;
  for (const Json& change : cases.at("zones").at(name)) {
    changes.push_back({.from = instant(change.at(0).get<std::string>()),
                       .offset = std::chrono::minutes{change.at(1).get<int>()}});
  }
  return UtcOffsets(std::move(changes));
}

inline Schedule schedule_of(const ParsedLine& line) {
  const auto* fault = std::get_if<std::string>(&line);
  INFO((fault ? *fault : ""));
  REQUIRE(fault == nullptr);
  Schedule schedule{.lines = {std::get<ScheduleLine>(line)}};
  schedule.lines[0].zone_index = 0;
  return schedule;
}

inline Schedule cron(std::string_view text) {
  return schedule_of(parse_cron(text));
}

inline Schedule on_calendar(std::string_view text) {
  return schedule_of(parse_on_calendar(text));
}

// The fault of a line; empty when it has none.
inline std::string fault_of(const ParsedLine& line) {
  const auto* fault = std::get_if<std::string>(&line);
  return fault ? *fault : std::string();
}

}  // namespace hb
