// Readers without a key cost reads of KV, and requests and rows of the collector. They have an allowance for the
// day, so that strangers can end reading, and never the taking of heartbeats.
#pragma once

#include "collector/session.hpp"
#include "event/event.hpp"

namespace hb {

// Of 100,000 reads of KV a day, by one isolate of the Worker.
inline constexpr int64_t kDocumentsForReaders = 60'000;
// Of 100,000 requests to the collector a day, by one isolate; and of all of them together.
inline constexpr int64_t kForwardedForReaders = 10'000;
inline constexpr int64_t kAnsweredForReaders = 20'000;

// Counts what this outcome costs; false when the day's allowance is used up.
bool allows_documents(Session& session, Time now, int64_t documents);
bool allows_forwarding(Session& session, Time now);
// The same in the collector, for one request.
bool allows_answering(Session& session, Time now);

}  // namespace hb
