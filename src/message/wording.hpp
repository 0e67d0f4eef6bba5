// A message in words, before any channel's markup.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "message/delivery_attempt.hpp"
#include "message/tone.hpp"

namespace hb {

std::string_view emoji(Tone tone);
uint32_t color(Tone tone);         // 0xRRGGBB
std::string css_color(Tone tone);  // "#dc2626"

// The title in one line, cut: "Website is down". Of an alert that is resolved it says so.
std::string headline(const Message& message);

// What follows the headline: the text, and of a digest its lines and how many more there are.
std::string body_text(const Message& message);

// Labels of an alert, one line each, that may tell it from others of its name.
std::map<std::string, std::string> telling_labels(const Message& message);

// "Group: Production". Both parts are one line each.
struct Fact {
  std::string name{};
  std::string value{};

  bool operator==(const Fact&) const = default;
};

// What else is known, the important first; at most kMaxFacts.
inline constexpr size_t kMaxFacts = 20;
std::vector<Fact> facts(const DeliveryAttempt& attempt);

// "2026-11-22 07:00:12 +01:00", with the offset of that time; "… UTC" without one.
std::string local_time(Time time, const UtcOffsets& utc_offset);

// All of it as short text without markup, for a provider that refused the full form.
std::string plain_text(const Message& message, size_t limit);

// Visible, and without line ends.
std::string one_line(std::string_view text);

// Appends text, escaped for one channel.
using Escape = void (*)(std::string& out, std::string_view text);

// The longest beginning of the text whose escaped form has at most `limit` units. Without an
// escape they are those of the text.
std::string escaped(std::string_view text, Escape escape, size_t limit);

// What `make(cap)` gives for the greatest tried cap on its single texts, beginning with `limit`, that has at
// most `limit` units.
std::string truncated(size_t limit, const std::function<std::string(size_t cap)>& make);

}  // namespace hb
