#include "alerts/external_fields.hpp"

#include <algorithm>
#include <map>

#include "config/rules.hpp"
#include "message/wording.hpp"
#include "text/ascii.hpp"
#include "text/cursor.hpp"
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
constexpr size_t kUsualMembers = 12;
constexpr size_t kMostMembers = 500;  // that are looked at; there is place for fewer

void print_value(JsonWriter& json, std::string_view value) {
  if (is_text_value(value)) {
    json.value(shortened(unescaped(value.substr(1, value.size() - 2)), kLabelValue));
    return;
  }
  const std::optional<Json> other = parse_json(value);
  const std::string text = other ? dump(*other) : valid_utf8(value);
  // Too long to be kept as it is, or none that could be: a text with its beginning.
  if (!other || text.size() > kLabelValue) {
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

Fields::Fields(std::string_view object) {
  Cursor cursor(object);
  members_.reserve(kUsualMembers);
  each_member(cursor, [&](std::string_view name) { add(name, cursor.value()); });
  is_sound_ = !cursor.bad() && cursor.at_end();
  if (!is_sound_) members_.clear();
}

std::string_view Fields::value(std::string_view name) const {
  for (auto member = members_.rbegin(); member != members_.rend(); ++member) {
    if (member->first == name) return member->second == "null" ? std::string_view() : member->second;
  }
  return {};
}

std::string Fields::text(std::string_view name) const {
  return text_of_value(value(name));
}

std::string Fields::first(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    std::string found = text(name);
    if (!trimmed(found).empty()) return found;
  }
  return {};
}

std::string text_of_value(std::string_view value) {
  if (is_text_value(value)) return unescaped(value.substr(1, value.size() - 2));
  const bool is_scalar = !value.empty() && !is_object_value(value) && !value.starts_with('[');
  return is_scalar && value != "null" ? valid_utf8(value) : "";
}

std::string bounded_object(const Fields& object) {
  std::map<std::string, std::string_view> sorted;
  for (const auto& [name, value] : object.members()) {
    if (sorted.size() == kMostMembers) break;
    sorted.insert_or_assign(unescaped(name), value);
  }
  if (sorted.empty()) return {};
  JsonWriter out;
  out.begin_object();
  for (const auto& [name, value] : sorted) {
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

std::vector<std::string> channel_names(std::string_view value) {
  std::vector<std::string> out;
  if (value.starts_with('[')) {
    Cursor cursor(value);
    each_element(cursor, [&] { add_name(out, unescaped(cursor.string_or_skip())); });
  }
  const std::string text = is_text_value(value) ? unescaped(value.substr(1, value.size() - 2)) : "";
  for (std::string_view rest = text; !rest.empty();) {
    const size_t comma = std::min(rest.find(','), rest.size());
    add_name(out, rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return out;
}

std::string bounded_fingerprint(const std::string& fingerprint) {
  return fingerprint.size() > kFingerprint ? hex(sha256(fingerprint)) : fingerprint;
}

void bound(ExternalAlert& alert) {
  alert.title = shortened(one_line(alert.title), kTitle);
  alert.message = shortened(trimmed(alert.message), kMessage);
  alert.source = shortened(one_line(alert.source), kSource);
  if (!kWebUrl.holds(alert.url) || alert.url.size() > kUrl) alert.url.clear();
}

bool is_resolved_word(std::string_view status) {
  static constexpr std::string_view kWords[] = {"resolved", "resolve", "ok",     "up",    "recovered",
                                                "recovery", "normal",  "closed", "close", "cleared",
                                                "clear",    "healthy", "solved", "fixed", "success"};
  return std::find(std::begin(kWords), std::end(kWords), plain_word(status)) != std::end(kWords);
}

}  // namespace hb
