// What people were notified of about one problem, and which message is next: about a service, or about a
// blackout. docs/notifying.md has it as a picture.
#pragma once

#include "documents/last_heartbeat.hpp"

namespace hb {

enum class Phase {
  quiet,       // there is nothing to announce, and nothing that people were notified of
  pending,     // something is not announced yet: a problem or its worsening, or unreported outages
  firing,      // people were notified of the problem, and it lasts
  recovering,  // people were notified of a problem that is less by now, or over
};

// What the decision goes by. The usual case is no problem, and nothing that people were notified of.
struct Situation {
  Status notified = Status::up;  // the worst that people were notified of
  Status status = Status::up;    // as it is
  bool is_followed = true;       // else it is removed or muted, and people have to know that
  bool is_withheld = false;      // paused, unknown, or down in a blackout
  bool is_pending = false;       // a channel that takes such a status was not notified of it
  bool has_unreported = false;   // there were outages that were over before they could be announced
  bool has_lasted = true;        // so long that it is announced
  bool is_cool = true;           // the cooldown after the last message is over
  bool is_unsure = false;        // it is down for missing heartbeats, while alerting is suppressed
  bool has_recovered = true;     // when it is over: there were enough good heartbeats since
  bool is_reminder_due = false;
};

enum class Step {
  none,
  problem,              // it became, or still is, bad: a problem begins for people, or gets worse
  improvement,          // it is less bad, or over
  unreported,           // the outages that were over before they could be announced
  reminder,             // it lasts
  resolved_by_removal,  // there will be no more messages about it
};

Phase phase(const Situation& situation);
Step decide(const Situation& situation);

}  // namespace hb
