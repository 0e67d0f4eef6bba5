// A message on its way to people, and what is known of the attempt to deliver it.
#pragma once

#include <string_view>

#include "config/config.hpp"
#include "documents/message.hpp"
#include "text/utc_offsets.hpp"

namespace hb {

struct SendOptions {
  Time at{};                // of the attempt
  UtcOffsets utc_offset{};  // of the configured time zone
  Form form = Form::full;
};

// A message on its way through one channel. It lasts for a call.
struct DeliveryAttempt {
  const Config& config;
  const Channel& channel;
  const Message& message;
  const SendOptions& options;

  std::string_view credential(std::string_view key) const;
};

}  // namespace hb
