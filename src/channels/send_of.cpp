#include "channels/send_of.hpp"

#include <algorithm>

#include "channels/discord.hpp"
#include "channels/email.hpp"
#include "channels/pagerduty.hpp"
#include "channels/pushover.hpp"
#include "channels/slack.hpp"
#include "channels/telegram.hpp"
#include "channels/webhook.hpp"
#include "config/rules.hpp"
#include "config/secrets.hpp"

namespace hb {
namespace {

using Make = Send (*)(const Telling& telling);

struct Type {
  std::string_view name;
  Make make;
};

constexpr Type kTypes[] = {{"discord", discord},    {"slack", slack},     {"telegram", telegram},
                           {"email", email},        {"webhook", webhook}, {"pushover", pushover},
                           {"pagerduty", pagerduty}};

// Nothing leaves unencrypted, unless it does not leave the machine.
bool is_sendable(std::string_view url) {
  static constexpr std::string_view kLocal[] = {"http://127.0.0.1", "http://localhost", "http://[::1]"};
  const auto is_at = [url](std::string_view host) {
    return url.starts_with(host) &&
           (url.size() == host.size() || url[host.size()] == ':' || url[host.size()] == '/');
  };
  return is_https(url) || std::any_of(std::begin(kLocal), std::end(kLocal), is_at);
}

// Of the value of a credential; empty when it will do.
std::string_view fault_of(std::string_view key, std::string_view value) {
  if (value.empty()) return {};
  if ((key == "URL" || key == "WEBHOOKURL") && !is_sendable(value)) return "is not an https URL";
  if (key == "SIGNINGSECRET" && !signing_key(value)) return "is not base64 behind whsec_";
  // They become parts of headers.
  if ((key == "AUTHTOKEN" || key == "APIKEY") && !kHeaderValue.holds(value))
    return "is not one line of ASCII text";
  return {};
}

}  // namespace

std::optional<std::string> channel_fault(const Config& config, const Channel& channel) {
  const auto missing = missing_secrets(config.secrets, channel);
  if (!missing.empty()) return "The secret " + missing.front() + " is not set";
  for (const std::string_view key : {"URL", "WEBHOOKURL", "SIGNINGSECRET", "AUTHTOKEN", "APIKEY"}) {
    const std::string_view fault = fault_of(key, credential(config.secrets, channel, key));
    if (!fault.empty()) return "The secret " + secret_name(channel.name, key) + " " + std::string(fault);
  }
  return std::nullopt;
}

std::variant<Send, Error> send_of(const Config& config, const Channel& channel, const Message& message,
                                  const Attempt& attempt) {
  if (auto fault = channel_fault(config, channel)) return Error{409, *std::move(fault)};
  for (const auto& [name, make] : kTypes) {
    if (name == channel.type) return make({config, channel, message, attempt});
  }
  return Error{500, "There is no such type of channel"};
}

}  // namespace hb
