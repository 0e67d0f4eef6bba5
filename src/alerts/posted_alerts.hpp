// POST /api/alert: what both ways of taking alerts, with the collector and without, have in common.
#pragma once

#include <string>
#include <vector>

#include "alerts/external_alert.hpp"
#include "alerts/external_channels.hpp"
#include "documents/outbox.hpp"
#include "event/context.hpp"
#include "event/http.hpp"
#include "notify/announcement.hpp"

namespace hb {

// An alert of the body and where it is to go.
struct PostedAlert {
  ExternalAlert alert{};
  ExternalChannels to{};
};

std::variant<std::vector<PostedAlert>, Error> posted_alerts(const Context& context);

// What one channel did with the messages of a post.
struct Delivery {
  std::string channel{};
  std::string error{};  // empty: it accepted them

  bool operator==(const Delivery&) const = default;
};

// The answer to a post of alerts.
struct AlertReport {
  std::vector<PostedAlert> alerts{};
  size_t new_alerts = 0;  // alerts that are no repeats
  std::vector<Delivery> deliveries{};
};

// The answer with everything that became of them.
std::string print_report(const Config& config, const AlertReport& report);

// Whether messages of a post that was taken in at `at` are still in the queue.
bool has_undelivered(const ChannelQueue& queue, Time at);

// The names of all channels that the alerts go to, each once.
std::vector<std::string> channel_names_of(const Config& config,
                                          const std::vector<Announcement>& announcements);

}  // namespace hb
