#include "api/own_documents.hpp"

#include "collector/checkpoint.hpp"
#include "collector/collector_status.hpp"
#include "collector/kv_relation.hpp"
#include "collector/rows.hpp"
#include "documents/latest.hpp"
#include "jobs/recording.hpp"

namespace hb {
namespace {

Notice loss_notice(const CollectorStatus& collector_status, Time now) {
  const Time since = collector_status.lost.value_or(now);
  return {"kv-lost",
          "KV has lost what was published; what is shown is the collector's own. The uptime of earlier days "
          "begins "
          "anew at " +
              humanized_time(since + kLossWaits) + ", unless it comes back or is restored before",
          since};
}

// As of the last checkpoint: strangers may ask, and the tail has thousands of rows.
std::string own_latest(const Context& context) {
  const std::string_view copies[] = {read_checkpoint(context.event.row(kLatestRow)).document};
  return merge_latest(context.config, context.event.now, copies).bytes;
}

std::string own_monitor_document(const Context& context) {
  const auto& [config, page, event, session] = context;
  const CollectorStatus collector_status = read_collector_status(event.row(kCollectorStatusRow), event.now);
  const CheckState state = read_state(config, event.now, event.row(kStateRow));
  if (!state.scheduled || !collector_status.at) return {};
  Summary summary = summary_of(config, state, read_outbox(event.row(kOutboxRow)), *collector_status.at);
  if (collector_status.last_day) summary.notices.push_back(loss_notice(collector_status, event.now));
  return write_monitor_document(config, collector_status.revision, write_summary(config, summary), "{}", {},
                                cells_of(config, state))
      .put.text();
}

Document document_of(std::string_view bytes) {
  return {bytes.empty() ? Document::State::absent : Document::State::found, bytes};
}

}  // namespace

bool lacks_what_was_published(const Context& context) {
  static constexpr size_t kHead = 4096;  // bytes, in which the summary begins
  const Document& data = context.document(Key::data);
  const bool is_there = data.state != Document::State::absent &&
                        data.bytes.substr(0, kHead).find("\"summary\":{") != std::string_view::npos;
  return context.event.role == Role::edge && !context.event.is_refused && !is_there;
}

Reads reads_of_status(const Context& context) {
  if (context.event.role != Role::collector) return {.documents = {Key::latest, Key::data}};
  Reads reads;
  for (const char* row : {kLatestRow, kStateRow, kCollectorStatusRow, kOutboxRow, kAlertsRow}) {
    reads.rows.push_back({row});
  }
  return reads;
}

OwnDocuments::OwnDocuments(const Context& context)
    : outer_(context),
      latest_(own_latest(context)),
      data_(own_monitor_document(context)),
      event_(context.event) {
  event_.documents = {document_of(latest_), document_of(data_), document_of(event_.row(kAlertsRow))};
}

}  // namespace hb
