// The words of others, fit for logs, documents and answers.
#pragma once

#include <string>
#include <string_view>

#include "config/config.hpp"

namespace hb {

// One line without URLs, without any run of more than kLongestRun characters that a key could be made of, and
// without any secret of the configuration, or the parts of one that is an address; cut at `limit` units. A
// secret is found as it is, percent-encoded, escaped as in JSON or HTML, in hexadecimal and in base64, inside
// longer base64 too. Any bytes may come in.
inline constexpr size_t kLongestRun = 20;
std::string redacted(const Secrets& secrets, std::string_view text, size_t limit);

}  // namespace hb
