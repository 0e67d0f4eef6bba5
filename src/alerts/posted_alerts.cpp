#include "alerts/posted_alerts.hpp"

#include <algorithm>

#include "text/json_writer.hpp"

namespace hb {
namespace {

std::string counted(size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string summary(const AlertReport& report) {
  std::string out = counted(report.received, "alert") + " received";
  const size_t repeats = report.received - std::min(report.new_alerts, report.received);
  if (repeats > 0) out += ", " + std::to_string(repeats) + " of them known already";
  if (report.backlog == 1) out += "; 1 of them is stored and goes out with the next checks";
  if (report.backlog > 1)
    out += "; " + std::to_string(report.backlog) + " of them are stored and go out with the next checks";
  if (report.truncated > 0) out += "; " + counted(report.truncated, "more alert") + " left out by the sender";
  return out;
}

// What is wrong, channel by channel: what the alerts asked for and cannot have, then what providers refused.
std::vector<Delivery> failures_of(const AlertReport& report) {
  std::vector<Delivery> out;
  for (const auto& [name, reason] : report.unfit) out.push_back({name, reason});
  std::copy_if(report.deliveries.begin(), report.deliveries.end(), std::back_inserter(out),
               [](const Delivery& delivery) { return !delivery.error.empty(); });
  return out;
}

}  // namespace

void add_unfit(const std::vector<UnfitChannel>& more, std::vector<UnfitChannel>& unfit) {
  for (const UnfitChannel& one : more) {
    if (std::find(unfit.begin(), unfit.end(), one) == unfit.end()) unfit.push_back(one);
  }
}

std::string print_report(const Config& config, const AlertReport& report) {
  const std::vector<Delivery> failures = failures_of(report);
  JsonWriter json;
  json.begin_object().member("success", true).member("message", summary(report));
  json.member("alertTitle", report.title).key("channelsSent").begin_array();
  for (const auto& [channel, error] : report.deliveries) {
    if (error.empty()) json.value(channel);
  }
  json.end_array().key("channelsFailed").begin_array();
  for (const auto& [channel, error] : failures) {
    json.begin_object().member("channel", channel).member("error", error).end_object();
  }
  json.end_array().key("errors").begin_array();
  for (const auto& [channel, error] : failures) json.value(channel + ": " + error);
  if (!config.notifications.enabled) json.value("Notifications are switched off; the alert is only stored");
  return json.end_array().end_object().take();
}

// That another channel is broken may be queued here, too, and may wait.
bool has_undelivered(const ChannelQueue& queue, Time at) {
  return std::any_of(queue.troubles.begin(), queue.troubles.end(), [&](const Trouble& trouble) {
    if (!trouble.wanted || trouble.wanted->kind != MessageKind::alert) return false;
    return trouble.wanted->timestamp >= at || trouble.wanted_since >= at;
  });
}

std::vector<std::string> channel_names_of(const Config& config,
                                          const std::vector<Announcement>& announcements) {
  std::vector<std::string> names;
  for (const Channel& channel : config.notifications.channels) {
    const bool is_named =
        std::any_of(announcements.begin(), announcements.end(), [&](const Announcement& one) {
          return one.channel == channel.name && one.relation != Relation::corrects;
        });
    if (is_named) names.push_back(channel.name);
  }
  return names;
}

}  // namespace hb
