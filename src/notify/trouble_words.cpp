#include "notify/trouble_words.hpp"

#include <algorithm>
#include <span>

#include "message/clock_words.hpp"
#include "message/tone.hpp"
#include "message/wording.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

constexpr size_t kTroubleName = 120;
constexpr size_t kOutagesOfLine = 2;
constexpr size_t kReasonOfLine = 60;

bool is_alert(const Message& message) {
  return message.kind == MessageKind::alert;
}

// Changes of a service and alerts have a beginning and an end; notices say all that they have to.
bool has_outages(const Message& message) {
  return is_alert(message) || (!message.service_id.empty() && message.kind != MessageKind::notice);
}

// Whether it says that something is wrong now.
bool is_of_a_problem(const Message& message) {
  switch (message.kind) {
    case MessageKind::down:
    case MessageKind::degraded:
    case MessageKind::reminder:
      return true;
    case MessageKind::alert:
    case MessageKind::notice:
      return !is_recovery(message);
    default:
      return false;
  }
}

Status status_of(const Message& message) {
  return is_alert(message) ? Status::down : status_named(message.status).value_or(Status::down);
}

Time begin_of(const Message& message) {
  return message.since.value_or(message.timestamp);
}

// When what was before it ended. An alert's `since` is the time at which it began to fire.
Time end_before(const Message& next) {
  return is_alert(next) ? next.timestamp : begin_of(next);
}

bool goes_on_with(const Message& unsent, const Message& next) {
  return is_of_a_problem(next) && status_of(next) == status_of(unsent) &&
         (is_alert(next) || begin_of(next) == begin_of(unsent));
}

bool is_known(const Message& unsent, const std::optional<Accepted>& accepted) {
  if (!accepted || accepted->status != unsent.status) return false;
  return is_alert(unsent) || accepted->since == begin_of(unsent);
}

// The problem that `unsent` tells, as it is told when it is over.
std::optional<UnreportedOutage> own_outage(const Message& unsent, const Message& next,
                                           const std::optional<Accepted>& accepted) {
  if (is_of_a_problem(unsent)) {
    if (goes_on_with(unsent, next) || is_known(unsent, accepted)) return std::nullopt;
    return UnreportedOutage{status_of(unsent), begin_of(unsent),
                            std::max(begin_of(unsent), end_before(next))};
  }
  // The end of what the channel knows; without that its outages are all.
  if (!accepted || accepted->dedup_key != unsent.dedup_key || accepted->since == Time{}) return std::nullopt;
  const Status was = status_named(accepted->status).value_or(Status::down);
  const Time end = accepted->until.value_or(end_before(unsent));
  return UnreportedOutage{was, accepted->since, std::max(accepted->since, end)};
}

// Whether the end that it tells is of a problem that the channel does not know of.
bool is_unheard_of(const Message& message, const std::optional<Accepted>& accepted) {
  return is_recovery(message) && !message.outages.empty() &&
         !(accepted && accepted->dedup_key == message.dedup_key);
}

void append_part(std::string& out, std::string_view separator, std::string_view part) {
  if (part.empty()) return;
  if (!out.empty()) out += separator;
  out += part;
}

// Why it was so; the recovery's own text, which is of a beginning that nobody knows, is left out.
void give_reason(const Message& unsent, Message& next) {
  std::string reason = is_recovery(unsent) ? unsent.text : one_line(unsent.text);
  if (next.kind != MessageKind::up) append_part(reason, "\n", next.text);
  next.text = std::move(reason);
}

std::string word_of(const Message& message, Status status) {
  return is_alert(message) ? "firing" : std::string(status_name(status));
}

// What is only counted was not worse than what the message says that it was before.
Status worst_of(const Message& message) {
  const Status before = status_named(message.previous).value_or(Status::unknown);
  Status worst = message.more_outages > 0 && is_problem(before) ? before : Status::degraded;
  for (const UnreportedOutage& outage : message.outages) worst = std::max(worst, outage.status);
  return worst;
}

