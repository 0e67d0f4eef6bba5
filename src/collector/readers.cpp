#include "collector/readers.hpp"

namespace hb {
namespace {

Readers& readers_of_day(Session& session, Time now) {
  const Day today = day_of(now);
  if (session.readers.day != today) session.readers = {.day = today};
  return session.readers;
}

// What is refused is not counted on.
bool allows(int64_t& used, int64_t more, int64_t most) {
  if (used + more > most) return false;
  used += more;
  return true;
}

}  // namespace

bool allows_documents(Session& session, Time now, int64_t documents) {
  return allows(readers_of_day(session, now).documents, documents, kDocumentsForReaders);
}

bool allows_forwarding(Session& session, Time now) {
  return allows(readers_of_day(session, now).forwarded, 1, kForwardedForReaders);
}

bool allows_answering(Session& session, Time now) {
  return allows(readers_of_day(session, now).forwarded, 1, kAnsweredForReaders);
}

}  // namespace hb
