#include "config.hpp"

#include <algorithm>

#include "config_files.hpp"
#include "secrets.hpp"

namespace hb {
namespace {

// "line 12, column 5", in characters.
std::string line_and_column(std::string_view before) {
  const size_t line_start = before.rfind('\n') + 1;  // 0 in the first line
  const std::string_view line = before.substr(line_start);
  const auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return "line " + std::to_string(1 + std::count(before.begin(), before.end(), '\n')) + ", column " +
         std::to_string(1 + std::count_if(line.begin(), line.end(), is_first_byte));
}

// What is wrong with JSON before and at the place where it stops being JSON.
std::string what_is_wrong(std::string_view before, std::string_view rest) {
  const std::string_view given = trimmed(before);
  const char last = given.empty() ? '\0' : given.back();
  const char next = rest.empty() ? '\0' : rest.front();
  if (rest.empty()) return "the text ends here, but something is still open";
  if (next == '/' || next == '#') return "comments and trailing commas are not allowed";
  if (last == ',' && (next == '}' || next == ']')) {
    return "nothing follows the comma before it; comments and trailing commas are not allowed";
  }
  if (next == '\'') return "texts and names stand in double quotes";
  const bool is_value_behind = last == '"' || last == '}' || last == ']' || (last >= '0' && last <= '9');
  if (next == '"' && is_value_behind) return "a comma is missing before it, or a quote is one too many";
  if (next == '"')
    return "a text is not JSON in UTF-8; it must end in its line, with \\ only before \" \\ / b f n r t u";
  return "this is not JSON";
}

Fault syntax_fault(std::string_view name, std::string_view text) {
  const std::string file(name);
  if (trimmed(text).empty()) return {file, "", "is empty; a file that says nothing is {}"};
  const size_t zero = text.find('\0');
  const auto at = zero == text.npos ? json_fault(text) : std::optional(zero);
  if (!at) return {file, "", "is nested deeper than " + std::to_string(kMaxDepth) + " levels"};
  const std::string_view before = text.substr(0, *at);
  return {file, line_and_column(before), what_is_wrong(before, text.substr(*at))};
}

// A file, read as JSON. Its fields point into it.
class File {
 public:
  File(std::string_view name, std::string_view text, Findings& findings)
      : name_(name), json_(parse_json(text)) {
    if (!json_) findings.faults.push_back(syntax_fault(name, text));
    findings_ = &findings;
  }

  bool is_json() const { return json_.has_value(); }
  Field top() const { return {json_ ? &*json_ : nullptr, Place{.name = name_}, findings_}; }

 private:
  std::string_view name_;
  std::optional<Json> json_;
  Findings* findings_;
};

template <class T>
const T* known(const File& file, const T& content) {
  return file.is_json() ? &content : nullptr;
}

constexpr std::string_view kWebAddresses[] = {"URL", "WEBHOOKURL"};

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
    for (const std::string_view key : kWebAddresses) {
      const std::string_view url = credential(config.secrets, channel, key);
      if (!url.empty() && !is_https(url)) {
        warn(i, "is enabled, but the secret " + secret_name(channel.name, key) + " is not an https URL");
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
  const Known others{known(settings, config.settings), known(notifications, config.notifications)};
  Services read = read_services(services.top(), others);
  config.groups = std::move(read.groups);
  config.services = std::move(read.services);
  config.by_id = std::move(read.by_id);
  config.dashboard = read_dashboard(dashboard.top());

  warn_of_secrets(config, findings);
  warn_of_api_keys(config.secrets.api_keys, findings);
  parsed.faults = std::move(findings.faults);
  parsed.warnings = std::move(findings.warnings);
  return parsed;
}

}  // namespace hb
