// The name of JSON from outside, for headers that only pass it on.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace hb {

using Json = nlohmann::json;

}  // namespace hb
