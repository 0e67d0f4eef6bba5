#include "config/config.hpp"

#include <algorithm>

#include "config/channel_types.hpp"
#include "config/dashboard.hpp"
#include "config/notifications.hpp"
#include "config/reader.hpp"
#include "config/secrets.hpp"
#include "config/services.hpp"
#include "config/settings.hpp"
#include "config/syntax.hpp"
#include "config/timing.hpp"

namespace hb {
namespace {

// A file, read as JSON. Its fields point into it.
class File {
 public:
  File(std::string_view name, std::string_view text, Findings& findings)
      : name_(name), json_(parse_json(text)) {
    if (!json_) findings.faults.push_back(syntax_fault(name, text));
    findings_ = &findings;
  }

  bool is_json() const { return json_.has_value(); }
  Field top() const { return {json_ ? &*json_ : nullptr, FieldPath{.name = name_}, findings_}; }

 private:
  std::string_view name_;
  std::optional<Json> json_;
  Findings* findings_;
};

template <class T>
const T* known(const File& file, const T& content) {
  return file.is_json() ? &content : nullptr;
}

// Without credentials a channel is allowed, but its messages fail.
void warn_of_secrets(const Config& config, Findings& findings) {
  if (!config.notifications.enabled) return;
  const auto warn = [&findings](size_t index, std::string text) {
    findings.warnings.push_back(
        {"notifications.json", "channels[" + std::to_string(index) + ']', std::move(text)});
  };
  for (size_t i = 0; i < config.notifications.channels.size(); ++i) {
    const Channel& channel = config.notifications.channels[i];
    if (!channel.enabled) continue;
    for (const std::string& name : missing_secrets(config.secrets, channel)) {
      warn(i, "is enabled, but the secret " + name + " is not set; its messages will fail");
    }
    for (const CredentialRule* rule : credentials_of(channel)) {
      const std::string_view url = credential(config.secrets, channel, rule->key);
      if (rule->kind == CredentialRule::Kind::web_address && !url.empty() && !is_https(url)) {
        warn(i,
             "is enabled, but the secret " + secret_name(channel.name, rule->key) + " is not an https URL");
      }
    }
  }
}

void warn_of_api_keys(const ApiKeys& keys, Findings& findings) {
  if (keys.state == ApiKeys::State::damaged) {
    findings.warnings.push_back(
        {"API_KEYS", "",
         "must be a JSON object of texts, as must API_KEYS_2 and so on; until then no "
         "heartbeat that needs a key is accepted"});
  }
  for (const std::string& id : keys.unusable) {
    findings.warnings.push_back(
        {"API_KEYS", id, "must be a key in quotes; until then it is as if there were none"});
  }
}

// FNV-1a of 64 bits (https://datatracker.ietf.org/doc/html/draft-eastlake-fnv), in hexadecimal digits.
std::string identity_of(const ConfigFiles& files) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  uint64_t hash = 0xcbf29ce484222325;
  for (const std::string_view file : {files.services, files.notifications, files.settings, files.dashboard}) {
    for (const char c : file) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    hash *= 0x100000001b3;  // the end of a file, as a zero byte
  }
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) out += kDigits[hash >> shift & 15];
  return out;
}

}  // namespace

std::string sentence(const Fault& fault) {
  return fault.file + ": " + (fault.path.empty() ? "" : fault.path + ": ") + fault.text;
}

ParsedConfig parse_config(const ConfigFiles& files) {
  Findings findings;
  const File settings("settings.json", files.settings, findings);
  const File notifications("notifications.json", files.notifications, findings);
  const File services("services.json", files.services, findings);
  const File dashboard("dashboard.json", files.dashboard, findings);

  ParsedConfig parsed;
  Config& config = parsed.config;
  config.secrets = read_secrets(files.env);
  config.identity = identity_of(files);
  config.settings = read_settings(settings.top());
  config.notifications = read_notifications(notifications.top());
  check_zone(config.notifications.timezone, lines_of(files.known_zones),
             notifications.top().member("settings").member("timezone"));
  const Known others{known(settings, config.settings), known(notifications, config.notifications),
                     files.known_zones};
  Services read = read_services(services.top(), others);
  config.groups = std::move(read.groups);
  config.services = std::move(read.services);
  config.by_id = std::move(read.by_id);
  config.zones = std::move(read.zones);
  config.dashboard = read_dashboard(dashboard.top());

  warn_of_secrets(config, findings);
  warn_of_api_keys(config.secrets.api_keys, findings);
  parsed.faults = std::move(findings.faults);
  parsed.warnings = std::move(findings.warnings);
  return parsed;
}

}  // namespace hb
