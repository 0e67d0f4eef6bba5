// What befalls a monitor in one simulation: its services and their rhythms, and everything that goes wrong.
//
// A story is a function of its seed, and can be cut: whatever is taken out of it, the rest happens as before.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "text/time.hpp"

namespace hb::simulation {

// A stream of numbers of its own for everything that needs one, so that nothing depends on what else happens.
class Dice {
 public:
  Dice(uint64_t seed, uint64_t stream)
      : state_(seed * 0x9E3779B97F4A7C15ULL + stream * 0xD1B54A32D192ED03ULL) {}

  uint64_t next();
  int below(int count) { return static_cast<int>(next() % static_cast<uint64_t>(count)); }
  bool one_in(int count) { return below(count) == 0; }
  Millis between(Millis least, Millis most);

 private:
  uint64_t state_;
};

inline constexpr int kEdges = 3;     // places in which the Worker runs
inline constexpr int kChannels = 4;  // of notifications
inline constexpr int kSites = 3;     // at which the services are

enum class Trouble {
  silent,       // a service sends nothing
  site_silent,  // nor does a whole site
  reports_degraded,
  reports_down,
  client_retries,  // a service that repeats what was acknowledged
  collector_unreachable,
  collector_dies,  // at a wait of an event that is under way
  collector_evicted,
  kv_takes_nothing,
  kv_gives_nothing,
  kv_is_slow,
  kv_lags,  // readers see what was put a minute late
  checks_missing,
  checks_late,
  checks_twice,
  provider_fails,
  provider_refuses_key,
  provider_refuses_text,
  provider_limits,
  provider_is_silent,
  deploy,  // thresholds change, and the collector has the old ones for a while
  edge_restarts,
};
inline constexpr int kTroubles = static_cast<int>(Trouble::edge_restarts) + 1;

std::string name_of(Trouble trouble);
std::string service_name(size_t service);  // its id, and its name

struct Incident {
  Trouble trouble{};
  Millis from{};    // since the beginning of the story
  Millis length{};  // zero: it is over at once
  int who = 0;      // the service, site, edge or channel
};

struct Rhythm {
  Millis every{};
  Millis jitter{};  // at most, of each heartbeat
  Millis threshold{};
  int site = 0;
  int failure_threshold = 1;
  bool is_batched = false;  // an agent of its site sends it together with others, in the rhythm of the site
};

struct Story {
  uint64_t seed = 0;
  Millis length{};
  int cooldown_minutes = 5;
  std::vector<Rhythm> services{};
  std::vector<Incident> incidents{};
};

enum class Scale { suite, whole };

Story story_of(uint64_t seed, Scale scale);

// What a person reads of it.
std::string in_words(const Story& story);
std::string in_words(const Incident& incident);

}  // namespace hb::simulation
