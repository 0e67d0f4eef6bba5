#include "jobs/alert_intake.hpp"

#include <algorithm>

#include "alerts/posted_alerts.hpp"
#include "collector/rows.hpp"
#include "config/channel_types.hpp"
#include "notify/outbox_outgoing.hpp"

namespace hb {
namespace {

// What cannot leave with the next round waits better where it does not have to be read in each.
bool is_full(const Outbox& outbox, const Channel& channel) {
  const ChannelQueue* queue = find_queue(outbox, channel.name);
  const bool is_working = queue != nullptr && queue->health == ChannelHealth::healthy;
  return is_working && keeps_incidents(channel) && waiting(*queue) >= kMostSends;
}

}  // namespace

std::vector<Range> intake_rows() {
  return {{kCollectorStatusRow}, {kOutboxRow}, {kAlertsRow}, {kOldKnownRow}};
}

AlertIntake::AlertIntake(const Config& config, const Event& event)
    : config_(config),
      event_(event),
      outbox_(read_outbox(event.row(kOutboxRow))),
      status_(read_collector_status(event.row(kCollectorStatusRow), event.now)),
      known_(event, event.now) {}

bool AlertIntake::has_room() const {
  const auto& channels = config_.notifications.channels;
  return std::none_of(channels.begin(), channels.end(),
                      [&](const Channel& channel) { return channel.enabled && is_full(outbox_, channel); });
}

void AlertIntake::enter(const ExternalAlert& alert, std::optional<Time> again, Time posted) {
  entries_.push_back(history_entry(alert, again, posted));
}

void AlertIntake::announce(const ExternalAlert& alert, Time posted) {
  const ExternalChannels to = external_channels(config_, alert);
  add_unfit(to.unfit, unfit_);
  const Message message = alert_message(alert, posted);
  for (size_t i = 0; i < config_.notifications.channels.size(); ++i) {
    const Channel& channel = config_.notifications.channels[i];
    const bool is_taken = std::find(to.channels.begin(), to.channels.end(), i) != to.channels.end();
    if (channel.enabled)
      announcements_.push_back({channel.name, message, is_taken ? Relation::begins : Relation::corrects});
  }
}

std::vector<DeliveryId> AlertIntake::send(Done& done) {
  log_dropped(enqueue(config_, outbox_, announcements_, event_.now), done);
  return lease(config_, event_, outbox_, done);
}

void AlertIntake::put_rows(Done& done) {
  if (!entries_.empty()) {
    const std::string added = write_alerts(entries_);
    const std::string_view copies[] = {event_.row(kAlertsRow), added};
    const AlertHistory& limits = config_.notifications.alert_history;
    done.rows.push_back({kAlertsRow, merge_alerts(limits, event_.now, copies).bytes});
    ++status_.alerts;
    status_.is_urgent = true;
  }
  for (RowPut& row : known_.changed_rows()) done.rows.push_back(std::move(row));
  const auto put = [&](const char* row, std::string bytes) {
    if (bytes != event_.row(row)) done.rows.push_back({row, std::move(bytes)});
  };
  put(kOutboxRow, write_outbox(outbox_));
  put(kCollectorStatusRow, write_collector_status(status_));
}

}  // namespace hb
