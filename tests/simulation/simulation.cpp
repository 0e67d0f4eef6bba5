#include "simulation/simulation.hpp"

#include <algorithm>

#include "simulation/edge.hpp"
#include "simulation/readers.hpp"
#include "text/json_writer.hpp"

namespace hb::simulation {
namespace {

constexpr Millis kCheckInterval = 60s;
constexpr Millis kRetryAfter = 5s;
constexpr int kTries = 4;  // of a client
constexpr Millis kRepeatedAfter = 2s;
constexpr Millis kOldConfigurationFor = 4min;  // how long the collector may keep it
const Time kBegin = *parse_iso("2026-11-21T19:00:00.000Z");

std::vector<Millis> thresholds_of(const Story& story, int generation) {
  std::vector<Millis> thresholds;
  for (const Rhythm& rhythm : story.services) {
    thresholds.push_back(rhythm.threshold + (generation % 2 == 0 ? 0s : 30s));
  }
  return thresholds;
}

std::string services_of(const Story& story, const std::vector<Millis>& thresholds) {
  JsonWriter json;
  json.begin_object().key("services").begin_array();
  for (size_t i = 0; i < thresholds.size(); ++i) {
    json.begin_object().member("id", service_name(i)).member("stalenessThreshold", thresholds[i] / 1s);
    json.key("auth").begin_object().member("required", false).end_object();
    json.key("notifications").begin_object();
    json.member("failureThreshold", story.services[i].failure_threshold).end_object().end_object();
  }
  return json.end_array().end_object().take();
}

class Simulation {
 public:
  explicit Simulation(const Story& story) : story_(story) {
    for (int place = 0; place < kEdges; ++place) edges_.emplace_back(around_, collector_, place);
    collector_.after_writing = [this] { observe(); };
    kv_.after_put = [this](Key key, const std::string& bytes) { model_.put(key, bytes); };
    deploy();
    adopt();
  }

  Played play() {
    plan_clients();
    plan_checks();
    plan_incidents();
    timeline_.run_until(kBegin + story_.length);
    readers_.check_all();
    check_quotas();
    figures_.time = story_.length;
    figures_.checks = model_.checks();
    figures_.messages = readers_.accepted();
    figures_.incidents = static_cast<int64_t>(story_.incidents.size());
    return {findings_.all(), findings_.trace(), figures_};
  }

 private:
  // Of a beat that is on its way.
  struct Beat {
    size_t service = 0;
    size_t number = 0;  // in the model
    std::string status{};
  };

  bool is(Trouble trouble, size_t who) const {
    return weather_.is(trouble, static_cast<int>(who), timeline_.now());
  }

  // A batch for each site, and the services that send for themselves.
  void plan_clients() {
    std::array<std::vector<size_t>, kSites> batches;
    for (size_t i = 0; i < story_.services.size(); ++i) {
      const Rhythm& rhythm = story_.services[i];
      if (rhythm.is_batched) {
        batches[static_cast<size_t>(rhythm.site)].push_back(i);
      } else {
        begin_client({i}, i);
      }
    }
    for (size_t site = 0; site < kSites; ++site) {
      if (!batches[site].empty()) begin_client(batches[site], story_.services.size() + site);
    }
  }

  void begin_client(std::vector<size_t> services, size_t stream) {
    auto dice = std::make_shared<Dice>(story_.seed, stream + 1);
    const Millis first = dice->between(0s, story_.services[services.front()].every);
    timeline_.after(first, [this, services, dice] { beat(services, dice); });
  }

  void beat(const std::vector<size_t>& services, const std::shared_ptr<Dice>& dice) {
    const Rhythm& rhythm = story_.services[services.front()];
    std::vector<Beat> beats;
    for (const size_t service : services) {
      if (is(Trouble::silent, service) || is(Trouble::site_silent, static_cast<size_t>(rhythm.site)))
        continue;
      beats.push_back({service, 0, status_of(service)});
    }
    if (!beats.empty()) send(beats, static_cast<size_t>(dice->below(kEdges)), kTries);
    timeline_.after(rhythm.every + dice->between(0s, rhythm.jitter),
                    [this, services, dice] { beat(services, dice); });
  }

