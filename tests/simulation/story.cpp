#include "simulation/story.hpp"

#include <algorithm>
#include <array>

namespace hb::simulation {
namespace {

constexpr std::array<const char*, kTroubles> kNames = {"silent",
                                                       "site silent",
                                                       "reports degraded",
                                                       "reports down",
                                                       "client retries",
                                                       "collector unreachable",
                                                       "collector dies",
                                                       "collector evicted",
                                                       "KV takes nothing",
                                                       "KV gives nothing",
                                                       "KV is slow",
                                                       "KV lags",
                                                       "checks missing",
                                                       "checks late",
                                                       "checks twice",
                                                       "provider fails",
                                                       "provider refuses the key",
                                                       "provider refuses the text",
                                                       "provider limits",
                                                       "provider is silent",
                                                       "deploy",
                                                       "edge restarts"};

constexpr Millis kBatchPeriod = 60s;
constexpr Millis kUntilHeard = 10min;  // for all to be heard for the first time
constexpr Millis kSoon = 20min;        // after something else

// At the end all is well, for as long as it takes to tell everything: tries are up to twice as far apart as a provider
// has failed for.
constexpr Millis kCalm = 3h;
constexpr Millis kShortCalm = 25min;
constexpr Millis kShortLength = 5min;

int choices_of(Trouble trouble, int services) {
  switch (trouble) {
    case Trouble::silent:
    case Trouble::reports_degraded:
    case Trouble::reports_down:
    case Trouble::client_retries:
      return services;
    case Trouble::site_silent:
      return kSites;
    case Trouble::provider_fails:
    case Trouble::provider_refuses_key:
    case Trouble::provider_refuses_text:
    case Trouble::provider_limits:
    case Trouble::provider_is_silent:
      return kChannels;
    default:
      return kEdges;
  }
}

// Most are short, some long: both sides of every bound are met.
Millis some_length(Dice& dice) {
  switch (dice.below(4)) {
    case 0:
      return dice.between(5s, 90s);
    case 1:
      return dice.between(90s, 6min);
    case 2:
      return dice.between(6min, 30min);
    default:
      return dice.between(30min, 100min);
  }
}

Rhythm some_rhythm(Dice& dice) {
  static constexpr std::array<Millis, 5> kPeriods = {30s, 60s, 120s, 300s, 900s};
  const Millis every = kPeriods[static_cast<size_t>(dice.below(kPeriods.size()))];
  const bool is_batched = dice.one_in(3);
  const Millis period = is_batched ? kBatchPeriod : every;
  return {.every = period,
          .jitter = period / 10,
          .threshold =
              std::chrono::ceil<std::chrono::seconds>(period * (2 + dice.below(3)) + dice.between(15s, 50s)),
          .site = dice.below(kSites),
          .failure_threshold = 1 + dice.below(3),
          .is_batched = is_batched};
}

}  // namespace

uint64_t Dice::next() {  // splitmix64, by Steele, Lea and Flood
  uint64_t word = state_ += 0x9E3779B97F4A7C15ULL;
  word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9ULL;
  word = (word ^ (word >> 27)) * 0x94D049BB133111EBULL;
  return word ^ (word >> 31);
}

Millis Dice::between(Millis least, Millis most) {
  return least + Millis(static_cast<int64_t>(next() % static_cast<uint64_t>((most - least).count() + 1)));
}

namespace {

// Half of all that happens befalls the services, and most of it soon after something else.
Trouble some_trouble(Dice& dice) {
  static constexpr std::array kOfServices = {Trouble::silent, Trouble::silent, Trouble::silent,
                                             Trouble::reports_degraded, Trouble::reports_down};
  if (dice.one_in(2)) return kOfServices[static_cast<size_t>(dice.below(kOfServices.size()))];
  return static_cast<Trouble>(dice.below(kTroubles));
}

std::vector<Incident> some_incidents(Dice& dice, Millis end, Millis longest, int count, int services) {
  std::vector<Incident> incidents;
  for (int i = 0; i < count; ++i) {
    const Trouble trouble = some_trouble(dice);
    const bool is_soon = !incidents.empty() && !dice.one_in(3);
    const Millis after = is_soon ? incidents.back().from : kUntilHeard;
    const Millis from = dice.between(after, is_soon ? std::min(end, after + kSoon) : end);
    const Millis length = std::min(some_length(dice), longest);
    incidents.push_back({.trouble = trouble,
                         .from = from,
                         .length = std::min(length, end - from),
                         .who = dice.below(choices_of(trouble, services))});
  }
  std::stable_sort(incidents.begin(), incidents.end(),
                   [](const Incident& one, const Incident& other) { return one.from < other.from; });
  return incidents;
}

}  // namespace

Story story_of(uint64_t seed, Scale scale) {
  Dice dice(seed, 0);
  Story story{.seed = seed};
  const bool is_short = scale == Scale::suite;
  story.length = is_short ? dice.between(45min, 55min) : dice.between(8h, 60h);
  story.cooldown_minutes = std::array{0, 5, 20}[static_cast<size_t>(dice.below(3))];
  const int services = 2 + dice.below(is_short ? 3 : dice.one_in(20) ? 200 : 12);
  for (int i = 0; i < services; ++i) story.services.push_back(some_rhythm(dice));
  const int incidents = is_short ? 3 + dice.below(8) : 10 + dice.below(70);
  story.incidents = is_short
                        ? some_incidents(dice, story.length - kShortCalm, kShortLength, incidents, services)
                        : some_incidents(dice, story.length - kCalm, story.length, incidents, services);
  return story;
}

std::string name_of(Trouble trouble) {
  return kNames[static_cast<size_t>(trouble)];
}

std::string service_name(size_t service) {
  std::string number = std::to_string(service);
  return "s" + std::string(3 - number.size(), '0') + number;
}

std::string in_words(const Incident& incident) {
  const auto clock = [](Millis time) { return iso(Time{} + time).substr(8, 11); };
  return clock(incident.from) + " to " + clock(incident.from + incident.length) + ": " +
         name_of(incident.trouble) + " (" + std::to_string(incident.who) + ")";
}

std::string in_words(const Story& story) {
  std::string text = "seed " + std::to_string(story.seed) + ", " + std::to_string(story.length / 1min) +
                     " minutes, a cooldown of " + std::to_string(story.cooldown_minutes) + "\n";
  for (size_t i = 0; i < story.services.size(); ++i) {
    const Rhythm& rhythm = story.services[i];
    text += service_name(i) + ": every " + std::to_string(rhythm.every / 1s) + " s, threshold " +
            std::to_string(rhythm.threshold / 1s) + " s, failureThreshold " +
            std::to_string(rhythm.failure_threshold) + ", site " + std::to_string(rhythm.site) +
            (rhythm.is_batched ? ", in batches\n" : "\n");
  }
  for (const Incident& incident : story.incidents) text += in_words(incident) + "\n";
  return text;
}

}  // namespace hb::simulation
