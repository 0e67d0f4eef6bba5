// POST /api/alert: what both ways of taking alerts, with the collector and without, have in common.
#pragma once

#include <string>
#include <vector>

#include "alerts/external_channels.hpp"
#include "documents/outbox.hpp"
#include "notify/announcement.hpp"

namespace hb {

inline constexpr int kRepostAfterSeconds = 60;

// What one channel did with the messages of a post.
struct Delivery {
  std::string channel{};
  std::string error{};  // empty: it accepted them

  bool operator==(const Delivery&) const = default;
};

// The answer to a post of alerts.
struct AlertReport {
  std::string title{};    // of the first alert
  size_t received = 0;    // alerts
  size_t new_alerts = 0;  // those that are no repeats
  size_t backlog = 0;     // those that the next checks take in
  size_t truncated = 0;   // those that the sender left out
  std::vector<UnfitChannel> unfit{};
  std::vector<Delivery> deliveries{};

  bool operator==(const AlertReport&) const = default;
};

// Each once.
void add_unfit(const std::vector<UnfitChannel>& more, std::vector<UnfitChannel>& unfit);

// The answer with everything that became of them.
std::string print_report(const Config& config, const AlertReport& report);

// Whether messages of a post that was taken in at `at` are still in the queue.
bool has_undelivered(const ChannelQueue& queue, Time at);

// The names of all channels that the alerts go to, each once.
std::vector<std::string> channel_names_of(const Config& config,
                                          const std::vector<Announcement>& announcements);

}  // namespace hb
