// The types of channels, one row each: what the configuration knows of a type. What a type does with a
// message is its row in channels/providers.cpp.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"

namespace hb {

class Object;

struct CredentialRule {
  enum class Need { required, optional };
  enum class Kind {
    any,
    web_address,     // which a message may be sent to
    topic_address,   // the same, with a topic as the last part of its path
    signing_secret,  // as signing_key() takes it
    header           // a part of one
  };

  std::string_view key{};  // as in "WEBHOOKURL"
  Kind kind = Kind::any;
  Need need = Need::required;
  std::string_view provider{};  // of which alone it is; empty: of all
};

// What a template consists of: texts, and a list of texts with one switch each. No texts: there is none.
struct TemplateShape {
  std::span<const std::string_view> texts{};
  std::span<const std::string_view> listed{};  // of each element of "fields"; none: no such list
  std::string_view listed_flag{};
};

struct ChannelType {
  std::string_view name{};
  std::span<const CredentialRule> credentials{};
  TemplateShape shape{};
  void (*read)(Object& config, Channel& channel) = nullptr;  // its own members of `config`
  std::string_view needs_config{};  // what stands in `config` at least; empty: it may be left out
  // Its messages open incidents and close them: each is sent for itself, and the end is never left out.
  bool keeps_incidents = false;
};

namespace channel_types {

void read_email(Object& config, Channel& channel);
void read_webhook(Object& config, Channel& channel);
void read_telegram(Object& config, Channel& channel);
void read_discord(Object& config, Channel& channel);
void read_pagerduty(Object& config, Channel& channel);
void read_opsgenie(Object& config, Channel& channel);
void read_zulip(Object& config, Channel& channel);
void read_apprise(Object& config, Channel& channel);

using enum CredentialRule::Need;
using enum CredentialRule::Kind;

inline constexpr CredentialRule kWebhookUrl[] = {{"WEBHOOKURL", web_address}};
inline constexpr CredentialRule kTelegram[] = {{"BOTTOKEN"}, {"CHATID"}};
inline constexpr CredentialRule kEmail[] = {{"APIKEY", header, required, "mailgun"},
                                            {"DOMAIN", any, required, "mailgun"},
                                            {"APIKEY", header, required, "resend"}};
inline constexpr CredentialRule kWebhook[] = {
    {"URL", web_address}, {"SIGNINGSECRET", signing_secret, optional}, {"AUTHTOKEN", header, optional}};
inline constexpr CredentialRule kPushover[] = {{"USERKEY"}, {"APITOKEN"}};
inline constexpr CredentialRule kPagerduty[] = {{"ROUTINGKEY"}};
inline constexpr CredentialRule kNtfy[] = {{"URL", topic_address}, {"TOKEN", header, optional}};
inline constexpr CredentialRule kMatrix[] = {{"URL", web_address}, {"ROOMID"}, {"ACCESSTOKEN", header}};
inline constexpr CredentialRule kZulip[] = {{"URL", web_address}, {"BOTEMAIL"}, {"APIKEY", header}};
inline constexpr CredentialRule kGotify[] = {{"URL", web_address}, {"APPTOKEN", header}};
inline constexpr CredentialRule kUrl[] = {{"URL", web_address}};
inline constexpr CredentialRule kTwilio[] = {{"ACCOUNTSID"}, {"AUTHTOKEN"}, {"SENDER"}, {"RECIPIENT"}};
inline constexpr CredentialRule kOpsgenie[] = {{"APIKEY", header}};
inline constexpr CredentialRule kIncidentIo[] = {{"URL", web_address}, {"APITOKEN", header}};

inline constexpr std::string_view kTitleDescriptionFooter[] = {"title", "description", "footer"};
inline constexpr std::string_view kNameValue[] = {"name", "value"};
inline constexpr std::string_view kTextFooter[] = {"text", "footer"};
inline constexpr std::string_view kTitleValue[] = {"title", "value"};
inline constexpr std::string_view kMessage[] = {"message"};
inline constexpr std::string_view kSubjectBody[] = {"subject", "body"};
inline constexpr std::string_view kTitleMessage[] = {"title", "message"};
inline constexpr std::string_view kSummarySeverity[] = {"summary", "severity"};

}  // namespace channel_types

// In the order in which messages name them.
inline constexpr std::array kChannelTypes = {
    ChannelType{.name = "discord",
                .credentials = channel_types::kWebhookUrl,
                .shape = {channel_types::kTitleDescriptionFooter, channel_types::kNameValue, "inline"},
                .read = channel_types::read_discord},
    ChannelType{.name = "slack",
                .credentials = channel_types::kWebhookUrl,
                .shape = {channel_types::kTextFooter, channel_types::kTitleValue, "short"}},
    ChannelType{.name = "telegram",
                .credentials = channel_types::kTelegram,
                .shape = {.texts = channel_types::kMessage},
                .read = channel_types::read_telegram},
    ChannelType{.name = "email",
                .credentials = channel_types::kEmail,
                .shape = {.texts = channel_types::kSubjectBody},
                .read = channel_types::read_email,
                .needs_config = "provider, from and to"},
    ChannelType{
        .name = "webhook", .credentials = channel_types::kWebhook, .read = channel_types::read_webhook},
    ChannelType{.name = "pushover",
                .credentials = channel_types::kPushover,
                .shape = {.texts = channel_types::kTitleMessage}},
    ChannelType{.name = "pagerduty",
                .credentials = channel_types::kPagerduty,
                .shape = {.texts = channel_types::kSummarySeverity},
                .read = channel_types::read_pagerduty,
                .keeps_incidents = true},
    ChannelType{.name = "ntfy",
                .credentials = channel_types::kNtfy,
                .shape = {.texts = channel_types::kTitleMessage}},
    ChannelType{.name = "teams",
                .credentials = channel_types::kWebhookUrl,
                .shape = {.texts = channel_types::kTitleMessage}},
    ChannelType{.name = "googlechat",
                .credentials = channel_types::kWebhookUrl,
                .shape = {.texts = channel_types::kTitleMessage}},
    ChannelType{.name = "matrix",
                .credentials = channel_types::kMatrix,
                .shape = {.texts = channel_types::kTitleMessage}},
    ChannelType{.name = "mattermost",
                .credentials = channel_types::kWebhookUrl,
                .shape = {.texts = channel_types::kTitleMessage}},
    ChannelType{.name = "rocketchat",
                .credentials = channel_types::kWebhookUrl,
                .shape = {.texts = channel_types::kTitleMessage}},
    ChannelType{.name = "zulip",
                .credentials = channel_types::kZulip,
                .shape = {.texts = channel_types::kTitleMessage},
                .read = channel_types::read_zulip,
                .needs_config = "stream"},
    ChannelType{.name = "gotify",
                .credentials = channel_types::kGotify,
                .shape = {.texts = channel_types::kTitleMessage}},
    ChannelType{.name = "opsgenie",
                .credentials = channel_types::kOpsgenie,
                .shape = {.texts = channel_types::kTitleMessage},
                .read = channel_types::read_opsgenie,
                .keeps_incidents = true},
    ChannelType{.name = "grafana",
                .credentials = channel_types::kUrl,
                .shape = {.texts = channel_types::kTitleMessage},
                .keeps_incidents = true},
    ChannelType{.name = "incidentio",
                .credentials = channel_types::kIncidentIo,
                .shape = {.texts = channel_types::kTitleMessage},
                .keeps_incidents = true},
    ChannelType{
        .name = "twilio", .credentials = channel_types::kTwilio, .shape = {.texts = channel_types::kMessage}},
    ChannelType{.name = "apprise",
                .credentials = channel_types::kUrl,
                .shape = {.texts = channel_types::kTitleMessage},
                .read = channel_types::read_apprise},
};

// The position in kChannelTypes; absent when there is no such type.
std::optional<size_t> channel_type(std::string_view name);

bool keeps_incidents(const Channel& channel);

// The rules of the channel's own credentials.
std::vector<const CredentialRule*> credentials_of(const Channel& channel);

// Whether a member of this name, in whatever case of letters, is a credential of any type of channels.
bool is_credential(std::string_view name);

// The whole names of the secrets that the channel needs and does not have.
std::vector<std::string> missing_secrets(const Secrets& secrets, const Channel& channel);

// Why nothing can be sent through the channel until somebody repairs it: a missing credential, or one that is
// of no use. It names the secret, never its value.
std::optional<std::string> channel_fault(const Config& config, const Channel& channel);

// The key in a SIGNINGSECRET: base64, with `whsec_` in front or not. Absent when it is no such thing.
std::optional<std::string> signing_key(std::string_view secret);

}  // namespace hb
