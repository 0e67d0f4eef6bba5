// A headline and a text below it, as most channels show a message.
#pragma once

#include <string>
#include <string_view>

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"
#include "message/wording.hpp"

namespace hb {

struct TitleAndMessage {
  std::string title{};  // one line
  std::string message{};

  bool operator==(const TitleAndMessage&) const = default;
};

// How a channel shows texts.
struct TextRules {
  size_t title = 0;  // the most units of each, escapes included
  size_t message = 0;
  Escape escape = nullptr;  // of the message; a title is text in all these channels
  std::string_view bold{};  // stands before and behind what is to be bold
};

// After the template, if there is one for "title" and "message". Never empty.
TitleAndMessage title_and_message(const DeliveryAttempt& attempt, const TextRules& rules);

// The title in bold and the message below it in one text, of at most `rules.message` units.
std::string whole_text(const DeliveryAttempt& attempt, const TextRules& rules);

const std::string& dashboard_url(const DeliveryAttempt& attempt);

// The texts of all facts, as the members of an object.
void print_facts(JsonWriter& json, const DeliveryAttempt& attempt);

// An address with a path behind it, with one slash between them.
std::string joined(std::string_view address, std::string_view path);

}  // namespace hb
