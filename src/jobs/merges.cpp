// The merges: copies of one document in, the document to put out.

#include "documents/alerts.hpp"
#include "documents/latest.hpp"
#include "event/handlers.hpp"

namespace hb {
namespace {

Outcome put_merged(const Context& context, Key key, std::string bytes, bool damaged) {
  Outcome outcome;
  const auto& parts = context.event.parts;
  if (damaged) {
    outcome.logs.push_back(
        {Level::error, std::string(key_name(key)) + " is damaged; what can be read of it is kept (" +
                           std::to_string(parts.empty() ? 0 : parts[0].size()) + " bytes)"});
  }
  const bool is_stored_already = !parts.empty() && parts[0] == bytes;
  if (!is_stored_already) outcome.puts.push_back({key, std::move(bytes)});
  return outcome;
}

}  // namespace

Outcome merge_latest_document(const Context& context) {
  auto [bytes, damaged] = merge_latest(context.config, context.event.now, context.event.parts);
  return put_merged(context, Key::latest, std::move(bytes), damaged);
}

Outcome merge_alerts_document(const Context& context) {
  const AlertHistory& limits = context.config.notifications.alert_history;
  auto [bytes, damaged] = merge_alerts(limits, context.event.now, context.event.parts);
  return put_merged(context, Key::alerts, std::move(bytes), damaged);
}

}  // namespace hb
