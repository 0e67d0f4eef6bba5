#include "config/syntax.hpp"

#include <algorithm>
#include <string>

#include "text/ascii.hpp"
#include "text/cursor.hpp"
#include "text/json.hpp"

namespace hb {
namespace {

// Walks a text up to the first thing in it that is not JSON.
class Walk {
 public:
  explicit Walk(std::string_view text) : cursor_(text), text_(text) { value(kMaxDepth); }

  bool is_too_deep() const { return is_too_deep_; }

  // The end of the text when it is too short.
  size_t offset() {
    const bool has_rest = !cursor_.at_end();
    if (bad_scalar_ != nullptr) return static_cast<size_t>(bad_scalar_ - text_.data());
    return has_rest ? static_cast<size_t>(cursor_.position() - text_.data()) : text_.size();
  }

 private:
  void value(int depth) {
    if (cursor_.peek('{')) {
      if (!may_enter(depth)) return;
      each_member(cursor_, [&](std::string_view key) {
        scalar({key.data() - 1, key.size() + 2});
        value(depth - 1);
      });
    } else if (cursor_.peek('[')) {
      if (may_enter(depth)) each_element(cursor_, [&] { value(depth - 1); });
    } else {
      scalar(cursor_.value());
    }
  }

  bool may_enter(int depth) {
    is_too_deep_ |= depth == 0;
    return depth > 0;
  }

  // A cursor does not look into texts and numbers.
  void scalar(std::string_view text) {
    const bool is_first = bad_scalar_ == nullptr && !cursor_.bad();
    if (is_first && !parse_json(text)) bad_scalar_ = text.data();
  }

  Cursor cursor_;
  const std::string_view text_;
  const char* bad_scalar_ = nullptr;
  bool is_too_deep_ = false;
};

// In characters.
std::string line_and_column(std::string_view before) {
  const size_t line_start = before.rfind('\n') + 1;  // 0 in the first line
  const std::string_view line = before.substr(line_start);
  const auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return "line " + std::to_string(1 + std::count(before.begin(), before.end(), '\n')) + ", column " +
         std::to_string(1 + std::count_if(line.begin(), line.end(), is_first_byte));
}

bool ends_a_value(char c) {
  return c == '"' || c == '}' || c == ']' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

// `before` and `rest` are what is JSON, and what is not.
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
  if (next == '"' && ends_a_value(last)) return "a comma is missing before it, or a quote is one too many";
  if (next == '"') {
    return "this text is not JSON in UTF-8; it must end in its line, with \\ only before \" \\ / b f n r t u";
  }
  return "this is not JSON";
}

}  // namespace

Fault syntax_fault(std::string_view file, std::string_view text) {
  const std::string name(file);
  if (trimmed(text).empty()) return {name, "", "is empty; a file that says nothing is {}"};
  Walk walk(text);
  const size_t zero = text.find('\0');
  if (walk.is_too_deep()) return {name, "", "is nested deeper than " + std::to_string(kMaxDepth) + " levels"};
  const size_t offset = std::min(walk.offset(), zero);
  return {name, line_and_column(text.substr(0, offset)),
          what_is_wrong(text.substr(0, offset), text.substr(offset))};
}

}  // namespace hb
