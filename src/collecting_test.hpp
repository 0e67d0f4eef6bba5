// A monitor with the collector, for the tests of what happens there.
#pragma once

#include <string>

#include "catch.hpp"
#include "world.hpp"

namespace hb {

struct Collecting : World {
  explicit Collecting(std::string_view settings = kNoLag) : World(kThreeServices, settings) {
    bind_collector();
  }

  std::string published(std::string_view id) {
    return string_member(*parse_json(stored(Key::latest)), id).value_or("absent");
  }
};

inline std::string service_list(int count) {
  std::string services;
  for (int i = 0; i < count; ++i) {
    services += (i == 0 ? "" : ",") + std::string(R"({"id":"s)") + std::to_string(i) +
                R"(","auth":{"required":false}})";
  }
  return R"({"services":[)" + services + "]}";
}

}  // namespace hb
