// What people know who read one channel, and whether it is so. All faults are collected as sentences.
#pragma once

#include <array>
#include <cstring>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "config/channel_types.hpp"
#include "notify/outbox_test.hpp"

namespace hb {

inline constexpr std::array<const char*, 3> kTestServices = {"alpha", "beta", "gamma"};
inline constexpr int kMostLost = 10;         // outages in a text that is cut
inline constexpr int kLongestCooldown = 20;  // minutes
inline constexpr const char* kTestAlert = "Disk full";
inline const Time kTestBegin = *parse_iso("2026-11-22T06:00:00.000Z");

inline int minute_of(Time time) {
  return static_cast<int>((time - kTestBegin) / 60s);
}

// A time of one status, in minutes, as the checks that were stored saw it.
struct Stay {
  Status status = Status::up;
  int from = 0;
  int to = -1;  // of the first check that saw another
  int checks = 0;
  int threshold = 1;  // the highest failureThreshold meanwhile, and when it ended
};

// What was so, minute by minute.
struct Truth {
  struct Minute {
    Status heartbeat = Status::up;
    bool is_seen = false;  // by a check that was stored, and the service was monitored
  };

  std::array<std::vector<Minute>, 3> minutes{};
  std::array<std::vector<Stay>, 3> stays{};
  bool is_firing = false;          // the alert from outside
  std::set<std::string> broken{};  // channels that said so, and accepted nothing since
  std::vector<std::string> faults{};

  void fault(const std::string& sentence) {
    if (faults.size() < 20) faults.push_back(sentence);
  }
};

// "down 06:01–06:03", or what a recovery says: "down for 4 min, since 06:01". In minutes.
struct ToldSpan {
  std::string status{};
  int from = 0;
  int to = 0;

  auto operator<=>(const ToldSpan&) const = default;
};

inline std::string text_of(const ToldSpan& span) {
  return span.status + " " + clock_time(kTestBegin + span.from * 60s).substr(0, 5) + "–" +
         clock_time(kTestBegin + span.to * 60s).substr(0, 5);
}

// One line of what a provider accepted: "beta is down", and the lines below that are about it.
struct Told {
  size_t service = 0;
  std::string verb{};    // is, is still, was
  std::string status{};  // up, degraded or down; empty: no more about it
  std::vector<ToldSpan> spans{};
  int counted = 0;  // outages that are not listed
  int since = 0;    // the minute in which it began, when it says that
};

class Reader {
 public:
  Reader(Truth& truth, const Channel& channel) : truth_(truth), channel_(channel) {}

  // A call may have arrived, and the monitor does not know.
  void doubt(const Outgoing& send);

  // The provider accepted it.
  void hear(const Outgoing& send, Time now);

  // Whether nothing is told about a service, in this minute.
  void note_off(size_t service, bool is_off) { off_[service].push_back(is_off); }

  // Everything is over and told.
  void check_at_the_end();

 private:
  void fault(const std::string& sentence) const { truth_.fault(channel_.name + ": " + sentence); }
  void hear_incident(const Outgoing& send, const Json& body);
  void read(const std::string& text);
  void read_line(const std::string& line);
  void read_notice(const std::string& line);
  void note(const Told& told);
  void note_problem(const Told& told);
  void note_span(size_t service, const ToldSpan& span);
  void check_is_so(size_t service, const ToldSpan& span) const;
  bool is_listed(size_t service, const Stay& stay) const;
  bool is_known(size_t service, size_t stay) const;

  void check_all_told(size_t service);
  bool was_off(size_t service, int from, int to) const;

