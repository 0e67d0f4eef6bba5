// The templates of notifications.json: which fields each has, and which variables may stand in them.
#pragma once

#include <map>
#include <string>

#include "config/reader.hpp"

namespace hb {

// By their names.
std::map<std::string, std::map<std::string, std::string>> read_templates(const Field& field);

}  // namespace hb
