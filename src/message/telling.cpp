#include "message/telling.hpp"

#include "config/secrets.hpp"

namespace hb {

std::string_view Telling::credential(std::string_view key) const {
  return hb::credential(config.secrets, channel, key);
}

}  // namespace hb
