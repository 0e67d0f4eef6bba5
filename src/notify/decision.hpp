// What people know of one trouble, and what they are to be told next: of a service, or of the silence of
// everybody. docs/notifying.md has it as a picture.
#pragma once

#include "documents/heard.hpp"

namespace hb {

enum class Phase {
  quiet,       // there is nothing to tell, and nothing that people know
  pending,     // something waits to be told: a trouble or its worsening, or troubles that are over already
  firing,      // people know of the trouble, and it lasts
  recovering,  // people know of a trouble that is less by now, or over
};

// What the decision goes by. The usual case is a trouble-free one of which nobody was told.
struct Situation {
  Status notified = Status::up;  // the worst that people know of
  Status status = Status::up;    // as it is
  bool is_followed = true;       // else nothing will be told of it any more, and people have to know that
  bool is_withheld = false;      // paused, unknown, or down only as everybody is
  bool is_owed = false;          // somebody who wants to know of such a status does not
  bool has_unreported = false;   // there were troubles that were over before they could be told
  bool has_lasted = true;        // so long that it is a trouble
  bool is_cool = true;           // the cooldown after the last message is over
  bool is_unsure = false;        // it is down by silence, while the monitor may not hear anybody
  bool is_reminder_due = false;
};

enum class Step {
  none,
  trouble,      // it became, or still is, bad: a trouble begins for people, or gets worse
  improvement,  // it is less bad, or over
  unreported,   // the troubles that were over before they could be told
  reminder,     // it lasts
  closing,      // nothing will be told of it any more
};

Phase phase(const Situation& situation);
Step decide(const Situation& situation);

}  // namespace hb