  std::string status_of(size_t service) const {
    if (is(Trouble::reports_down, service)) return "down";
    return is(Trouble::reports_degraded, service) ? "degraded" : "up";
  }

  void send(std::vector<Beat> beats, size_t place, int tries) {
    JsonWriter json;
    json.begin_object().key("services").begin_array();
    for (Beat& beat : beats) {
      beat.number = model_.sent(beat.service, timeline_.now(), beat.status);
      json.begin_object()
          .member("serviceId", service_name(beat.service))
          .member("status", beat.status)
          .end_object();
    }
    figures_.heartbeats += static_cast<int64_t>(beats.size());
    const std::string body = json.end_array().end_object().take();
    edges_[place].request("POST", "/api/heartbeat", body,
                          [=, this](const std::optional<EventRounds::End>& end) {
                            if (end && end->reply.status == 200) return acknowledge(beats, place, tries);
                            findings_.expect(!end || end->reply.status == 503, "a heartbeat is refused");
                            if (tries > 1)
                              timeline_.after(kRetryAfter, [=, this] { send(beats, place, tries - 1); });
                          });
  }

  void acknowledge(const std::vector<Beat>& beats, size_t place, int tries) {
    figures_.acknowledged += static_cast<int64_t>(beats.size());
    for (const Beat& beat : beats) model_.acknowledged(beat.service, beat.number, timeline_.now());
    const bool repeats = is(Trouble::client_retries, beats.front().service) && tries > 0;
    if (repeats) timeline_.after(kRepeatedAfter, [=, this] { send(beats, place, 0); });
  }

  void plan_checks() {
    for (Time minute = kBegin; minute < kBegin + story_.length; minute += kCheckInterval) {
      timeline_.at(minute, [this, minute] { run_check(minute); });
    }
  }

  void run_check(Time minute) {
    if (weather_.is(Trouble::checks_missing, minute)) return;
    const bool is_late = weather_.is(Trouble::checks_late, minute);
    const bool is_doubled = weather_.is(Trouble::checks_twice, minute);
    const auto place = static_cast<size_t>(minute.time_since_epoch() / kCheckInterval) % kEdges;
    const auto run = [this, minute, place] { edges_[place].check(minute, [](const auto&) {}); };
    timeline_.after(is_late ? 70s : 40ms, run);
    if (is_doubled) timeline_.after(900ms, run);
  }

  void plan_incidents() {
    for (const Incident& incident : story_.incidents) {
      timeline_.at(kBegin + incident.from, [this, &incident] { happen(incident); });
    }
  }

  // Those that last are looked up where they matter.
  void happen(const Incident& incident) {
    findings_.note(in_words(incident));
    switch (incident.trouble) {
      case Trouble::collector_dies:
        return die_now_and_then(kBegin + incident.from + incident.length);
      case Trouble::collector_evicted:
        ++figures_.deaths;
        readers_.doubt();
        adopt();
        return collector_.die();
      case Trouble::edge_restarts:
        return edges_[static_cast<size_t>(incident.who)].die();
      case Trouble::deploy:
        deploy();
        return timeline_.after(kOldConfigurationFor, [this] { adopt(); });
      default:
        return;
    }
  }

  void die_now_and_then(Time until) {
    if (timeline_.now() > until) return;
    ++figures_.deaths;
    findings_.note("the collector is to die");
    readers_.doubt();
    collector_.is_to_die();
    timeline_.after(47s, [this, until] { die_now_and_then(until); });
  }

  // The edges have the new configuration at once.
  void deploy() {
    ++generation_;
    const std::vector<Millis> thresholds = thresholds_of(story_, generation_);
    program_ = std::make_shared<Program>(services_of(story_, thresholds), notifications_of(story_),
                                         channel_secrets());
    for (Edge& edge : edges_) edge.run(program_);
  }

  void adopt() {
    collector_.run(program_);
    collectors_thresholds_ = thresholds_of(story_, generation_);
  }

