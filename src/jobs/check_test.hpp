// What the tests of the check share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "documents/monitor_document.hpp"
#include "world.hpp"

namespace hb {

using Titles = std::vector<std::string>;

inline Time at(std::string_view text) {
  return *parse_iso(text);
}

// Heartbeats of the services but one every minute, each followed by a check.
inline void live_without(World& world, std::string_view silent, Millis duration) {
  const Time end = world.now + duration;
  while (world.now + 60s <= end) {
    world.advance(60s);
    for (const std::string_view id : {"web", "db", "mail"}) {
      if (id != silent) world.beat(id);
    }
    world.check();
  }
}

// Heartbeats of all three.
inline void live(World& world, Millis duration) {
  live_without(world, "", duration);
}

inline Json today(World& world, std::string_view id) {
  return world.json("/api/uptime?days=1&serviceId=" + std::string(id))["days"][0];
}

inline Minutes minutes_of(const Json& day) {
  return {day["upChecks"], day["degradedChecks"], day["downChecks"], day["unknownChecks"]};
}

}  // namespace hb
