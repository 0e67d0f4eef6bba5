#include "config/severities.hpp"

#include <algorithm>
#include <iterator>

namespace hb {
namespace {

struct KnownWord {
  std::string_view word;  // plain
  std::string_view severity;
};

// What Prometheus' mixins, PagerDuty, Opsgenie, Grafana, Zabbix, Datadog, Nagios, syslog (RFC 5424), X.733 and
// the usual runbooks call it. docs/api.md has the same table.
constexpr KnownWord kWords[] = {
    {"critical", "critical"}, {"crit", "critical"},    {"fatal", "critical"},     {"emergency", "critical"},
    {"emerg", "critical"},    {"panic", "critical"},   {"alert", "critical"},     {"page", "critical"},
    {"disaster", "critical"}, {"blocker", "critical"}, {"urgent", "critical"},    {"severe", "critical"},
    {"highest", "critical"},  {"down", "critical"},    {"p0", "critical"},        {"p1", "critical"},
    {"sev0", "critical"},     {"sev1", "critical"},    {"s1", "critical"},        {"error", "error"},
    {"err", "error"},         {"high", "error"},       {"major", "error"},        {"fail", "error"},
    {"failed", "error"},      {"failure", "error"},    {"p2", "error"},           {"sev2", "error"},
    {"s2", "error"},          {"warning", "warning"},  {"warn", "warning"},       {"degraded", "warning"},
    {"medium", "warning"},    {"moderate", "warning"}, {"average", "warning"},    {"minor", "warning"},
    {"ticket", "warning"},    {"p3", "warning"},       {"sev3", "warning"},       {"s3", "warning"},
    {"info", "info"},         {"information", "info"}, {"informational", "info"}, {"notice", "info"},
    {"low", "info"},          {"lowest", "info"},      {"trivial", "info"},       {"debug", "info"},
    {"ok", "info"},           {"success", "info"},     {"resolved", "info"},      {"recovery", "info"},
    {"normal", "info"},       {"up", "info"},          {"cleared", "info"},       {"p4", "info"},
    {"p5", "info"},           {"sev4", "info"},        {"sev5", "info"},          {"s4", "info"},
    {"s5", "info"},           {"none", "none"}};

bool is_punctuation(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= ' ' ||
         (byte < 0x80 && std::string_view("-_.,:;/()[]{}#!\"'").find(c) != std::string_view::npos);
}

}  // namespace

std::string plain_word(std::string_view word) {
  std::string out;
  for (const char c : word) {
    if (is_punctuation(c)) continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  return out;
}

std::string_view severity_of(const Severities& added, std::string_view word) {
  const std::string plain = plain_word(word);
  if (const auto own = added.find(plain); own != added.end()) return own->second;
  const auto known = std::find_if(std::begin(kWords), std::end(kWords),
                                  [&](const KnownWord& one) { return one.word == plain; });
  if (known != std::end(kWords)) return known->severity;
  const auto other = added.find(kAnyOtherWord);
  return other == added.end() ? kSeverities[0] : std::string_view(other->second);
}

}  // namespace hb
