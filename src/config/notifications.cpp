#include "config/notifications.hpp"

#include <algorithm>
#include <array>

#include "config/channel_types.hpp"
#include "config/secrets.hpp"
#include "config/templates.hpp"

namespace hb {
namespace {

constexpr auto kTypeNames = [] {
  std::array<std::string_view, kChannelTypes.size()> names;
  std::transform(kChannelTypes.begin(), kChannelTypes.end(), names.begin(),
                 [](const ChannelType& type) { return type.name; });
  return names;
}();

// Credentials that stand where everybody sees them who reads the file.
void warn_of_credentials(const Field& config, Object& in, const Channel& channel) {
  if (!config) return;
  for (const auto& [name, value] : members(*config.json)) {
    if (!is_credential(name)) continue;
    in.member(name).warn("is a credential: delete it here and put it into the secret " +
                         secret_name(channel.name, name));
  }
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
  out.type = word(type, kTypeNames).value_or("");
  const std::optional<size_t> known = channel_type(out.type);
  const ChannelType row = known ? kChannelTypes[*known] : ChannelType{};
  const Field config_field =
      row.needs_config.empty() ? in.member("config") : in.required("config", row.needs_config);
  Object config(config_field);
  const auto member = [&](std::string_view name) { return member_of_either(in, config, name); };
  out.name = text(member("name"), kName).value_or(out.type);
  out.enabled = flag(member("enabled")).value_or(out.enabled);
  out.external_alerts = flag(member("externalAlerts")).value_or(out.external_alerts);
  out.events = events(member("events")).value_or(out.events);
  if (row.read != nullptr) row.read(config, out);
  warn_of_credentials(config_field, config, out);
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
