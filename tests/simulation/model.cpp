#include "simulation/model.hpp"

#include <algorithm>

#include "event/event.hpp"

namespace hb::simulation {
namespace {

constexpr Millis kInterval = 60s;
constexpr Millis kHeldFor = 3 * kInterval;  // beyond it nobody knows
constexpr Millis kNoCheckMissed = kInterval + kInterval / 2;

size_t column_of(const std::string& status) {
  static const std::array<std::string, 3> kKnown = {"up", "degraded", "down"};
  return static_cast<size_t>(std::find(kKnown.begin(), kKnown.end(), status) - kKnown.begin());
}

int digit(char letter) {
  static const std::string kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return static_cast<int>(kAlphabet.find(letter));
}

std::array<int, 4> minutes_in(const std::string& cell) {
  std::array<int, 4> minutes{};
  for (size_t i = 0; i < 4; ++i) minutes[i] = digit(cell[2 * i]) * 64 + digit(cell[2 * i + 1]);
  return minutes;
}

std::string in_words(const std::array<int, 4>& minutes) {
  std::string text;
  for (const int count : minutes) text += (text.empty() ? "" : "/") + std::to_string(count);
  return text;
}

}  // namespace

Model::Model(const Story& story, Findings& findings)
    : findings_(findings), services_(story.services.size()) {}

size_t Model::sent(size_t service, Time at, const std::string& status) {
  services_[service].sent.push_back({at, status, {}});
  return services_[service].sent.size() - 1;
}

void Model::acknowledged(size_t service, size_t number, Time now) {
  services_[service].sent[number].acknowledged = now;
}

const std::string& Model::status(size_t service) const {
  static const std::string kNone;
  const auto& stays = services_[service].stays;
  return stays.empty() ? kNone : stays.back().status;
}

void Model::checked(Time scheduled, Time now, const Json& state, const std::vector<Millis>& thresholds) {
  ++checks_;
  if (last_check_ && scheduled - *last_check_ > kNoCheckMissed) gaps_.emplace_back(*last_check_, scheduled);
  const Json silence = state.value("silence", Json());
  if (silence.is_array()) {
    const std::pair blackout{from_ms(silence[0].get<int64_t>()), from_ms(silence[1].get<int64_t>())};
    if (!blackouts_.empty() && blackouts_.back().first == blackout.first) blackouts_.pop_back();
    blackouts_.push_back(blackout);
  }
  const bool is_recorded = from_ms(state["scheduled"].get<int64_t>()) == scheduled;
  for (size_t i = 0; i < services_.size(); ++i) {
    const Json& row = state["services"][service_name(i)];
    const std::string status = row[0];
    judge(i, scheduled, now, thresholds[i], status);
    count(i, scheduled, status);
    if (is_recorded) compare_minutes(i, scheduled, row[4]);
    auto& stays = services_[i].stays;
    if (stays.empty() || stays.back().status != status) {
      if (!stays.empty()) stays.back().until = scheduled;
      stays.push_back({.status = status, .from = scheduled});
      findings_.note(service_name(i) + " is " + status);
    }
    ++stays.back().checks;
    stays.back().is_excused |= is_suppressed(scheduled, thresholds[i]);
  }
  last_check_ = scheduled;
}

// Who was heard in time is as he said; who was not, and cannot have been, is down.
void Model::judge(size_t service, Time scheduled, Time now, Millis threshold, const std::string& status) {
  const auto& sent = services_[service].sent;
  const Sent* heard = nullptr;
  bool is_doubtful = false;  // something newer may have been stored
  for (auto one = sent.rbegin(); one != sent.rend() && heard == nullptr; ++one) {
    if (one->acknowledged && *one->acknowledged <= now) {
      heard = &*one;
    } else {
      is_doubtful = true;
    }
  }
  if (heard == nullptr) return;
  const bool was_in_time = now - heard->at <= threshold;
  if (!is_doubtful && was_in_time) {
    findings_.expect(status == heard->status, service_name(service) + " is called " + status + ", and said " +
                                                  heard->status + " at " + clock_time(heard->at) +
                                                  ", within its threshold");
  }
  if (now - sent.back().at > threshold + kInterval && !is_suppressed(scheduled, threshold)) {
    findings_.expect(status == "down", service_name(service) + " is called " + status +
                                           ", and sent nothing since " + clock_time(sent.back().at));
  }
}

// After a gap of length g that ended at e nobody is newly down before e + min(threshold, g).
bool Model::is_suppressed(Time scheduled, Millis threshold) const {
  const auto lasts = [&](const std::pair<Time, Time>& span) {
    const auto& [from, until] = span;
    return until == Time{} || scheduled <= until + std::min(threshold, Millis(until - from)) + kInterval;
  };
  return std::any_of(gaps_.begin(), gaps_.end(), lasts) ||
         std::any_of(blackouts_.begin(), blackouts_.end(), lasts);
}

// A check stands for its minute, and for those until the next one, if that is not too far away.
void Model::count(size_t service, Time scheduled, const std::string& status) {
  auto& minutes = services_[service].minutes;
  const auto& stays = services_[service].stays;
  if (last_check_) {
    const bool is_known = scheduled - *last_check_ <= kHeldFor;
    for (Time minute = *last_check_ + kInterval; minute < scheduled; minute += kInterval) {
      ++minutes[day_of(minute)][is_known ? column_of(stays.back().status) : 3];
    }
  }
  ++minutes[day_of(scheduled)][column_of(status)];
}

void Model::compare_minutes(size_t service, Time scheduled, const std::string& cells) {
  const Day today = day_of(scheduled);
  auto& minutes = services_[service].minutes;
  for (const auto& [day, cell] :
       {std::pair{today - std::chrono::days(1), cells.substr(0, 8)}, std::pair{today, cells.substr(8, 8)}}) {
    const auto counted = minutes_in(cell);
    findings_.expect(counted == minutes[day], service_name(service) + " has " + in_words(counted) +
                                                  " minutes on " + iso_day(day) + ", and should have " +
                                                  in_words(minutes[day]));
  }
}

void Model::put(Key key, const std::string& bytes) {
  const auto document = parse_json(bytes);
  findings_.expect(document.has_value(), std::string(key_name(key)) + " is put, and is no JSON");
  if (!document || key != Key::data) return;
  const Json& uptime = (*document)["uptime"];
  const auto days = uptime["days"].get<size_t>();
  findings_.expect(days >= days_put_, "the history that is put has fewer days than before");
  findings_.expect(uptime["cells"].size() >= histories_put_, "fewer histories are put than before");
  days_put_ = days;
  histories_put_ = uptime["cells"].size();
}

}  // namespace hb::simulation
