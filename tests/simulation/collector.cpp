#include "simulation/collector.hpp"

#include <cstdlib>

namespace hb::simulation {
namespace {

constexpr Millis kOnTheWay = 30ms;
constexpr Millis kGivenUpAfter = 25s;

}  // namespace

void Collector::call_of_edge(const std::string& event, Whenever done) {
  const auto attempt = [this, event](Whenever then) {
    const bool is_reached = !around_.weather.is(Trouble::collector_unreachable, now());
    around_.timeline.after(is_reached ? kOnTheWay : kGivenUpAfter, [this, event, is_reached, then] {
      if (!is_reached) return then(std::nullopt);
      ++work_.requests;
      ++requests_[day_of(now())];
      play(event, then);
    });
  };
  attempt(
      [attempt, done](std::optional<EventRounds::End> end) { end ? done(std::move(end)) : attempt(done); });
}

const std::string& Collector::row(const std::string& key) const {
  static const std::string kNone;
  const auto found = rows_.find(key);
  return found == rows_.end() ? kNone : found->second;
}

int64_t Collector::rows_written_on(Day day) const {
  const auto found = rows_written_.find(day);
  return found == rows_written_.end() ? 0 : found->second;
}

int64_t Collector::requests_on(Day day) const {
  const auto found = requests_.find(day);
  return found == requests_.end() ? 0 : found->second;
}

void Collector::keep(const DecodedOutcome& decoded) {
  Player::keep(decoded);
  if (const auto* ask = std::get_if<Ask>(&decoded.outcome)) write(ask->writes);
  if (const auto* done = std::get_if<Done>(&decoded.outcome)) write(done->rows);
}

void Collector::write(const std::vector<RowPut>& rows) {
  if (rows.empty()) return;
  for (const RowPut& row : rows) rows_[row.key] = row.bytes;
  work_.rows_written += static_cast<int64_t>(rows.size());
  rows_written_[day_of(now())] += static_cast<int64_t>(rows.size());
  after_writing();
}

std::vector<std::pair<std::string, std::string>> Collector::rows_in(const Range& range) {
  auto found = rows_within(rows_, range);
  work_.rows_read += static_cast<int64_t>(found.size());
  return found;
}

void Collector::store(const EventRounds::Store& wanted, const RunPtr& run) {
  later(kv_latency(), run, [this, run, puts = wanted.done.puts] {
    std::vector<PutResult> results;
    for (const Put& put : puts) results.push_back({put.key, around_.kv.put(put.key, put.text(), place_)});
    run->rounds.give_stored(std::move(results));
  });
}

void Collector::call(const EventRounds::Call&, const RunPtr&) {
  std::abort();  // it is the collector that others call
}

void Collector::meanwhile() {
  if (!is_to_die_) return;
  is_to_die_ = false;
  work_ = {};
  die();
}

}  // namespace hb::simulation