std::string name_of(const Message& message) {
  if (!message.service_name.empty()) return shortened(one_line(message.service_name), kTroubleName);
  if (!message.service_id.empty()) return message.service_id;
  return shortened(one_line(message.title), kTroubleName);
}

// "Website was down", with its time when it was once: "06:00–06:04".
std::string past_title(const Message& message, const UtcOffsets& utc_offset) {
  std::string title = name_of(message) + " was " + word_of(message, worst_of(message));
  const bool is_one = message.outages.size() == 1 && message.more_outages == 0;
  if (!is_one) return title;
  const UnreportedOutage& outage = message.outages.front();
  return title + " " + ClockWords(utc_offset, message.timestamp).span(outage.from, outage.to);
}

void word_past(Message& message, const UtcOffsets& utc_offset, const std::string& outages) {
  if (message.kind != MessageKind::resolved_by_removal) message.title = past_title(message, utc_offset);
  const std::string own = std::exchange(message.text, "It was " + outages);
  append_part(message.text, ": ", own);
  if (message.duration) return;
  message.duration = Millis{0};
  for (const auto& [status, from, to] : message.outages) *message.duration += to - from;
}

Message with_outages(Message message, const std::optional<Accepted>& accepted, const UtcOffsets& utc_offset,
                     const std::string& outages) {
  if (message.outages.empty()) return message;
  if (is_unheard_of(message, accepted)) {
    word_past(message, utc_offset, outages);
  } else {
    append_part(message.text, is_recovery(message) ? "; in between " : ". Before that it was ", outages);
  }
  return message;
}

}  // namespace

void note_end(std::optional<Accepted>& accepted, const Message& next) {
  if (!accepted || accepted->until || !has_outages(next)) return;
  const bool is_same = is_of_a_problem(next) && next.status == accepted->status &&
                       (is_alert(next) || begin_of(next) <= accepted->since);
  if (!is_same) accepted->until = end_before(next);
}

std::optional<Accepted> accepted_of(const Message& message) {
  if (!is_of_a_problem(message)) return std::nullopt;
  return Accepted{.status = message.status, .since = begin_of(message), .dedup_key = message.dedup_key};
}

Message in_place_of(const Message& unsent, Message next, const std::optional<Accepted>& accepted) {
  if (!has_outages(unsent) || !has_outages(next)) return next;
  std::vector<UnreportedOutage> outages = unsent.outages;
  if (const auto own = own_outage(unsent, next, accepted)) outages.push_back(*own);
  next.more_outages += unsent.more_outages + join(outages, next.outages);
  next.outages = std::move(outages);
  if (is_unheard_of(next, accepted)) give_reason(unsent, next);
  return next;
}

Message worded(Message message, const std::optional<Accepted>& accepted, const UtcOffsets& utc_offset) {
  const std::string outages = outages_text(message, utc_offset, kMaxUnreportedOutages);
  return with_outages(std::move(message), accepted, utc_offset, outages);
}

Message worded_in_a_line(Message message, const std::optional<Accepted>& accepted,
                         const UtcOffsets& utc_offset) {
  const std::string outages = outages_text(message, utc_offset, kOutagesOfLine);
  if (!outages.empty()) message.text = shortened(one_line(message.text), kReasonOfLine);
  return with_outages(std::move(message), accepted, utc_offset, outages);
}

std::string outages_text(const Message& message, const UtcOffsets& utc_offset, size_t most) {
  std::string out;
  ClockWords clock(utc_offset, message.timestamp);
  const size_t counted = message.outages.size() - std::min(message.outages.size(), most);
  for (const auto& [status, from, to] : std::span(message.outages).subspan(counted))
    append_part(out, ", ", word_of(message, status) + " " + clock.span(from, to));
  const int more = message.more_outages + static_cast<int>(counted);
  if (more > 0) out += " and " + std::to_string(more) + " more before";
  return out;
}

}  // namespace hb
