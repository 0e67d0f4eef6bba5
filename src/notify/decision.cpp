#include "notify/decision.hpp"

namespace hb {
namespace {

// A problem may go away by itself, so it waits until it has lasted; what is over cannot.
Step decide_pending(const Situation& situation) {
  if (!situation.is_cool) return Step::none;
  if (!situation.is_pending) return Step::unreported;
  return situation.has_lasted && !situation.is_unsure ? Step::problem : Step::none;
}

}  // namespace

Phase phase(const Situation& situation) {
  if (situation.status < situation.notified) return Phase::recovering;
  if (situation.is_pending || situation.has_unreported) return Phase::pending;
  return situation.notified == Status::up ? Phase::quiet : Phase::firing;
}

Step decide(const Situation& situation) {
  if (!situation.is_followed)
    return situation.notified == Status::up ? Step::none : Step::resolved_by_removal;
  if (situation.is_withheld) return Step::none;
  switch (phase(situation)) {
    case Phase::quiet:
      return Step::none;
    case Phase::pending:
      return decide_pending(situation);
    case Phase::firing:
      return situation.is_reminder_due ? Step::reminder : Step::none;
    case Phase::recovering:
      // An improvement is announced at once: it waits for no cooldown.
      return situation.has_recovered ? Step::improvement : Step::none;
  }
  return Step::none;
}

}  // namespace hb
