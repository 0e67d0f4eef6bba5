// When a service is expected, and how long its runs may take: schedule, grace and the rest.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/config.hpp"
#include "config/reader.hpp"

namespace hb {

// The zones that schedules name, for whoever has the data of them.
class ZoneNames {
 public:
  // `known` has a name a line; empty: nobody said which there are.
  explicit ZoneNames(std::string_view known);

  // Its position. One that is none of the known ones is a fault of the field.
  size_t index_of(std::string_view name, const Field& field);
  std::vector<std::string> take() { return std::move(names_); }

 private:
  std::vector<std::string_view> known_{};
  std::vector<std::string> names_{};
  std::unordered_map<std::string, size_t> positions_{};
};

// Says so where the field names a zone that is none of the known ones.
void check_zone(std::string_view name, std::span<const std::string_view> known, const Field& field);
std::vector<std::string_view> lines_of(std::string_view text);

// What the settings of a schedule refer to.
struct TimingReferences {
  std::string_view zone{};  // of schedules that name none
  Millis check_interval{};
  ZoneNames& zones;
};

// Each setting that is missing is taken from `inherited`. A staleness threshold counts beside a schedule only where
// the two stand together, or the threshold stands nearer to the service.
Timing read_timing(Object& in, const Field& threshold, const Timing& inherited,
                   const TimingReferences& references);

}  // namespace hb
