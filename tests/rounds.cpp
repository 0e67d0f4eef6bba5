#include "rounds.hpp"

#include <utility>

namespace hb {
namespace {

// Whether anything has to be written before what is sent.
bool is_to_be_stored(const Done& done) {
  return done.append || !done.merges.empty() || !done.puts.empty();
}

}  // namespace

std::vector<std::pair<std::string, std::string>> rows_within(const StoredRows& rows, const Range& range) {
  const std::string until = range.until.empty() ? range.from + '\0' : range.until;
  return {rows.lower_bound(range.from), rows.lower_bound(until)};
}

ReadDocument head_of(const std::string& bytes, size_t most) {
  if (most == 0 || most > bytes.size()) return {Document::State::found, bytes};
  return {Document::State::head, bytes.substr(0, most)};
}

EventRounds::EventRounds(Host& host, Role role, std::string trigger)
    : host_(host), event_{.now = host.now(), .role = role}, trigger_(std::move(trigger)) {}

EventRounds::Wait EventRounds::next() {
  switch (stage_) {
    case Stage::storing:
      return begin_calls();
    case Stage::calling:
      return begin_again();
    default:
      return after_step();
  }
}

// Rows are read once the documents are there: what was read before they were waited for may be old by then.
EventRounds::Wait EventRounds::after_step() {
  for (;;) {
    for (const Range& range : std::exchange(asked_rows_, {})) read_rows(range);
    if (event_.role == Role::collector) event_.now = host_.now();
    session_ = host_.session();
    event_.session = session_;
    event_.work = host_.work();
    decoded_ = host_.step(event_, trigger_);
    host_.keep(decoded_);
    if (std::holds_alternative<Forward>(decoded_.outcome)) return Call{decoded_.for_collector};
    const auto* ask = std::get_if<Ask>(&decoded_.outcome);
    if (ask == nullptr) return begin_storing();
    asked_rows_ = ask->rows;
    if (ask->zones) event_.zones = host_.zones();
    if (!ask->documents.empty()) forget_rows();
    if (!ask->documents.empty() || ask->reader_rate) return Read{ask->documents, ask->head, ask->reader_rate};
  }
}

EventRounds::Wait EventRounds::begin_storing() {
  const Done& done = std::get<Done>(decoded_.outcome);
  follow_ups_.insert(follow_ups_.end(), decoded_.follow_ups.begin(), decoded_.follow_ups.end());
  if (event_.is_refused) return End{done.reply, follow_ups_};
  results_.clear();
  answers_.clear();
  stage_ = Stage::storing;
  if (is_to_be_stored(done)) return Store{done, decoded_.for_collector};
  return begin_calls();
}

EventRounds::Wait EventRounds::begin_calls() {
  const Done& done = std::get<Done>(decoded_.outcome);
  stage_ = Stage::calling;
  if (!done.sends.empty()) return MakeCalls{done.sends};
  return begin_again();
}

EventRounds::Wait EventRounds::begin_again() {
  const Done& done = std::get<Done>(decoded_.outcome);
  if (results_.empty() && answers_.empty()) return End{done.reply, follow_ups_};
  event_.results = std::move(results_);
  event_.answers = std::move(answers_);
  continuation_ = done.continuation;
  event_.continuation = continuation_;
  if (event_.role == Role::collector) event_.documents = {};  // others may have written since
  forget_rows();
  stage_ = Stage::stepping;
  return after_step();
}

void EventRounds::give(Key key, ReadDocument document) {
  Document& given = event_.documents[static_cast<size_t>(key)];
  given.state = document.state;
  given.bytes = read_.emplace_back(std::move(document.bytes));
}

void EventRounds::give_stored(std::vector<PutResult> results) {
  results_ = std::move(results);
}

void EventRounds::give_answers(std::vector<Answer> answers) {
  answers_ = std::move(answers);
}

void EventRounds::refuse() {
  event_.is_refused = true;
  forget_rows();
  stage_ = Stage::stepping;
}

void EventRounds::read_rows(const Range& range) {
  event_.ranges.push_back(range);
  for (auto& [key, bytes] : host_.rows_in(range)) {
    event_.rows.push_back({key, read_.emplace_back(std::move(bytes))});
  }
}

void EventRounds::forget_rows() {
  event_.ranges.clear();
  event_.rows.clear();
}

}  // namespace hb
