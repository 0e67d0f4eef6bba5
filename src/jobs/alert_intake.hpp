// Alerts from outside are taken in, in the collector: entered in the history, queued for their channels, and
// sent at once as far as that is possible.
#pragma once

#include <optional>
#include <vector>

#include "alerts/external_channels.hpp"
#include "alerts/known_alerts.hpp"
#include "collector/collector_status.hpp"
#include "documents/alerts.hpp"
#include "documents/outbox.hpp"
#include "jobs/dispatch.hpp"
#include "notify/announcement.hpp"

namespace hb {

// The rows that an event has to have read for it, besides those of the known alerts.
std::vector<Range> intake_rows();

class AlertIntake {
 public:
  AlertIntake(const Config& config, const Event& event);

  KnownAlerts& known() { return known_; }
  CollectorStatus& status() { return status_; }
  const Outbox& outbox() const { return outbox_; }
  const std::vector<UnfitChannel>& unfit() const { return unfit_; }
  const std::vector<Announcement>& announcements() const { return announcements_; }

  // Whether the queues are short enough for more: where each alert is a message of its own, there may be more
  // in one minute than can be sent.
  bool has_room() const;

  void enter(const ExternalAlert& alert, std::optional<Time> again, Time posted);
  void announce(const ExternalAlert& alert, Time posted);

  // Queues what is announced, and leases what is due.
  std::vector<DeliveryId> send(Done& done);

  // All rows that changed.
  void put_rows(Done& done);

 private:
  const Config& config_;
  const Event& event_;
  Outbox outbox_;
  CollectorStatus status_;
  KnownAlerts known_;
  std::vector<Alert> entries_{};
  std::vector<Announcement> announcements_{};
  std::vector<UnfitChannel> unfit_{};
};

}  // namespace hb
