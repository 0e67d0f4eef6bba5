#include "message/wording.hpp"

#include <algorithm>
#include <span>

#include "text/json.hpp"
#include "text/sha256.hpp"
#include "text/utf8.hpp"
#include "text/visible.hpp"

namespace hb {
namespace {

constexpr size_t kHeadline = 200;
constexpr size_t kFactName = 100;
constexpr size_t kFactValue = 500;
constexpr size_t kFactsOfObject = 12;

// Labels and annotations that the headline, the body and other facts are made of.
constexpr std::string_view kShownElsewhere[] = {"alertname", "severity",    "channels", "title",
                                                "summary",   "description", "message"};

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// Collects facts, leaving out those without a value.
class Facts {
 public:
  void add(std::string_view name, std::string_view value) {
    if (value.empty() || facts_.size() >= kMaxFacts) return;
    std::string short_name = shortened(one_line(name), kFactName);
    facts_.push_back(
        {short_name.empty() ? "-" : std::move(short_name), shortened(one_line(value), kFactValue)});
  }

  // The members of a JSON object, but for those that are null or shown elsewhere.
  void add_members(std::string_view object, std::span<const std::string_view> shown) {
    const std::optional<Json> json = object.empty() ? std::nullopt : parse_json(object);
    if (!json) return;
    size_t left = kFactsOfObject;
    for (const auto& [name, value] : members(*json)) {
      const bool is_shown = std::find(shown.begin(), shown.end(), name) != shown.end();
      if (is_shown || value.is_null()) continue;
      if (left-- == 0) return;
      add(name, value.is_string() ? *as_string(value) : dump(value));
    }
  }

  std::vector<Fact> take() { return std::move(facts_); }

 private:
  std::vector<Fact> facts_{};
};

void add_service(Facts& out, const Message& message, const UtcOffsets& offset) {
  out.add("Group", message.group_name);
  out.add("Also down", message.also_down);
  if (message.since && !is_recovery(message)) out.add("Since", local_time(*message.since, offset));
  out.add("Before", message.previous);
  if (message.duration) out.add("Duration", humanized(*message.duration));
  if (message.last_seen) out.add("Last heartbeat", local_time(*message.last_seen, offset));
}

void add_alert(Facts& out, const Message& message) {
  if (message.kind != MessageKind::alert) return;
  out.add("Severity", message.severity);
  out.add("Status", message.status);
  out.add("Source", message.source);
  out.add("Link", message.url);
  out.add_members(message.labels, kShownElsewhere);
  out.add_members(message.annotations, kShownElsewhere);
}

std::string default_headline(const Message& message) {
  const std::string& name = message.service_name.empty() ? message.service_id : message.service_name;
  if (name.empty()) return "Heartbeat monitor";
  const std::string_view status = message.status.empty() ? kind_name(message.kind) : message.status;
  return name + " is " + std::string(status);
}

void append_paragraph(std::string& out, std::string_view text) {
  if (text.empty()) return;
  if (!out.empty()) out += '\n';
  out += text;
}

}  // namespace

std::string_view emoji(Tone tone) {
  static constexpr std::string_view kEmojis[] = {"🔴", "🟡", "🟢", "🔵"};
  return of_tone(tone, kEmojis);
}

uint32_t color(Tone tone) {
  static constexpr uint32_t kColors[] = {0xDC2626, 0xD97706, 0x16A34A, 0x2563EB};
  return of_tone(tone, kColors);
}

std::string css_color(Tone tone) {
  std::string bytes;
  for (const int shift : {16, 8, 0}) bytes += static_cast<char>(color(tone) >> shift & 0xFF);
  return "#" + hex(bytes);
}

std::string headline(const Message& message) {
  const std::string title = one_line(message.title);
  const std::string text = title.empty() ? one_line(default_headline(message)) : title;
  const bool is_resolved = message.kind == MessageKind::alert && is_recovery(message);
  return shortened(is_resolved ? "Resolved: " + text : text, kHeadline);
}

std::string body_text(const Message& message) {
  std::string out = visible(message.text);
  for (const std::string& line : message.lines) append_paragraph(out, "• " + one_line(line));
  if (message.more > 0) append_paragraph(out, "and " + std::to_string(message.more) + " more");
  return out;
}

std::map<std::string, std::string> telling_labels(const Message& message) {
  const std::optional<Json> json = message.labels.empty() ? std::nullopt : parse_json(message.labels);
  std::map<std::string, std::string> out;
  if (!json) return out;
  for (const auto& [name, value] : members(*json)) {
    const auto text = as_string(value);
    const bool is_shown =
        std::find(std::begin(kShownElsewhere), std::end(kShownElsewhere), name) != std::end(kShownElsewhere);
    if (!is_shown && text && !text->empty()) out.emplace(one_line(name), one_line(*text));
  }
  return out;
}

std::vector<Fact> facts(const DeliveryAttempt& attempt) {
  const Message& message = attempt.message;
  Facts out;
  add_service(out, message, attempt.options.utc_offset);
  add_alert(out, message);
  if (attempt.config.notifications.include_metadata) {
    out.add("Last message", message.heartbeat_message);
    out.add_members(message.metadata, {});
  }
  if (message.timestamp != message.since)
    out.add("Time", local_time(message.timestamp, attempt.options.utc_offset));
  return out.take();
}

std::string local_time(Time time, const UtcOffsets& utc_offset) {
  const auto offset = utc_offset.at(time);
  const std::string text = humanized_time(time + offset);
  return offset.count() == 0 ? text : text.substr(0, text.size() - 3) + offset_text(offset);
}

std::string plain_text(const Message& message, size_t limit) {
  std::string out = headline(message);
  append_paragraph(out, body_text(message));
  return shortened(out, limit);
}

std::string one_line(std::string_view text) {
  std::string out = visible(text);
  for (char& c : out) {
    if (is_control(c)) c = ' ';
  }
  const size_t first = out.find_first_not_of(' ');
  if (first == out.npos) return {};
  return out.substr(first, out.find_last_not_of(' ') - first + 1);
}

std::string truncated(size_t limit, const std::function<std::string(size_t cap)>& make) {
  size_t cap = limit;
  std::string out = make(cap);
  while (units(out) > limit && cap > 0) {
    cap = std::min(cap - cap / 16 - 1, cap * limit / units(out));
    out = make(cap);
  }
  return out;
}

std::string escaped(std::string_view text, Escape escape, size_t limit) {
  return truncated(limit, [&](size_t cap) {
    std::string part = shortened(text, cap);
    if (escape == nullptr) return part;
    std::string out;
    escape(out, part);
    return out;
  });
}

}  // namespace hb
