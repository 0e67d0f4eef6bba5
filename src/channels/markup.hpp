// Texts of strangers, made so that the markup of a channel shows them as they are.
#pragma once

#include <string>
#include <string_view>

namespace hb {

// With a backslash before the signs of Markdown.
void append_backslashed(std::string& out, std::string_view text);

// So that nobody is mentioned.
void append_unmentioned(std::string& out, std::string_view text);

// Both.
void append_markdown(std::string& out, std::string_view text);

// For markup that has no escapes: what only looks like the sign. Empty where the sign formats nothing.
std::string_view lookalike(char sign);

}  // namespace hb
