// A message without what its texts could do to the words around them, in any channel.
#pragma once

#include "documents/message.hpp"

namespace hb {

// All its texts as visible() leaves them; so are the texts in its labels, annotations and metadata. What
// identifies it stays as it is.
Message neutral(const Message& message);

}  // namespace hb
