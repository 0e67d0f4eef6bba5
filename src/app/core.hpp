// The whole program behind one door: configured once, then events in, outcomes out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "alerts/alert_body.hpp"
#include "config/config.hpp"
#include "event/event.hpp"
#include "page/page.hpp"

namespace hb {

// As many bytes of a body as anybody looks at: one more than the most that alerts may have.
inline constexpr size_t kBodyLimit = kMostAlertBytes + 1;

class Core {
 public:
  Core(ParsedConfig parsed, PageTemplate page);

  // A pure function of the configuration and the event. With a faulty configuration every request is answered
  // with 500 and the faults are logged.
  Outcome step(const Event& event) const;

 private:
  const Config config_;
  const std::vector<Fault> faults_;
  const PageTemplate page_;
};

}  // namespace hb
