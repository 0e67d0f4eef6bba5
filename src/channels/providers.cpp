#include "channels/providers.hpp"

#include <array>

#include "channels/discord.hpp"
#include "channels/email.hpp"
#include "channels/pagerduty.hpp"
#include "channels/pushover.hpp"
#include "channels/slack.hpp"
#include "channels/telegram.hpp"
#include "channels/webhook.hpp"
#include "config/channel_types.hpp"

namespace hb {
namespace {

constexpr std::array<Provider, kChannelTypes.size()> kProviders = {{{"discord", discord},
                                                                    {"slack", slack, slack_meaning},
                                                                    {"telegram", telegram, telegram_meaning},
                                                                    {"email", email, email_meaning},
                                                                    {"webhook", webhook},
                                                                    {"pushover", pushover, pushover_meaning},
                                                                    {"pagerduty", pagerduty}}};

constexpr bool are_rows_in_order() {
  for (size_t i = 0; i < kProviders.size(); ++i) {
    if (kProviders[i].type != kChannelTypes[i].name || kProviders[i].make == nullptr) return false;
  }
  return true;
}
static_assert(are_rows_in_order(), "a row for each type of kChannelTypes, in their order");

}  // namespace

const Provider* provider_of(const Channel& channel) {
  const auto type = channel_type(channel.type);
  return type ? &kProviders[*type] : nullptr;
}

}  // namespace hb
