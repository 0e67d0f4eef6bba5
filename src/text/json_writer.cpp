#include "text/json_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace hb {
namespace {

constexpr double kMaxSafeInteger = 9007199254740991.0;

void append_escape(Buffer& out, char c) {
  static constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += kHex[(c >> 4) & 0xF];
      out += kHex[c & 0xF];
  }
}

constexpr std::array<bool, 256> kNeedsEscape = [] {
  std::array<bool, 256> table{};
  for (size_t control = 0; control < 0x20; ++control) table[control] = true;
  table['"'] = table['\\'] = table['<'] = true;
  return table;
}();

bool needs_escape(char c) {
  return kNeedsEscape[static_cast<unsigned char>(c)];
}

void append_json_string(Buffer& out, std::string_view text) {
  out += '"';
  size_t plain = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape(text[i])) continue;
    out += text.substr(plain, i - plain);
    append_escape(out, text[i]);
    plain = i + 1;
  }
  out += text.substr(plain);
  out += '"';
}

}  // namespace

void JsonWriter::separate() {
  if (needs_comma_) out_ += ',';
  needs_comma_ = true;
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_json_string(out_, name);
  out_ += ':';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::raw_key(std::string_view escaped) {
  separate();
  ((out_ += '"') += escaped) += "\":";
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  append_json_string(out_, text);
  return *this;
}

JsonWriter& JsonWriter::value(Time time) {
  separate();
  out_ += '"';
  put_iso(out_.extend(kIsoLength), time);
  out_ += '"';
  return *this;
}

JsonWriter& JsonWriter::value(bool flag) {
  return raw(flag ? "true" : "false");
}

JsonWriter& JsonWriter::value(std::nullptr_t) {
  return raw("null");
}

JsonWriter& JsonWriter::value(double number) {
  const double scaled = std::round(number * 100);
  if (!std::isfinite(scaled) || std::abs(scaled) > kMaxSafeInteger) return value(nullptr);
  const auto hundredths = static_cast<int64_t>(scaled);
  std::string text = hundredths < 0 ? "-" : "";
  text += std::to_string(std::abs(hundredths) / 100);
  const auto rest = static_cast<int>(std::abs(hundredths) % 100);
  if (rest != 0) text += '.';
  if (rest != 0) text += static_cast<char>('0' + rest / 10);
  if (rest % 10 != 0) text += static_cast<char>('0' + rest % 10);
  return raw(text);
}

JsonWriter& JsonWriter::integer(int64_t number) {
  separate();
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out_ += std::string_view(digits, static_cast<size_t>(end - digits));
  return *this;
}

JsonWriter& JsonWriter::raw_string(std::string_view escaped) {
  separate();
  ((out_ += '"') += escaped) += '"';
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

}  // namespace hb
