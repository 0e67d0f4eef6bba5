#include "page/overall.hpp"

namespace hb {
namespace {

Status worst(const Counts& counts) {
  if (counts.down > 0) return Status::down;
  if (counts.degraded > 0) return Status::degraded;
  return counts.unknown > 0 ? Status::unknown : Status::up;
}

std::string all_alike(int total, std::string_view word) {
  if (total == 1) return "The service is " + std::string(word);
  return (total == 2 ? "Both" : "All " + std::to_string(total)) + " services are " + std::string(word);
}

// Worst first.
std::string some(const Counts& counts) {
  std::string out;
  const auto add = [&](int count, std::string_view word) {
    if (count == 0) return;
    const bool is_first = out.empty();
    (out += is_first ? "" : ", ") += std::to_string(count);
    if (is_first)
      out += " of " + std::to_string(counts.total) + (count == 1 ? " services is" : " services are");
    (out += ' ') += word;
  };
  add(counts.down, "down");
  add(counts.degraded, "degraded");
  add(counts.unknown, "unknown");
  return out;
}

std::string sentence(const Counts& counts) {
  for (const auto& [count, word] : {std::pair{counts.up, "up"},
                                    {counts.degraded, "degraded"},
                                    {counts.down, "down"},
                                    {counts.unknown, "unknown"}}) {
    if (count == counts.total) return all_alike(count, word);
  }
  return some(counts);
}

}  // namespace

Overall overall(const CurrentStatus* status) {
  if (status == nullptr) return {Status::unknown, "The monitor’s storage cannot be read right now"};
  if (!status->timestamp) return {Status::unknown, "Waiting for the first check"};
  if (status->services.empty()) return {Status::unknown, "No services are configured yet"};
  return {worst(status->counts), sentence(status->counts)};
}

}  // namespace hb
