// POST /api/test-notification: one real message through one channel, and what its provider said.

#include <algorithm>

#include "channels/provider_answer.hpp"
#include "channels/send_of.hpp"
#include "documents/last_heartbeat.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

struct Wanted {
  std::string type{};
  std::string name{};
  std::string status{};  // up, degraded, down, or empty
};

std::variant<Wanted, Error> parse_wanted(std::string_view body) {
  const auto json = parse_json(body);
  if (!json || !json->is_object()) return Error{400, "The body must be a JSON object"};
  Wanted wanted;
  for (const auto& [name, text] : {std::pair{"channelType", &wanted.type},
                                   {"channelName", &wanted.name},
                                   {"eventType", &wanted.status}}) {
    const Json* found = member(*json, name);
    if (found != nullptr && !found->is_string()) return Error{400, std::string(name) + " must be text"};
    if (found != nullptr) *text = *as_string(*found);
  }
  if (wanted.type.empty() && wanted.name.empty())
    return Error{400, "channelType or channelName must say which channel is meant"};
  const bool is_event = wanted.status == "up" || wanted.status == "degraded" || wanted.status == "down";
  if (!wanted.status.empty() && wanted.status != "test" && !is_event)
    return Error{400, "eventType must be test, up, degraded or down"};
  if (!is_event) wanted.status.clear();
  return wanted;
}

bool is_meant(const Channel& channel, const Wanted& wanted) {
  return (wanted.name.empty() || channel.name == wanted.name) &&
         (wanted.type.empty() || channel.type == wanted.type);
}

// Of several the first that is enabled.
const Channel* find_channel(const Config& config, const Wanted& wanted) {
  const Channel* found = nullptr;
  for (const Channel& channel : config.notifications.channels) {
    if (!is_meant(channel, wanted)) continue;
    if (channel.enabled) return &channel;
    if (found == nullptr) found = &channel;
  }
  return found;
}

Message test_message(const Wanted& wanted, Time now) {
  return {.kind = MessageKind::test,
          .title = "Test message",
          .text = "If you can read this, the channel works",
          .severity = "info",
          .status = wanted.status,
          .timestamp = now,
          .service_name = "Example",
          .dedup_key = "test:" + std::to_string(to_ms(now))};
}

std::string print(const Config& config, const Channel& channel, const Answer& answer, Time now) {
  const Received received = hb::received(config, channel, answer, now);
  JsonWriter json;
  json.begin_object().member("success", received.result == DeliveryResult::accepted);
  json.member("channel", channel.name).member("type", channel.type).key("status");
  answer.status == 0 ? json.value(nullptr) : json.value(answer.status);
  if (!received.words.empty()) json.member("error", received.words);
  return json.end_object().take();
}

}  // namespace

Outcome post_test_notification(const Context& context) {
  const auto& [config, page, event, session] = context;
  const auto parsed = parse_wanted(event.request().body);
  if (const auto* error = std::get_if<Error>(&parsed)) return outcome_of(*error);
  const auto& wanted = std::get<Wanted>(parsed);
  const Channel* channel = find_channel(config, wanted);
  if (channel == nullptr) return outcome_of(Error{404, "There is no such channel"});
  if (!channel->enabled) return outcome_of(Error{409, "The channel " + channel->name + " is disabled"});
  if (!event.answers.empty())
    return outcome_of(json_reply(200, print(config, *channel, event.answers.front(), event.now)));
  auto made = send_of(config, *channel, test_message(wanted, event.now),
                      {.at = event.now, .utc_offset = event.utc_offset});
  if (const auto* error = std::get_if<Error>(&made)) return outcome_of(*error);
  return Done{.sends = {std::move(std::get<Send>(made))}};
}

}  // namespace hb
