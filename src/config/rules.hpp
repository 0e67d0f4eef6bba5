// What texts in the configuration may look like.
#pragma once

#include <string>
#include <string_view>

namespace hb {

struct TextRule {
  bool (*holds)(std::string_view text);
  std::string_view expected{};  // completes "must be …"
  // Why this text is refused; empty: nothing to add.
  std::string_view (*reason)(std::string_view text) = nullptr;
};

extern const TextRule kText;  // anything
extern const TextRule kLine;  // one line, may be empty
extern const TextRule kName;  // one line, not empty
extern const TextRule kId;    // of a service or a group
extern const TextRule kLink;  // https, relative or data:image/
extern const TextRule kLinkOrNone;
extern const TextRule kWebUrl;  // http or https
extern const TextRule kWebUrlOrNone;
extern const TextRule kOrigin;  // as browsers send it
extern const TextRule kColor;   // letters, digits, # ( ) , . % and spaces
extern const TextRule kColorOrNone;
extern const TextRule kProperty;    // the name of a CSS custom property, without its dashes
extern const TextRule kTimezone;    // the form of an IANA name
extern const TextRule kHeaderName;  // of a request header that a webhook may set
extern const TextRule kHeaderValue;
extern const TextRule kAddress;  // of e-mail, bare or as in "Name <address>"

bool is_https(std::string_view url);

}  // namespace hb
