// What readers get from the collector itself: while KV has lost what was published, and for who asks with a key.
#pragma once

#include <string>

#include "event/context.hpp"

namespace hb {

// Whether KV has no summary to show, so that the collector has to answer. It is asked once.
bool lacks_what_was_published(const Context& context);

// What the status is made of: of KV, or in the collector its rows.
Reads reads_of_status(const Context& context);

// The documents as the collector would publish them now, but for the history, which only KV has.
class OwnDocuments {
 public:
  explicit OwnDocuments(const Context& context);
  OwnDocuments(const OwnDocuments&) = delete;

  // The same event with these documents. It lasts no longer than this and what this was made of.
  Context context() const { return {outer_.config, outer_.page, event_, outer_.session}; }

 private:
  const Context& outer_;
  const std::string latest_;
  const std::string data_;
  Event event_;
};

}  // namespace hb
