// Times as people write them in a sentence: "22 Nov 23:45–23:49, 23:55–00:02".
#pragma once

#include <string>

#include "text/utc_offsets.hpp"

namespace hb {

// Says times one after another. A day is named once, and not at all when it is that of the sentence; an offset
// only when it is not that of the sentence, because the clocks changed in between.
class ClockWords {
 public:
  ClockWords(const UtcOffsets& offsets, Time of_sentence)
      : offsets_(offsets),
        offset_(offsets.at(of_sentence)),
        today_(day_of(of_sentence + offset_)),
        day_(today_) {}

  // "06:00:12", "22 Nov 06:00:12"
  std::string second(Time time);
  // The same without seconds where there are none.
  std::string minute(Time time);
  // "06:00–06:05", "22 Nov 23:55–00:02"
  std::string span(Time from, Time to);

 private:
  std::string day_before(Time time);
  std::string offset_behind(Time time) const;

  UtcOffsets offsets_;
  std::chrono::minutes offset_;
  Day today_;
  Day day_;  // that was named last
};

}  // namespace hb
