// A round of delivery in a handler: which sends leave with its outcome, and the answers to them afterwards.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collector/write_ahead_log.hpp"
#include "documents/monitor_document.hpp"
#include "documents/outbox.hpp"
#include "event/event.hpp"
#include "notify/outbox_enqueue.hpp"
#include "notify/outbox_results.hpp"

namespace hb {

// Which message a send is.
struct DeliveryId {
  std::string channel{};
  std::string id{};

  bool operator==(const DeliveryId&) const = default;
};

// Leases what is due and adds its sends to `done`, in the order of the delivery ids. The outbox has to be
// written with it.
std::vector<DeliveryId> lease(const Config& config, const Event& event, Outbox& outbox, Done& done);

// As text that crosses from one round to the next.
std::string write_delivery_ids(const std::vector<DeliveryId>& delivery_ids);
std::vector<DeliveryId> read_delivery_ids(std::string_view text);

// Records the results of the answers, which are in the order of the delivery ids, and logs what was not good.
RecordedResults take_answers(const Config& config, const Event& event,
                             const std::vector<DeliveryId>& delivery_ids, Outbox& outbox, Done& done);

// The same in the collector: the outbox is the row as it is by now, and written again with the outcome; the
// session counts what was sent, and what was given up.
Outbox record_results_in_row(const Config& config, const Event& event,
                             const std::vector<DeliveryId>& delivery_ids, Session& session, Done& done);

// The call that shows a watcher of the monitor that a check was made, as the last of the outcome's sends,
// when the secret MONITOR_PING_URL is set.
void add_ping(const Config& config, Done& done);

// Logs a ping that came to nothing. It is the answer behind those of the delivery ids.
void note_ping(const Event& event, size_t delivery_ids, Done& done);

bool has_queued(const Outbox& outbox);

// What readers may see: their names, and since when they fail.
std::vector<FailingChannel> failing_channels(const Config& config, const Outbox& outbox);

void log_dropped(const std::vector<std::string>& sentences, Done& done);

}  // namespace hb
