// The words of others, fit for logs, documents and answers.
#pragma once

#include <string>
#include <string_view>

#include "config/config.hpp"

namespace hb {

// One line without URLs and without any secret of the configuration, or the parts of one that is an address,
// cut at `limit` units. Any bytes may come in.
std::string redacted(const Secrets& secrets, std::string_view text, size_t limit);

}  // namespace hb
