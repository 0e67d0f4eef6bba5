#include "channels/providers.hpp"

#include <array>

#include "channels/apprise.hpp"
#include "channels/discord.hpp"
#include "channels/email.hpp"
#include "channels/googlechat.hpp"
#include "channels/gotify.hpp"
#include "channels/grafana.hpp"
#include "channels/incidentio.hpp"
#include "channels/matrix.hpp"
#include "channels/mattermost.hpp"
#include "channels/ntfy.hpp"
#include "channels/opsgenie.hpp"
#include "channels/pagerduty.hpp"
#include "channels/pushover.hpp"
#include "channels/slack.hpp"
#include "channels/teams.hpp"
#include "channels/telegram.hpp"
#include "channels/twilio.hpp"
#include "channels/webhook.hpp"
#include "channels/zulip.hpp"
#include "config/channel_types.hpp"

namespace hb {
namespace {

// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
constexpr std::string_view kDiscordFaults[] = {"unknown webhook", "invalid webhook token",
                                               "thread_name or thread_id", "threads in forum channels"};
// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors
constexpr std::string_view kSlackFaults[] = {"invalid_token",     "no_service",
                                             "no_team",           "no_active_hooks",
                                             "channel_not_found", "user_not_found",
                                             "action_prohibited", "channel_is_archived",
                                             "team_disabled",     "posting_to_general_channel_denied"};
// https://core.telegram.org/api/errors, as https://github.com/tdlib/telegram-bot-api words them.
constexpr std::string_view kTelegramFaults[] = {
    "chat not found",    "chat_id is empty",    "peer_id_invalid",    "user not found",
    "thread not found",  "group chat was",      "chat was deleted",   "topic_closed",
    "not enough rights", "no rights to send",   "need administrator", "chat_write_forbidden",
    "bot was kicked",    "bot is not a member", "topic_deleted"};
// https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages
// https://resend.com/docs/api-reference/errors
constexpr std::string_view kMailFaults[] = {"api key is invalid", "domain is not verified",
                                            "sandbox subdomain", "not allowed to send", "domain not found"};
// https://pushover.net/api#response
constexpr std::string_view kPushoverFaults[] = {"user identifier", "user key", "application token",
                                                "token is invalid"};
// https://developer.pagerduty.com/docs/send-alert-event
constexpr std::string_view kPagerdutyFaults[] = {"routing_key", "routing key"};

// A workflow that was switched off: https://learn.microsoft.com/en-us/troubleshoot/power-platform/power-automate/
constexpr std::string_view kTeamsFaults[] = {"not enabled", "disabled"};
// https://developers.google.com/workspace/chat/quickstart/webhooks
constexpr std::string_view kGoogleChatFaults[] = {"api key not valid", "invalid token", "invalid space"};
// https://github.com/mattermost/mattermost/blob/master/server/i18n/en.json, web.incoming_webhook
constexpr std::string_view kMattermostFaults[] = {"invalid webhook", "couldn't find the channel",
                                                  "incoming webhooks have been disabled"};
// https://docs.rocket.chat/docs/integrations
constexpr std::string_view kRocketChatFaults[] = {"invalid integration", "invalid-channel",
                                                  "invalid channel"};
// https://zulip.com/api/rest-error-handling
constexpr std::string_view kZulipFaults[] = {"does not exist", "not authorized to send", "invalid api key",
                                             "malformed api key", "not subscribed"};
// https://docs.opsgenie.com/docs/response
constexpr std::string_view kOpsgenieFaults[] = {"key format is not valid", "could not authenticate"};
// https://www.twilio.com/docs/api/errors: 21211, 21212, 21606, 21608, 21610, 21703
constexpr std::string_view kTwilioFaults[] = {
    "not a valid phone number", "'from'", "'to'", "unverified", "unsubscribed", "messaging service"};

constexpr std::array<Provider, kChannelTypes.size()> kProviders = {
    {{"discord", discord, "message", kDiscordFaults},
     {"slack", slack, kWholeBody, kSlackFaults, slack_meaning},
     {"telegram", telegram, "description", kTelegramFaults, telegram_meaning},
     {"email", email, "message", kMailFaults, email_meaning},
     {"webhook", webhook},
     {"pushover", pushover, "errors", kPushoverFaults, pushover_meaning},
     {"pagerduty", pagerduty, "errors", kPagerdutyFaults},
     {"ntfy", ntfy, "error"},
     {"teams", teams, "error.message", kTeamsFaults},
     {"googlechat", googlechat, "error.message", kGoogleChatFaults},
     {"matrix", matrix, "error"},
     {"mattermost", mattermost, "message", kMattermostFaults},
     {"rocketchat", rocketchat, "error", kRocketChatFaults},
     {"zulip", zulip, "msg", kZulipFaults},
     {"gotify", gotify, "errorDescription"},
     {"opsgenie", opsgenie, "message", kOpsgenieFaults},
     {"grafana", grafana},
     {"incidentio", incidentio, "errors"},
     {"twilio", twilio, "message", kTwilioFaults},
     {"apprise", apprise, "error", {}, apprise_meaning}}};

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
