#include "alerts/known_alerts.hpp"

#include <algorithm>

#include "text/cursor.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

constexpr std::string_view kFiring = "firing";
constexpr std::string_view kResolved = "resolved";

KnownAlert read_one(Cursor& cursor) {
  KnownAlert one;
  cursor.expect('[');
  one.is_resolved = cursor.string_or_skip() == kResolved;
  cursor.expect(',');
  const int64_t starts_at = cursor.integer_or_skip();
  if (starts_at > 0) one.starts_at = from_ms(starts_at);
  cursor.expect(',');
  one.posted = from_ms(cursor.integer_or_skip());
  cursor.expect(']');
  return one;
}

}  // namespace

KnownAlerts read_known_alerts(std::string_view row, Time now) {
  KnownAlerts known;
  Cursor cursor(row);
  each_member(cursor, [&](std::string_view key) {
    Cursor value(cursor.value());
    const KnownAlert one = read_one(value);
    const bool is_lately = one.posted >= now - kKnownFor && is_plausible(one.posted, now);
    if (!value.bad() && is_lately) known.emplace(unescaped(key), one);
  });
  return known;
}

std::string write_known_alerts(const KnownAlerts& known) {
  JsonWriter json;
  json.begin_object();
  for (const auto& [key, one] : known) {
    json.key(key).begin_array().value(one.is_resolved ? kResolved : kFiring);
    json.value(one.starts_at ? to_ms(*one.starts_at) : 0).value(to_ms(one.posted)).end_array();
  }
  return json.end_object().take();
}

bool is_repeat(const KnownAlerts& known, const ExternalAlert& alert) {
  if (alert.fingerprint.empty()) return false;
  const auto found = known.find(alert_key(alert));
  if (found == known.end() || found->second.is_resolved != alert.is_resolved) return false;
  const auto& starts_at = found->second.starts_at;
  return !starts_at || !alert.starts_at || *starts_at == *alert.starts_at;
}

void remember(KnownAlerts& known, const ExternalAlert& alert, Time now) {
  if (alert.fingerprint.empty()) return;
  known[alert_key(alert)] = {alert.is_resolved, alert.starts_at, now};
  if (known.size() <= kMostKnown) return;
  known.erase(std::min_element(known.begin(), known.end(), [](const auto& one, const auto& other) {
    return one.second.posted < other.second.posted;
  }));
}

}  // namespace hb
