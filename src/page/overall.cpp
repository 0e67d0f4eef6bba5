#include "page/overall.hpp"

#include <cstring>

#include "page/number.hpp"

namespace hb {
namespace {

Status worst(const Counts& counts) {
  if (counts.down > 0) return Status::down;
  if (counts.degraded > 0) return Status::degraded;
  return counts.unknown > 0 ? Status::unknown : Status::up;
}

std::string all_alike(int total, std::string_view word) {
  if (total == 1) return "The service is " + std::string(word);
  return (total == 2 ? "Both" : "All " + grouped(total)) + " services are " + std::string(word);
}

// Worst first.
std::string some(const Counts& counts) {
  std::string out;
  const auto add = [&](int count, std::string_view word) {
    if (count == 0) return;
    const bool is_first = out.empty();
    (out += is_first ? "" : ", ") += grouped(count);
    if (is_first) out += " of " + grouped(counts.total) + (count == 1 ? " services is" : " services are");
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

// As a clause about the past: "both services were up".
std::string in_the_past(std::string sentence) {
  for (const auto& [is, was] : {std::pair{" is ", " was "}, {" are ", " were "}}) {
    if (const size_t at = sentence.find(is); at != sentence.npos) sentence.replace(at, strlen(is), was);
  }
  if (sentence[0] >= 'A' && sentence[0] <= 'Z') sentence[0] += 'a' - 'A';
  return sentence;
}

}  // namespace

bool is_old(const Config& config, const CurrentStatus& status, Time now) {
  return status.timestamp && now - *status.timestamp > stale_after(config);
}

Overall overall(const Config& config, const CurrentStatus* status, Time now) {
  if (status == nullptr) return {Status::unknown, "The monitor’s storage cannot be read right now"};
  if (!status->timestamp) return {Status::unknown, "Waiting for the first check"};
  if (status->services.empty()) return {Status::unknown, "No services are configured yet"};
  if (!is_old(config, *status, now)) return {worst(status->counts), sentence(status->counts)};
  const auto age = std::chrono::floor<std::chrono::minutes>(now - *status->timestamp);
  return {Status::unknown, humanized(age) + " old: " + in_the_past(sentence(status->counts))};
}

}  // namespace hb
