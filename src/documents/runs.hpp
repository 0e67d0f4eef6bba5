// Runs of a service: jobs that say when they start, and that have to end.
//
// In monitor:latest the reserved member "$runs" has those of each service that has any:
//
//   "$runs":{"backup":{"closed":"2026-…Z","runs":[{"id":"A","started":"2026-…Z","progressed":"2026-…Z",
//            "ended":"2026-…Z","durationMs":12}]}}
//
// where what is not known is left out. Documents are joined, so that a run stays for a while after its end.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/json_writer.hpp"
#include "text/time.hpp"

namespace hb {

// What a heartbeat tells of a run. Any heartbeat that is nothing else ends one.
enum class Signal : uint8_t { end, start, log, progress };

std::string_view signal_name(Signal signal);  // of an end it is empty
std::optional<Signal> signal_named(std::string_view name);

inline constexpr size_t kMostRuns = 100;       // of a service; the oldest leave first
inline constexpr Millis kRunStays = 15min;     // after its end
inline constexpr Millis kRetriedWithin = 60s;  // so much later the same start is a second delivery of it

struct Run {
  std::string id{};  // empty: the one without
  std::optional<Time> started{};
  std::optional<Time> progressed{};  // the last time
  std::optional<Time> ended{};
  std::optional<Millis> reported{};  // how long it says itself that it took

  bool operator==(const Run&) const = default;
};

struct Runs {
  std::vector<Run> list{};
  Time closed{};  // all that had started before have ended: a heartbeat without a run id came

  bool empty() const { return list.empty(); }
  bool operator==(const Runs&) const = default;
};

bool is_open(const Runs& runs, const Run& run);

// The run that ended at this time; null when none did.
const Run* run_ended_at(const Runs& runs, Time at);

// The last one of any of them.
Time last_time(const Runs& runs);

// From its start to its end, or what it said itself where no start is known.
std::optional<Millis> duration_of(const Run& run);

struct RunSignal {
  Signal signal = Signal::end;
  std::string_view run_id{};
  std::optional<Millis> duration{};
};

// What a heartbeat at this time says. One that ends no run, and has no duration, is not noted.
void note(Runs& runs, const RunSignal& signal, Time at);

// A heartbeat without a run id came at this time, if none of the runs ended then.
void note_heartbeat(Runs& runs, Time at);

// Joins what two documents say.
void join(Runs& runs, const Runs& other);

// Without those that ended a while ago, but for the last heartbeat's, and without the oldest beyond kMostRuns.
void trim(Runs& runs, Time now, std::optional<Time> last_seen);

// As far as they can be read. Implausible times are absent.
Runs read_runs(std::string_view json);
void print_runs(JsonWriter& json, const Runs& runs);

}  // namespace hb
