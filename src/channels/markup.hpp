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

// For markup that has no escapes, or not everywhere: what only looks like the sign at a place of a text. Empty where
// that formats nothing, as an underscore within a word.
std::string_view lookalike(std::string_view text, size_t at);

// With such signs also in the place of those that links begin with, and nobody and no channel is mentioned.
void append_lookalikes(std::string& out, std::string_view text);

}  // namespace hb
