// How far a time zone is ahead of UTC, before and after each change of its clocks. The core has no data of time
// zones; these come with the event.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/time.hpp"

namespace hb {

class FrameReader;

class UtcOffsets {
 public:
  // From this instant on, until the next one of the list.
  struct Change {
    Time from{};
    std::chrono::minutes offset{};

    bool operator==(const Change&) const = default;
  };

  using Changes = std::vector<Change>;

  UtcOffsets() = default;  // UTC
  // The same at all times.
  UtcOffsets(std::chrono::minutes offset) : changes_{{.offset = offset}} {}
  // In their order. Of a time before the first one its offset counts as well.
  explicit UtcOffsets(Changes changes) : changes_(std::move(changes)) {}

  std::chrono::minutes at(Time time) const {
    std::chrono::minutes out = changes_.empty() ? std::chrono::minutes{0} : changes_.front().offset;
    for (const Change& change : changes_) {
      if (change.from <= time) out = change.offset;
    }
    return out;
  }

  // The offset of the present, for whoever tells of nothing else.
  operator std::chrono::minutes() const {
    return changes_.empty() ? std::chrono::minutes{0} : changes_.back().offset;
  }

  // What the clocks there show.
  Time local(Time time) const { return time + at(time); }

  const Changes& changes() const { return changes_; }

  bool operator==(const UtcOffsets&) const = default;

 private:
  Changes changes_{};
};

// As the shim hands them over: how many changes, and of each its time in ms and its minutes. Those of several zones have
// their number in front.
UtcOffsets read_utc_offsets(FrameReader& reader);
std::vector<UtcOffsets> read_utc_offsets(std::string_view bytes);

// "+01:00"
std::string offset_text(std::chrono::minutes offset);

}  // namespace hb
