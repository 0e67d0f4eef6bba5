#include "alerts/external_fields.hpp"

#include <algorithm>

#include "config/rules.hpp"
#include "message/wording.hpp"
#include "text/ascii.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"
#include "text/sha256.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

constexpr size_t kTitle = 300;
constexpr size_t kMessage = 4096;
constexpr size_t kSource = 100;
constexpr size_t kFingerprint = 200;
constexpr size_t kUrl = 2048;
constexpr size_t kLabelName = 100;
constexpr size_t kLabelValue = 500;
constexpr size_t kMaxChannels = 50;

void print_value(JsonWriter& json, const Json& value) {
  if (const auto text = as_string(value)) {
    json.value(shortened(*text, kLabelValue));
    return;
  }
  const std::string text = dump(value);
  // Too long to be kept as it is: a text with its beginning.
  if (text.size() > kLabelValue) {
    json.value(shortened(text, kLabelValue));
  } else {
    json.raw(text);
  }
}

// A name of the configuration may have blanks inside, not around it.
void add_name(std::vector<std::string>& out, std::string_view name) {
  name = trimmed(name);
  if (!name.empty() && out.size() < kMaxChannels) out.push_back(shortened(name, kSource));
}

}  // namespace

std::string scalar_text(const Json& json) {
  if (const auto text = as_string(json)) return *text;
  return json.is_number() || json.is_boolean() ? dump(json) : "";
}

std::string scalar_member(const Json& json, std::string_view name) {
  const Json* found = member(json, name);
  return found == nullptr ? "" : scalar_text(*found);
}

std::string first_member(const Json* json, std::initializer_list<std::string_view> names) {
  if (json == nullptr) return {};
  for (const std::string_view name : names) {
    std::string text = scalar_member(*json, name);
    if (!trimmed(text).empty()) return text;
  }
  return {};
}

std::string bounded_object(const Json* json) {
  if (json == nullptr || members(*json).empty()) return {};
  JsonWriter out;
  out.begin_object();
  for (const auto& [name, value] : members(*json)) {
    JsonWriter one;
    one.key(shortened(name, kLabelName));
    print_value(one, value);
    // A comma and the last brace are still to come.
    if (out.text().size() + one.text().size() + 2 > kMaxLabelBytes) continue;
    out.key(shortened(name, kLabelName));
    print_value(out, value);
  }
  return out.end_object().take();
}

std::vector<std::string> channel_names(const Json* json) {
  std::vector<std::string> out;
  if (json == nullptr) return out;
  for (const Json& element : elements(*json)) add_name(out, as_string(element).value_or(""));
  const std::string text = as_string(*json).value_or("");
  for (std::string_view rest = text; !rest.empty();) {
    const size_t comma = std::min(rest.find(','), rest.size());
    add_name(out, rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return out;
}

void bound(ExternalAlert& alert) {
  alert.title = shortened(one_line(alert.title), kTitle);
  alert.message = shortened(trimmed(alert.message), kMessage);
  alert.source = shortened(one_line(alert.source), kSource);
  if (alert.fingerprint.size() > kFingerprint) alert.fingerprint = hex(sha256(alert.fingerprint));
  if (!kWebUrl.holds(alert.url) || alert.url.size() > kUrl) alert.url.clear();
}

bool is_resolved_word(std::string_view status) {
  static constexpr std::string_view kWords[] = {"resolved", "ok", "up", "recovered", "normal", "closed"};
  return std::find(std::begin(kWords), std::end(kWords), lower(trimmed(status))) != std::end(kWords);
}

}  // namespace hb
