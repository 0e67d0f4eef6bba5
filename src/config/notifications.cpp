// notifications.json: the channels, and how messages are told.
#include <algorithm>

#include "config/files.hpp"
#include "config/secrets.hpp"
#include "text/ascii.hpp"

namespace hb {
namespace {

constexpr std::string_view kProviders[] = {"mailgun", "resend", "cloudflare"};
constexpr std::string_view kRegions[] = {"us", "eu"};
constexpr std::string_view kMethods[] = {"POST", "PUT"};
constexpr std::string_view kCredentials[] = {"webhookurl", "bottoken",   "chatid",       "apikey",
                                             "domain",     "url",        "authtoken",    "userkey",
                                             "apitoken",   "routingkey", "signingsecret"};

// Credentials that stand where everybody sees them who reads the file.
void warn_of_credentials(const Field& config, Object& in, const Channel& channel) {
  if (!config) return;
  for (const auto& [name, value] : members(*config.json)) {
    const std::string key = lower(name);
    if (std::find(std::begin(kCredentials), std::end(kCredentials), key) == std::end(kCredentials)) continue;
    in.member(name).warn("is a credential: delete it here and put it into the secret " +
                         secret_name(channel.name, key));
  }
}

std::vector<std::string> read_addresses(const Field& list) {
  auto out = texts(list, kAddress).value_or(std::vector<std::string>());
  if (list && list.json->is_array() && elements(*list.json).empty()) {
    list.fault("must have at least one address");
  }
  return out;
}

void read_email(Object& in, Channel& channel) {
  const Field provider = in.required("provider", "\"mailgun\", \"resend\" or \"cloudflare\"");
  const Field from = in.required("from", "the address that mails come from");
  channel.provider = word(provider, kProviders).value_or("");
  channel.region = in.word("region", kRegions, channel.region);
  channel.from = text(from, kAddress).value_or("");
  channel.to = read_addresses(in.required("to", "the list of addresses that are written to"));
}

std::map<std::string, std::string> read_headers(const Field& field) {
  std::map<std::string, std::string> out;
  each_member_of(field, [&](const std::string& name, const Field& value) {
    if (!kHeaderName.holds(name)) value.fault("must be " + std::string(kHeaderName.expected));
    if (auto content = text(value, kHeaderValue)) out.emplace(name, *std::move(content));
  });
  return out;
}

void read_webhook(Object& in, Channel& channel) {
  channel.method = in.word("method", kMethods, channel.method);
  channel.headers = read_headers(in.member("headers"));
  channel.auth_header = in.text("authHeader", kHeaderName, channel.auth_header);
}

void read_channel_config(const Field& field, Object& in, Channel& channel) {
  if (channel.type == "email") read_email(in, channel);
  if (channel.type == "webhook") read_webhook(in, channel);
  warn_of_credentials(field, in, channel);
}

// What other monitors have in `config` counts there, too, but not in both places.
Field member_of_either(Object& channel, Object& config, std::string_view name) {
  const Field outer = channel.member(name);
  const Field inner = config.member(name);
  if (outer && inner) inner.fault("stands beside config already; delete one of the two");
  return outer ? outer : inner;
}

Channel read_channel(const Field& field) {
  Object in(field);
  const Field type = in.required("type", "what the channel talks to, as in \"discord\"");
  Channel out;
  out.type = word(type, kChannelTypes).value_or("");
  const bool is_email = out.type == "email";
  const Field config_field = is_email ? in.required("config", "provider, from and to") : in.member("config");
  Object config(config_field);
  const auto member = [&](std::string_view name) { return member_of_either(in, config, name); };
  out.name = text(member("name"), kName).value_or(out.type);
  out.enabled = flag(member("enabled")).value_or(out.enabled);
  out.external_alerts = flag(member("externalAlerts")).value_or(out.external_alerts);
  out.events = events(member("events")).value_or(out.events);
  read_channel_config(config_field, config, out);
  return out;
}

void check_prefix(const Field& field, const Channel& channel, std::map<std::string, std::string>& taken) {
  const auto [earlier, is_free] = taken.emplace(secret_name(channel.name, ""), channel.name);
  if (is_free || channel.name.empty()) return;
  field.fault("has a name, \"" + channel.name + "\", whose secrets begin with " + earlier->first +
              " like those of the channel \"" + earlier->second + "\"; give it another name");
}

std::vector<Channel> read_channels(const Field& list) {
  std::vector<Channel> out;
  std::map<std::string, std::string> taken;
  each_element_of(list, [&](const Field& field) {
    out.push_back(read_channel(field));
    check_prefix(field, out.back(), taken);
  });
  return out;
}

AlertHistory read_alert_history(const Field& field) {
  Object in(field);
  const AlertHistory usual{};
  return {.max_alerts = in.integer("maxAlerts", {1, 1'000}, usual.max_alerts),
          .max_age_days = in.integer("maxAgeDays", {1, 365}, usual.max_age_days)};
}

}  // namespace

NotificationSettings read_notifications(const Field& file) {
  Object in(file);
  Object settings(in.member("settings"));
  const NotificationSettings usual{};
  return {.enabled = in.flag("enabled", usual.enabled),
          .cooldown_minutes = settings.integer("cooldownMinutes", {0, 10'080}, usual.cooldown_minutes),
          .repeat_alert_minutes =
              settings.integer("repeatAlertMinutes", kRepeatMinutes, usual.repeat_alert_minutes),
          .include_metadata = settings.flag("includeMetadata", usual.include_metadata),
          .timezone = settings.text("timezone", kTimezone, usual.timezone),
          .digest_after = settings.integer("digestAfter", {1, 1'000}, usual.digest_after),
          .alert_history = read_alert_history(settings.member("alertHistory")),
          .templates = read_templates(in.member("templates")),
          .channels = read_channels(in.member("channels"))};
}

}  // namespace hb
