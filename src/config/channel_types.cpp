#include "config/channel_types.hpp"

#include <algorithm>

#include "config/reader.hpp"
#include "config/rules.hpp"
#include "config/secrets.hpp"
#include "text/ascii.hpp"
#include "text/base64.hpp"

namespace hb {
namespace {

constexpr std::string_view kProviders[] = {"mailgun", "resend", "cloudflare"};
constexpr std::string_view kRegions[] = {"us", "eu"};
constexpr std::string_view kMethods[] = {"POST", "PUT"};
constexpr std::string_view kSecretPrefix = "whsec_";

std::vector<std::string> read_addresses(const Field& list) {
  auto out = texts(list, kAddress).value_or(std::vector<std::string>());
  if (list && list.json->is_array() && elements(*list.json).empty()) {
    list.fault("must have at least one address");
  }
  return out;
}

std::map<std::string, std::string> read_headers(const Field& field) {
  std::map<std::string, std::string> out;
  each_member_of(field, [&](const std::string& name, const Field& value) {
    if (!kHeaderName.holds(name)) value.fault("must be " + std::string(kHeaderName.expected));
    if (auto content = text(value, kHeaderValue)) out.emplace(name, *std::move(content));
  });
  return out;
}

// Nothing leaves unencrypted, unless it does not leave the machine.
bool is_sendable(std::string_view url) {
  static constexpr std::string_view kLocal[] = {"http://127.0.0.1", "http://localhost", "http://[::1]"};
  const auto is_at = [url](std::string_view host) {
    return url.starts_with(host) &&
           (url.size() == host.size() || url[host.size()] == ':' || url[host.size()] == '/');
  };
  return is_https(url) || std::any_of(std::begin(kLocal), std::end(kLocal), is_at);
}

bool has_path(std::string_view url) {
  const size_t slash = url.find('/', url.find("://") + 3);
  return slash != url.npos && url.find_first_not_of('/', slash) != url.npos;
}

// Of the value of a credential; empty when it will do.
std::string_view fault_of(CredentialRule::Kind kind, std::string_view value) {
  using enum CredentialRule::Kind;
  if (kind == web_address && !is_sendable(value)) return "is not an https URL";
  if (kind == topic_address && !(is_sendable(value) && has_path(value)))
    return "is not an https URL with a topic, as in https://ntfy.sh/topic";
  if (kind == signing_secret && !signing_key(value)) return "is not base64 behind whsec_";
  if (kind == header && !kHeaderValue.holds(value)) return "is not one line of ASCII text";
  return {};
}

}  // namespace

namespace channel_types {

void read_email(Object& config, Channel& channel) {
  const Field provider = config.required("provider", "\"mailgun\", \"resend\" or \"cloudflare\"");
  const Field from = config.required("from", "the address that mails come from");
  channel.provider = word(provider, kProviders).value_or("");
  channel.region = config.word("region", kRegions, channel.region);
  channel.from = text(from, kAddress).value_or("");
  channel.to = read_addresses(config.required("to", "the list of addresses that are written to"));
}

void read_webhook(Object& config, Channel& channel) {
  channel.method = config.word("method", kMethods, channel.method);
  channel.headers = read_headers(config.member("headers"));
  channel.auth_header = config.text("authHeader", kHeaderName, channel.auth_header);
  channel.body = config.text("body", kText, "");
}

void read_telegram(Object& config, Channel& channel) {
  const int thread = config.integer("threadId", {1, 2'147'483'647}, 0);
  if (thread > 0) channel.thread = std::to_string(thread);
}

void read_discord(Object& config, Channel& channel) {
  channel.posts_to_forum = config.flag("forum", false);
}

void read_pagerduty(Object& config, Channel& channel) {
  channel.region = config.word("region", kRegions, channel.region);
}

void read_opsgenie(Object& config, Channel& channel) {
  static constexpr std::string_view kSites[] = {"us", "eu", "jira"};
  channel.region = config.word("region", kSites, channel.region);
}

void read_zulip(Object& config, Channel& channel) {
  channel.stream =
      text(config.required("stream", "the name of the channel that messages go to"), kName).value_or("");
  channel.topic = config.text("topic", kLine, "");
}

void read_apprise(Object& config, Channel& channel) {
  channel.tag = config.text("tag", kLine, "");
}

}  // namespace channel_types

std::optional<size_t> channel_type(std::string_view name) {
  for (size_t i = 0; i < kChannelTypes.size(); ++i) {
    if (kChannelTypes[i].name == name) return i;
  }
  return std::nullopt;
}

bool keeps_incidents(const Channel& channel) {
  const auto type = channel_type(channel.type);
  return type && kChannelTypes[*type].keeps_incidents;
}

std::vector<const CredentialRule*> credentials_of(const Channel& channel) {
  std::vector<const CredentialRule*> out;
  const auto type = channel_type(channel.type);
  if (!type) return out;
  for (const CredentialRule& rule : kChannelTypes[*type].credentials) {
    if (rule.provider.empty() || rule.provider == channel.provider) out.push_back(&rule);
  }
  return out;
}

bool is_credential(std::string_view name) {
  const std::string small = lower(name);
  return std::any_of(kChannelTypes.begin(), kChannelTypes.end(), [&](const ChannelType& type) {
    return std::any_of(type.credentials.begin(), type.credentials.end(),
                       [&](const CredentialRule& rule) { return lower(rule.key) == small; });
  });
}

std::vector<std::string> missing_secrets(const Secrets& secrets, const Channel& channel) {
  std::vector<std::string> out;
  for (const CredentialRule* rule : credentials_of(channel)) {
    const bool is_needed = rule->need == CredentialRule::Need::required;
    if (is_needed && credential(secrets, channel, rule->key).empty()) {
      out.push_back(secret_name(channel.name, rule->key));
    }
  }
  return out;
}

std::optional<std::string> channel_fault(const Config& config, const Channel& channel) {
  const auto missing = missing_secrets(config.secrets, channel);
  if (!missing.empty()) return "The secret " + missing.front() + " is not set";
  for (const CredentialRule* rule : credentials_of(channel)) {
    const std::string_view value = credential(config.secrets, channel, rule->key);
    const std::string_view fault = value.empty() ? std::string_view() : fault_of(rule->kind, value);
    if (!fault.empty())
      return "The secret " + secret_name(channel.name, rule->key) + " " + std::string(fault);
  }
  return std::nullopt;
}

std::optional<std::string> signing_key(std::string_view secret) {
  if (secret.starts_with(kSecretPrefix)) secret.remove_prefix(kSecretPrefix.size());
  auto key = base64_decoded(secret);
  return key && !key->empty() ? key : std::nullopt;
}

}  // namespace hb
