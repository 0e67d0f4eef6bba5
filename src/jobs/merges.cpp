// The merges: copies of one document in, the document to put out.

#include "documents/alerts.hpp"
#include "documents/latest.hpp"
#include "event/handlers.hpp"

namespace hb {
namespace {

Done put_merged(const MergeCopies& merge, std::string bytes, bool damaged) {
  Done done;
  const auto& copies = merge.copies;
  if (damaged) {
    done.logs.push_back(
        {Level::error, std::string(key_name(merge.key)) + " is damaged; what can be read of it is kept (" +
                           std::to_string(copies.empty() ? 0 : copies[0].size()) + " bytes)"});
  }
  const bool is_stored_already = !copies.empty() && copies[0] == bytes;
  if (!is_stored_already) done.puts.push_back({.key = merge.key, .bytes = std::move(bytes)});
  return done;
}

}  // namespace

Outcome merge_copies(const Context& context) {
  const auto& [config, page, event, session] = context;
  const auto& merge = std::get<MergeCopies>(event.trigger);
  if (merge.key == Key::latest) {
    auto [bytes, damaged] = merge_latest(config, event.now, merge.copies);
    return put_merged(merge, std::move(bytes), damaged);
  }
  auto [bytes, damaged] = merge_alerts(config.notifications.alert_history, event.now, merge.copies);
  return put_merged(merge, std::move(bytes), damaged);
}

}  // namespace hb
