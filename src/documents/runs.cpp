#include "documents/runs.hpp"

#include <algorithm>
#include <array>

#include "text/json.hpp"

namespace hb {
namespace {

constexpr std::array<std::string_view, 4> kSignalNames{"", "start", "log", "progress"};

Run& run_named(Runs& runs, std::string_view id) {
  const auto found =
      std::find_if(runs.list.begin(), runs.list.end(), [&](const Run& run) { return run.id == id; });
  if (found != runs.list.end()) return *found;
  return runs.list.emplace_back(Run{.id = std::string(id)});
}

void take_later(std::optional<Time>& time, const std::optional<Time>& other) {
  if (other && (!time || *other > *time)) time = other;
}

// A start that is delivered a second time does not begin the run anew.
void take_start(std::optional<Time>& start, const std::optional<Time>& other) {
  if (!start || !other) return take_later(start, other);
  const auto [earlier, later] = std::minmax(*start, *other);
  start = later - earlier <= kRetriedWithin ? earlier : later;
}

std::optional<Time> iso_member(const Json& object, std::string_view name) {
  return parse_iso(string_member(object, name).value_or(""));
}

Run read_run(const Json& json) {
  Run run{.id = string_member(json, "id").value_or("")};
  run.started = iso_member(json, "started");
  run.progressed = iso_member(json, "progressed");
  run.ended = iso_member(json, "ended");
  const auto reported = integer_member(json, "durationMs");
  if (reported && *reported >= 0) run.reported = Millis{*reported};
  return run;
}

Time last_of(const Run& run) {
  return std::max(
      {run.started.value_or(Time{}), run.progressed.value_or(Time{}), run.ended.value_or(Time{})});
}

}  // namespace

std::string_view signal_name(Signal signal) {
  return kSignalNames[static_cast<size_t>(signal)];
}

std::optional<Signal> signal_named(std::string_view name) {
  const auto found = std::find(kSignalNames.begin() + 1, kSignalNames.end(), name);
  if (found == kSignalNames.end()) return std::nullopt;
  return static_cast<Signal>(found - kSignalNames.begin());
}

bool is_open(const Runs& runs, const Run& run) {
  return run.started && *run.started > runs.closed && (!run.ended || *run.started > *run.ended);
}

const Run* run_ended_at(const Runs& runs, Time at) {
  const auto found =
      std::find_if(runs.list.begin(), runs.list.end(), [at](const Run& run) { return run.ended == at; });
  return found == runs.list.end() ? nullptr : &*found;
}

Time last_time(const Runs& runs) {
  Time last{};
  for (const Run& run : runs.list) last = std::max(last, last_of(run));
  return last;
}

std::optional<Millis> duration_of(const Run& run) {
  if (run.started && run.ended && *run.ended >= *run.started) return *run.ended - *run.started;
  return run.reported;
}

void note(Runs& runs, const RunSignal& signal, Time at) {
  if (signal.signal == Signal::log) return;
  const bool is_plain_end = signal.signal == Signal::end && signal.run_id.empty();
  if (is_plain_end && !signal.duration && runs.empty()) return;
  if (is_plain_end) runs.closed = std::max(runs.closed, at);
  Run& run = run_named(runs, signal.run_id);
  if (signal.signal == Signal::start) take_start(run.started, at);
  if (signal.signal == Signal::progress) take_later(run.progressed, at);
  if (signal.signal != Signal::end) return;
  take_later(run.ended, at);
  run.reported = signal.duration;
}

void note_heartbeat(Runs& runs, Time at) {
  if (run_ended_at(runs, at) == nullptr) note(runs, {}, at);
}

void join(Runs& runs, const Runs& other) {
  runs.closed = std::max(runs.closed, other.closed);
  for (const Run& one : other.list) {
    Run& run = run_named(runs, one.id);
    take_start(run.started, one.started);
    take_later(run.progressed, one.progressed);
    if (one.ended && (!run.ended || *one.ended >= *run.ended)) run.reported = one.reported;
    take_later(run.ended, one.ended);
  }
}

void trim(Runs& runs, Time now, std::optional<Time> last_seen) {
  std::erase_if(runs.list, [&](const Run& run) {
    const bool is_last = run.ended == last_seen && (!run.id.empty() || duration_of(run));
    return !is_open(runs, run) && last_of(run) < now - kRunStays && !is_last;
  });
  if (runs.list.size() <= kMostRuns) return;
  std::stable_sort(runs.list.begin(), runs.list.end(),
                   [](const Run& one, const Run& other) { return last_of(one) < last_of(other); });
  runs.list.erase(runs.list.begin(), runs.list.end() - kMostRuns);
}

Runs read_runs(std::string_view text) {
  Runs runs;
  const std::optional<Json> json = parse_json(text);
  if (!json) return runs;
  runs.closed = iso_member(*json, "closed").value_or(Time{});
  const Json* list = member(*json, "runs");
  if (list == nullptr || !list->is_array()) return runs;
  for (const Json& one : elements(*list)) {
    if (one.is_object()) runs.list.push_back(read_run(one));
  }
  return runs;
}

void print_runs(JsonWriter& json, const Runs& runs) {
  json.begin_object();
  if (runs.closed > Time{}) json.member("closed", runs.closed);
  json.key("runs").begin_array();
  for (const Run& run : runs.list) {
    json.begin_object();
    if (!run.id.empty()) json.member("id", run.id);
    if (run.started) json.member("started", *run.started);
    if (run.progressed) json.member("progressed", *run.progressed);
    if (run.ended) json.member("ended", *run.ended);
    if (run.reported) json.member("durationMs", run.reported->count());
    json.end_object();
  }
  json.end_array().end_object();
}

}  // namespace hb