  // A check has written its rows.
  void observe() {
    if (collector_.row("tick") == last_tick_) return;
    last_tick_ = collector_.row("tick");
    const auto status = parse_json(last_tick_);
    const auto state = parse_json(collector_.row("state"));
    if (!status || !state || !status->contains("scheduled")) return;
    const Time scheduled = from_ms((*status)["scheduled"].get<int64_t>());
    if (scheduled == last_check_) return;
    last_check_ = scheduled;
    model_.checked(scheduled, timeline_.now(), *state, collectors_thresholds_);
  }

  void check_quotas() {
    for (Day day = day_of(kBegin); day <= day_of(timeline_.now()); day += std::chrono::days(1)) {
      findings_.expect(kv_.puts_on(day) <= Kv::kWritesPerDay * 9 / 10,
                       "KV is written " + std::to_string(kv_.puts_on(day)) + " times on " + iso_day(day));
      const int64_t rows = collector_.rows_written_on(day);
      const int64_t requests = collector_.requests_on(day);
      findings_.expect(
          requests < 1'000 || rows * 10 <= requests * 15,
          std::to_string(rows) + " rows are written for " + std::to_string(requests) + " requests");
    }
  }

  const Story& story_;
  Timeline timeline_{kBegin};
  Weather weather_{story_, kBegin};
  Findings findings_{timeline_};
  Model model_{story_, findings_};
  Readers readers_{story_, timeline_, weather_, model_, findings_};
  Kv kv_{timeline_, weather_};
  Surroundings around_{timeline_, weather_, kv_, [this](const Send& send) { return readers_.answer(send); }};
  Collector collector_{around_};
  std::deque<Edge> edges_{};
  std::shared_ptr<Program> program_{};
  std::vector<Millis> collectors_thresholds_{};
  int generation_ = -1;
  std::optional<Time> last_check_{};
  std::string last_tick_{};
  Figures figures_{};
};

// A finding of the same kind: its words without what differs from one to the next.
std::string kind_of(const Finding& finding) {
  std::string kind;
  for (const char letter : finding.what) {
    if (letter < '0' || letter > '9') kind += letter;
  }
  return kind.substr(0, 30);
}

class Shrinker {
 public:
  explicit Shrinker(const Story& story) : best_(story), kind_(kind_of(play(story).findings.front())) {}

  // What makes the story shorter to play goes first.
  Story shrunk() {
    for (size_t size = best_.services.size() / 2; size > 0; size /= 2) {
      while (size < best_.services.size() &&
             keeps([size](Story& less) { less.services.resize(less.services.size() - size); })) {
      }
    }
    for (size_t size = std::max<size_t>(best_.incidents.size() / 2, 1); size > 0; size /= 2) {
      for (size_t at = 0; at < best_.incidents.size();) {
        const bool is_kept = keeps([&](Story& less) {
          const auto from = less.incidents.begin() + static_cast<ptrdiff_t>(at);
          less.incidents.erase(from,
                               from + static_cast<ptrdiff_t>(std::min(size, less.incidents.size() - at)));
        });
        if (!is_kept) at += size;
      }
    }
    return best_;
  }

 private:
  static constexpr int kMostTries = 200;

  template <typename Cut>
  bool keeps(Cut cut) {
    Story less = best_;
    cut(less);
    if (++tries_ > kMostTries || !comes_to_it(less)) return false;
    best_ = std::move(less);
    return true;
  }

  bool comes_to_it(const Story& story) const {
    const Played played = play(story);
    return std::any_of(played.findings.begin(), played.findings.end(),
                       [&](const Finding& finding) { return kind_of(finding) == kind_; });
  }

  Story best_;
  std::string kind_;
  int tries_ = 0;
};

}  // namespace

Figures& operator+=(Figures& sum, const Figures& more) {
  sum.time += more.time;
  sum.heartbeats += more.heartbeats;
  sum.acknowledged += more.acknowledged;
  sum.checks += more.checks;
  sum.messages += more.messages;
  sum.incidents += more.incidents;
  sum.deaths += more.deaths;
  return sum;
}

Played play(const Story& story) {
  return Simulation(story).play();
}

Story shrunk(const Story& story) {
  return Shrinker(story).shrunk();
}

}  // namespace hb::simulation
