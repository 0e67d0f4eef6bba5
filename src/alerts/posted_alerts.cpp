#include "alerts/posted_alerts.hpp"

#include <algorithm>

#include "text/json_writer.hpp"

namespace hb {
namespace {

std::string counted(size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string summary(const AlertReport& report) {
  const std::string received = counted(report.alerts.size(), "alert") + " received";
  const size_t repeats = report.alerts.size() - report.new_alerts;
  return repeats == 0 ? received : received + ", " + std::to_string(repeats) + " of them known already";
}

// What is wrong, channel by channel: what the alerts asked for and cannot have, then what providers refused.
std::vector<Delivery> failures_of(const AlertReport& report) {
  std::vector<Delivery> out;
  for (const PostedAlert& posted : report.alerts) {
    for (const auto& [name, reason] : posted.to.unfit) {
      const Delivery failure{name, reason};
      if (std::find(out.begin(), out.end(), failure) == out.end()) out.push_back(failure);
    }
  }
  std::copy_if(report.deliveries.begin(), report.deliveries.end(), std::back_inserter(out),
               [](const Delivery& delivery) { return !delivery.error.empty(); });
  return out;
}

}  // namespace

std::variant<std::vector<PostedAlert>, Error> posted_alerts(const Context& context) {
  static constexpr size_t kMostBytes = 1'048'576;
  if (context.request().body.size() > kMostBytes)
    return Error{413, "The body must have at most 1048576 bytes"};
  auto parsed = parse_alerts(context.request().body);
  if (const auto* error = std::get_if<Error>(&parsed)) return *error;
  std::vector<PostedAlert> posted;
  for (ExternalAlert& alert : std::get<std::vector<ExternalAlert>>(parsed)) {
    ExternalChannels to = external_channels(context.config, alert);
    posted.push_back({std::move(alert), std::move(to)});
  }
  return posted;
}

std::string print_report(const Config& config, const AlertReport& report) {
  const std::vector<Delivery> failures = failures_of(report);
  JsonWriter json;
  json.begin_object().member("success", true).member("message", summary(report));
  json.member("alertTitle", report.alerts.front().alert.title).key("channelsSent").begin_array();
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
  return std::any_of(queue.queued.begin(), queue.queued.end(), [&](const QueuedMessage& item) {
    const MessageKind kind = item.message.kind;
    return item.queued_at >= at && (kind == MessageKind::alert || kind == MessageKind::digest);
  });
}

std::vector<std::string> channel_names_of(const Config& config,
                                          const std::vector<Announcement>& announcements) {
  std::vector<std::string> names;
  for (const Channel& channel : config.notifications.channels) {
    const bool is_named = std::any_of(announcements.begin(), announcements.end(),
                                      [&](const Announcement& one) { return one.channel == channel.name; });
    if (is_named) names.push_back(channel.name);
  }
  return names;
}

}  // namespace hb
