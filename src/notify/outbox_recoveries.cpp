#include "notify/outbox_recoveries.hpp"

#include <algorithm>
#include <iterator>

#include "message/wording.hpp"
#include "notify/outbox_queue.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

constexpr size_t kName = 120;
constexpr Millis kInSeconds = 2min;

// "06:00–06:04 UTC"; with seconds when it was short, with the days when they are two.
std::string span_text(Time begin, Time end) {
  const bool is_one_day = day_of(begin) == day_of(end);
  const size_t length = end - begin < kInSeconds ? 8 : 5;
  const auto text = [&](Time time) {
    return is_one_day ? clock_time(time).substr(0, length)
                      : iso_day(day_of(time)) + " " + clock_time(time).substr(0, length);
  };
  return text(begin) + (is_one_day ? "–" : " – ") + text(end) + " UTC";
}

std::string worst_word(const std::vector<QueuedMessage>& unsent) {
  for (const char* word : {"down", "firing"}) {
    if (std::any_of(unsent.begin(), unsent.end(),
                    [word](const QueuedMessage& item) { return item.message.status == word; }))
      return word;
  }
  return unsent.front().message.status.empty() ? "in trouble" : unsent.front().message.status;
}

std::string name_of(const Message& message) {
  if (!message.service_name.empty()) return shortened(one_line(message.service_name), kName);
  if (!message.service_id.empty()) return message.service_id;
  return shortened(one_line(message.title), kName);
}

// "It was down 06:00–06:04 UTC: No heartbeat for 6 min" before what the recovery says itself.
std::string whole_text(const std::string& was, const Message& first, const Message& recovery) {
  std::string out = "It " + was;
  if (!first.text.empty()) (out += ": ") += one_line(first.text);
  if (!recovery.text.empty()) (out += '\n') += recovery.text;
  return out;
}

}  // namespace

std::vector<QueuedMessage> take_problem(std::vector<QueuedMessage>& queued, std::string_view dedup_key,
                                        Time now) {
  std::vector<QueuedMessage> taken;
  const auto is_problem = [&](const QueuedMessage& item) {
    return item.message.dedup_key == dedup_key && !is_recovery(item.message) && !is_in_flight(item, now);
  };
  std::copy_if(queued.begin(), queued.end(), std::back_inserter(taken), is_problem);
  queued.erase(std::remove_if(queued.begin(), queued.end(), is_problem), queued.end());
  return taken;
}

Message combined_recovery(const std::vector<QueuedMessage>& unsent, Message recovery) {
  const auto first = std::find_if(unsent.begin(), unsent.end(), [](const QueuedMessage& item) {
    return is_first_word(item.message) || item.message.kind == MessageKind::alert;
  });
  if (first == unsent.end()) return recovery;
  const Message& problem = first->message;
  const Time begin = problem.since.value_or(problem.timestamp);
  const Time end = std::max(begin, recovery.since.value_or(recovery.timestamp));
  const std::string was = "was " + worst_word(unsent) + " " + span_text(begin, end);
  if (recovery.kind != MessageKind::resolved_by_removal) recovery.title = name_of(recovery) + " " + was;
  recovery.text = whole_text(was, problem, recovery);
  if (!recovery.duration) recovery.duration = end - begin;
  return recovery;
}

}  // namespace hb
