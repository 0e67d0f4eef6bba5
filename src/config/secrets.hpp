// Keys and credentials: which key a heartbeat needs, and which secrets a channel.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"

namespace hb {

// Out of every variable and secret by its name.
Secrets read_secrets(const std::map<std::string, std::string>& env);

// The key of the service, else of its group, else of "*". A more specific one hides the others even when it
// is empty; an empty one is no key.
std::optional<std::string_view> expected_key(const Config& config, const Service& service);

// Takes as long as `given` is long, wherever the two differ. Empty text equals nothing.
bool equal_in_constant_time(std::string_view given, std::string_view expected);

// What follows the scheme Bearer, without blanks around it; empty for any other scheme.
std::string_view bearer(std::string_view authorization);

// The password behind the scheme Basic (RFC 7617), whoever the user; empty for any other scheme.
std::string basic_password(std::string_view authorization);

// "NOTIFICATION_ON_CALL_WEBHOOKURL" for the channel "on-call" and the key "webhookUrl".
std::string secret_name(std::string_view channel_name, std::string_view key);

// A credential of the channel by its short name, as in "WEBHOOKURL"; empty when it is not set.
std::string_view credential(const Secrets& secrets, const Channel& channel, std::string_view key);

}  // namespace hb
