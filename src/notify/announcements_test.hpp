// A service's life played minute by minute, and the messages about it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config_of.hpp"
#include "message/tone.hpp"
#include "notify/announcements.hpp"
#include "notify/trouble_words.hpp"

namespace hb {

// Channels named by their types that take everything, and no cooldown.
inline Config config_for(const std::vector<std::string>& ids, const std::vector<std::string>& channels) {
  Config config = config_with(ids);
  config.notifications.cooldown_minutes = 0;
  for (const std::string& type : channels) {
    config.notifications.channels.push_back({.type = type, .name = type});
  }
  return config;
}

class Play {
 public:
  explicit Play(Config play_config)
      : config(std::move(play_config)), last_heartbeats(config.services.size()) {}

  // One letter a minute, each followed by a check: u, g and d are heartbeats that say up, degraded and down,
  // a dot is none.
  void play(std::string_view letters, size_t service = 0) {
    for (const char letter : letters) {
      now += 60s;
      hear(letter, service);
      check();
    }
  }
  // The same heartbeat of all services.
  void play_all(std::string_view letters) {
    for (const char letter : letters) {
      now += 60s;
      for (size_t i = 0; i < last_heartbeats.size(); ++i) hear(letter, i);
      check();
    }
  }

  void hear(char letter, size_t service = 0) {
    if (letter == '.') return;
    last_heartbeats[service].last_seen = now;
    if (letter == 'u') return;
    last_heartbeats[service].report = Report{letter == 'd' ? Status::down : Status::degraded, now, words};
  }

  void check() {
    const Time read_at = now + 40ms;
    const CheckState before = read_state(config, read_at, stored);
    const CheckContext check_context{
        .scheduled = now, .now = read_at, .last_check = before.scheduled, .monitoring_gap_after = 180s};
    Verdict verdict = judge(config, before, last_heartbeats, check_context);
    const auto announcements =
        announce(config, before, last_heartbeats, check_context, heartbeat_lookup, verdict);
    for (Announcement one : announcements) {
      if (one.relation == Relation::corrects) continue;
      one.message = worded(one.message, known_to(one), check_context.utc_offset);
      notified.push_back(one);
      lines.push_back(clock_time(now).substr(0, 5) + " " + one.channel + " " + line(one.message));
    }
    state = verdict.state;
    stored = write_state(config, verdict.state);
  }

  // What the channel knows, if each message is accepted.
  static std::optional<Accepted> known_to(const Announcement& one) {
    if (one.relation == Relation::begins) return std::nullopt;
    return Accepted{.status = one.message.previous, .dedup_key = one.message.dedup_key};
  }

  // What was announced since the last time it was asked: "06:01 slack down".
  std::vector<std::string> notifications() { return std::exchange(lines, {}); }

  const Message& last() const { return notified.back().message; }

  Config config;
  std::vector<LastHeartbeat> last_heartbeats;
  std::string words{};                 // of reports
  HeartbeatLookup heartbeat_lookup{};  // none unless told
  Time now = *parse_iso("2026-11-22T06:00:00.000Z");
  CheckState state{};
  std::string stored{};
  std::vector<Announcement> notified{};
  std::vector<std::string> lines{};

 private:
  static std::string line(const Message& message) {
    const std::string kind(kind_name(message.kind));
    return message.kind == MessageKind::notice ? kind + " " + message.title : kind;
  }
};

using Lines = std::vector<std::string>;

// One service on one channel.
inline Config one_service() {
  return config_for({"db"}, {"slack"});
}

inline Config with_cooldown(int minutes) {
  Config config = one_service();
  config.notifications.cooldown_minutes = minutes;
  return config;
}

inline std::string repeated(char letter, size_t times) {
  return std::string(times, letter);
}

}  // namespace hb
