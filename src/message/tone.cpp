#include "message/tone.hpp"

#include <string_view>

namespace hb {
namespace {

Tone tone_of_severity(std::string_view severity) {
  if (severity == "critical" || severity == "error") return Tone::bad;
  return severity == "warning" ? Tone::warning : Tone::info;
}

Tone tone_of_status(std::string_view status) {
  if (status == "down" || status == "firing") return Tone::bad;
  if (status == "degraded") return Tone::warning;
  return status == "up" ? Tone::good : Tone::info;
}

}  // namespace

bool is_recovery(const Message& message) {
  switch (message.kind) {
    case MessageKind::up:
    case MessageKind::resolved_by_removal:
      return true;
    case MessageKind::alert:
    case MessageKind::notice:
    case MessageKind::test:
      return message.status == "resolved" || message.status == "up";
    default:
      return false;
  }
}

Tone tone(const Message& message) {
  switch (message.kind) {
    case MessageKind::down:
      return Tone::bad;
    case MessageKind::degraded:
      return Tone::warning;
    case MessageKind::up:
      return Tone::good;
    case MessageKind::resolved_by_removal:
      return Tone::info;
    default:
      if (is_recovery(message)) return Tone::good;
      return message.severity.empty() ? tone_of_status(message.status) : tone_of_severity(message.severity);
  }
}

}  // namespace hb
