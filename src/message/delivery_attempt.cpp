#include "message/delivery_attempt.hpp"

#include "config/secrets.hpp"

namespace hb {

std::string_view DeliveryAttempt::credential(std::string_view key) const {
  return hb::credential(config.secrets, channel, key);
}

}  // namespace hb