  Truth& truth_;
  const Channel& channel_;
  Time now_{};
  std::string hearing_{};                  // the delivery
  std::array<std::string, 3> believed_{};  // down, degraded, or anything else
  bool believes_alert_ = false;
  std::set<std::string> believed_broken_{};
  std::map<std::string, int> accepted_{};                   // by the id of the delivery
  std::map<std::string, int> doubts_{};                     // the same
  std::set<std::string> doubted_keys_{};                    // of incidents
  std::array<std::map<ToldSpan, std::string>, 3> spans_{};  // with the delivery that told them last
  std::array<std::vector<int>, 3> told_at_{};               // the minutes of messages
  std::array<int, 3> counted_{};
  std::array<std::vector<bool>, 3> off_{};   // by minute, from 0 on
  std::array<std::set<size_t>, 3> known_{};  // the stays in which their status was told
  std::map<std::string, bool> incidents_{};  // of a channel that keeps them: open or closed, by key
};

// "06:01" in minutes; absent when it is no such thing.
inline std::optional<int> clock_in(std::string_view text) {
  const auto digit = [&](size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() < 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
    return std::nullopt;
  return ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0' - 6 * 60;
}

// All of "down 06:01–06:03" in a line. Times with a day or with seconds do not come up.
inline std::vector<ToldSpan> spans_in(std::string_view line) {
  static constexpr std::string_view kDash = "–";
  std::vector<ToldSpan> out;
  for (size_t at = line.find(kDash); at != line.npos; at = line.find(kDash, at + 1)) {
    if (at < 6) continue;
    const auto from = clock_in(line.substr(at - 5));
    const auto to = clock_in(line.substr(at + kDash.size()));
    if (!from || !to) continue;
    const size_t blank = line.rfind(' ', at - 7);
    const size_t word = blank == line.npos ? 0 : blank + 1;
    out.push_back({std::string(line.substr(word, at - 6 - word)), *from, *to});
  }
  return out;
}

// "1 h 5 min" in minutes.
inline int minutes_in(const std::string& duration) {
  int out = 0;
  std::istringstream words(duration);
  int count = 0;
  for (std::string unit; words >> count >> unit;) out += unit == "h" ? 60 * count : count;
  return out;
}

// "It was degraded or down for 4 min, since 06:01"
inline std::optional<ToldSpan> since_in(const std::string& line) {
  const size_t was = line.find("It was ");
  const size_t lasted = was == line.npos ? was : line.find(" for ", was);
  const size_t since = lasted == line.npos ? lasted : line.find(", since ", lasted);
  const auto from = since == line.npos ? std::nullopt : clock_in(std::string_view(line).substr(since + 8));
  if (!from) return std::nullopt;
  return ToldSpan{line.substr(was + 7, lasted - was - 7), *from,
                  *from + minutes_in(line.substr(lasted + 5, since - lasted - 5))};
}

inline std::optional<Told> told_in(const std::string& line) {
  for (size_t i = 0; i < kTestServices.size(); ++i) {
    const std::string name = kTestServices[i];
    if (line.find(name) == line.npos) continue;
    if (line.find("No more about " + name) != line.npos) return Told{.service = i};
    for (const char* verb : {" is still ", " is ", " was "}) {
      const size_t at = line.find(name + verb);
      if (at == line.npos) continue;
      const std::string_view rest = std::string_view(line).substr(at + name.size() + std::strlen(verb));
      for (const char* status : {"up", "degraded", "down"}) {
        if (rest.starts_with(status)) return Told{.service = i, .verb = verb, .status = status};
      }
    }
  }
  return std::nullopt;
}

// "Since: 2026-11-22 06:01:00 UTC", in minutes.
inline std::optional<int> begin_in(const std::string& line) {
  if (line.find("Since:") == line.npos) return std::nullopt;
  const size_t date = line.find("2026-11-22");
  return date == line.npos ? std::nullopt : clock_in(std::string_view(line).substr(date + 11));
}

// "down 06:01–06:03 and 2 more before"
inline int counted_in(const std::string& line) {
  const size_t behind = line.find(" more before");
  const size_t number = behind == line.npos ? behind : line.rfind(' ', behind - 1);
  return number == line.npos ? 0 : std::atoi(line.c_str() + number);
}

inline void Reader::doubt(const Outgoing& send) {
  ++doubts_[send.id];
  if (keeps_incidents(channel_))
    doubted_keys_.insert((*parse_json(send.send.body))["dedup_key"].get<std::string>());
}

inline void Reader::hear(const Outgoing& send, Time now) {
  now_ = now;
  hearing_ = send.id;
  if (++accepted_[send.id] > 1 + doubts_[send.id]) fault("twice: " + send.send.body);
  const Json body = *parse_json(send.send.body);
  if (keeps_incidents(channel_)) return hear_incident(send, body);
  if (channel_.type == "telegram") return read(body["text"].get<std::string>());
  if (body.contains("digest") && body["digest"]["more"].get<int>() > 0) fault("counts what it could name");
  const std::string since = body["since"].is_string() ? "\nSince: " + body["since"].get<std::string>() : "";
  read(body["title"].get<std::string>() + "\n" + body["message"].get<std::string>() + since);
}

inline void Reader::hear_incident(const Outgoing& send, const Json& body) {
  const std::string key = body["dedup_key"];
  if (body["event_action"] == "trigger") {
    if (key.starts_with("alert:") && !truth_.is_firing) fault("opens an alert that is over");
    read(body["payload"]["summary"].get<std::string>());
    incidents_[key] = true;
    return;
  }
  // Of an alert that a channel does not know of, as of one that it forgot, the end is told all the same.
  const bool is_alert = key.starts_with("alert:");
  const bool is_proof = key.starts_with("channel:" + channel_.name + ":");
  if (!incidents_.contains(key) && !doubted_keys_.contains(key) && !is_alert && !is_proof)
    fault("closes what was never opened: " + send.send.body);
  incidents_[key] = false;
}

// What was refused in full is told in a plainer text, which may be cut at its end: what it lost may be anything.
inline void Reader::read(const std::string& text) {
  const bool is_cut = text.ends_with("…");
  for (int& counted : counted_) counted += is_cut ? kMostLost : 0;
  std::optional<Told> told;
  std::istringstream stream(text);
  const auto finish = [&] {
    if (told) note(*std::exchange(told, std::nullopt));
  };
  for (std::string line; std::getline(stream, line);) {
    if (line.find("It was not told: ") != line.npos) continue;
    const bool is_other = line.find(kTestAlert) != line.npos || line.find("The channel ") != line.npos;
    auto next = is_other ? std::nullopt : told_in(line);
    if (is_other || next) finish();
    if (is_other) read_line(line);
    if (next) told = std::move(next);
    if (!told) continue;
    for (ToldSpan& span : spans_in(line)) told->spans.push_back(std::move(span));
    if (auto since = since_in(line)) told->spans.push_back(*std::move(since));
    told->counted += counted_in(line);
    told->since = begin_in(line).value_or(told->since);
  }
  finish();
}

inline void Reader::read_line(const std::string& line) {
  if (line.find("The channel ") != line.npos) return read_notice(line);
  const bool is_over = line.find("Resolved: ") != line.npos || line.find(" was firing") != line.npos;
  if (!is_over && !truth_.is_firing) fault("says that an alert fires that is over: " + line);
  believes_alert_ = !is_over;
}

// "The channel ops is broken", "… refuses a recovery", "… works again"
inline void Reader::read_notice(const std::string& line) {
  std::istringstream words(line.substr(line.find("The channel ") + 12));
  std::string name;
  std::string verb;
  words >> name >> verb;
  if (name.ends_with("…") || verb.ends_with("…")) return;
  if (verb == "works") {
    believed_broken_.erase(name);
    return;
  }
  if (verb == "is" && !truth_.broken.contains(name)) fault("says what works to be broken: " + line);
  believed_broken_.insert(name);
}

inline void Reader::note(const Told& told) {
  believed_[told.service] = told.verb == " was " ? "up" : told.status;
  told_at_[told.service].push_back(minute_of(now_));
  counted_[told.service] += told.counted;
  if (!told.verb.empty() && told.verb != " was " && told.status != "up") note_problem(told);
  const std::set<ToldSpan> spans(told.spans.begin(), told.spans.end());
  for (const ToldSpan& span : spans) note_span(told.service, span);
}

// A worsening may wait for its threshold, or the cooldown: then the status before is what is told. What was late is
// of the time since which it says that it is so.
inline void Reader::note_problem(const Told& told) {
  const auto& stays = truth_.stays[told.service];
  if (*status_named(told.status) > stays.back().status)
    fault(std::string(kTestServices[told.service]) + told.verb + told.status + ", and is not");
  for (size_t i = stays.size(); i-- > 0 && is_problem(stays[i].status);) {
    const bool was_over = stays[i].to >= 0 && stays[i].to <= told.since;
    if (told.status == status_name(stays[i].status) && !was_over) known_[told.service].insert(i);
  }
}

// What is told again is so because it was not known that it was told.
inline void Reader::note_span(size_t service, const ToldSpan& span) {
  check_is_so(service, span);
  const auto [before, is_new] = spans_[service].try_emplace(span, hearing_);
  if (is_new || keeps_incidents(channel_)) return;
  if (doubts_[before->second] == 0)
    fault(std::string(kTestServices[service]) + " is told twice to have been " + text_of(span));
  before->second = hearing_;
}

// In all of the span the service was as bad as it says, and it began and ended so. A minute whose check was lost is
// known of a report alone.
inline void Reader::check_is_so(size_t service, const ToldSpan& span) const {
  const auto& minutes = truth_.minutes[service];
  const auto wrong = [&](const char* why) {
    fault(std::string(kTestServices[service]) + " was not " + text_of(span) + ": " + why);
  };
  const auto fits = [&](Status status) {
    return span.status == "down" ? status == Status::down : is_problem(status);
  };
  if (span.from < 0 || span.to <= span.from || span.to >= static_cast<int>(minutes.size()))
    return wrong("that is no time");
  const auto at = [&](int minute) { return minutes[static_cast<size_t>(minute)]; };
  if (!fits(at(span.from).heartbeat)) wrong("it did not begin then");
  for (int minute = span.from; minute < span.to; ++minute) {
    if (at(minute).is_seen && !fits(at(minute).heartbeat)) return wrong("it was better");
  }
  // It ends where the state changed, be it for a minute that is not told, or where it is told no more.
  const auto& stays = truth_.stays[service];
  const bool was_other =
      status_name(at(span.to).heartbeat) != span.status ||
      std::any_of(stays.begin(), stays.end(), [&](const Stay& stay) { return stay.from == span.to; });
  if (!was_other && at(span.to).is_seen && !was_off(service, span.to, span.to)) wrong("it lasted");
}

inline bool Reader::was_off(size_t service, int from, int to) const {
  const auto& off = off_[service];
  const auto end = off.begin() + std::min(to + 1, static_cast<int>(off.size()));
  return std::find(off.begin() + from, end, true) != end;
}

// In every minute by some span.
inline bool Reader::is_listed(size_t service, const Stay& stay) const {
  for (int minute = stay.from; minute < stay.to; ++minute) {
    const bool is_told = std::any_of(spans_[service].begin(), spans_[service].end(), [&](const auto& told) {
      const ToldSpan& span = told.first;
      const bool says_it = stay.status == Status::degraded || span.status.find("down") != span.status.npos;
      return says_it && span.from <= minute && minute < span.to;
    });
    if (!is_told) return false;
  }
  return true;
}

// A channel goes on with what it was told of the same problem: until another status lasted, or, when it is told of no
// improvement, until the problem is over.
inline bool Reader::is_known(size_t service, size_t stay) const {
  const auto& stays = truth_.stays[service];
  const auto says_it = [&](size_t told) {
    return known_[service].contains(told) &&
           (!channel_.events.up || stays[told].status == stays[stay].status);
  };
  for (size_t told = stay; !says_it(told);) {
    if (told == 0 || !is_problem(stays[told - 1].status)) return false;
    --told;
    const bool is_other =
        stays[told].status != stays[stay].status && stays[told].checks >= stays[told].threshold;
    if (channel_.events.up && is_other) return false;
  }
  return true;
}

// Each problem that lasted was told while it lasted, lies within a span that was told, or is one of those that were
// counted; unless nothing could be told about the service until the message that should have had it. One outage is
// counted of what was degraded, worse, and degraded again.
inline void Reader::check_all_told(size_t service) {
  const auto& stays = truth_.stays[service];
  int untold = 0;
  std::string all;
  bool is_degraded_counted = false;
  for (size_t i = 0; i + 1 < stays.size(); ++i) {
    const Stay& stay = stays[i];
    if (!is_problem(stay.status)) is_degraded_counted = false;
    const bool is_taken =
        stay.status == Status::down || (stay.status == Status::degraded && channel_.events.degraded);
    if (!is_taken || stay.checks < stay.threshold || is_listed(service, stay) || is_known(service, i))
      continue;
    const auto next =
        std::lower_bound(told_at_[service].begin(), told_at_[service].end(), stay.to + kLongestCooldown);
    const int end = next == told_at_[service].end() ? static_cast<int>(off_[service].size()) : *next;
    if (was_off(service, stay.from, end)) continue;
    const bool is_counted = stay.status == Status::degraded && std::exchange(is_degraded_counted, true);
    untold += is_counted ? 0 : 1;
    all += " " + text_of({std::string(status_name(stay.status)), stay.from, stay.to});
  }
  if (untold > counted_[service])
    fault(std::string(kTestServices[service]) + " is not told to have been" + all);
}

inline void Reader::check_at_the_end() {
  for (const auto& [key, is_open] : incidents_) {
    if (is_open) fault("leaves open " + key);
  }
  if (keeps_incidents(channel_)) return;
  for (size_t i = 0; i < kTestServices.size(); ++i) {
    if (channel_.events.up && (believed_[i] == "down" || believed_[i] == "degraded"))
      fault(std::string(kTestServices[i]) + " is believed to be " + believed_[i]);
    check_all_told(i);
  }
  if (!channel_.events.up) return;
  if (believes_alert_) fault("the alert is believed to fire");
  for (const std::string& name : believed_broken_) fault(name + " is believed to be broken");
}

}  // namespace hb
