// Messages to a Slack incoming webhook: the headline as text, the rest as blocks beside a coloured bar.
// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send slack(const DeliveryAttempt& attempt);

// A 200 may say an error, in a word or in the JSON of what is compatible to Slack.
Meaning slack_meaning(const Channel& channel, const Answer& answer, const Json* json);

// The three characters that Slack's markup is made of:
// https://docs.slack.dev/messaging/formatting-message-text#escaping
void append_slack(std::string& out, std::string_view text);
// The same for text inside of markup: what would format it becomes a sign that only looks like it, for there is no
// escape. An underscore within a word formats nothing, and stays.
void append_plain_slack(std::string& out, std::string_view text);

}  // namespace hb
