// Messages to a room of Matrix that is not encrypted.
// https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send matrix(const DeliveryAttempt& attempt);

}  // namespace hb
