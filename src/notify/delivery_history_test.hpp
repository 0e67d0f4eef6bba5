// A history of services, an alert, deploys, providers and crashes, which is a seed. It plays the check, the
// announcements, the outbox and the providers; what is stored is text, and read again.
#pragma once

#include <array>
#include <random>
#include <string>
#include <vector>

#include "config_of.hpp"
#include "notify/announcements.hpp"
#include "notify/audience.hpp"
#include "notify/delivery_reader_test.hpp"

namespace hb {

class DeliveryHistory {
 public:
  explicit DeliveryHistory(unsigned seed)
      : random_(seed), config_(random_config()), has_deploys_(seed % 2 == 1) {
    last_heartbeats_.resize(kTestServices.size());
    for (const Channel& channel : config_.notifications.channels) readers_.emplace_back(truth_, channel);
    note_what_is_off();
  }

  // What people were told that was not so, or were not told, as sentences.
  const std::vector<std::string>& faults() {
    const int minutes = 25 + below(50);
    for (int i = 0; i < minutes && truth_.faults.empty(); ++i) minute();
    calm();
    for (int i = 0; i < 150 && truth_.faults.empty() && !(i > 5 && is_settled()); ++i) minute();
    if (!truth_.faults.empty()) return truth_.faults;
    if (!is_settled()) truth_.fault("is never settled: " + write_outbox(outbox_));
    for (Reader& reader : readers_) reader.check_at_the_end();
    return truth_.faults;
  }

 private:
  enum class Mood { good, failing, limiting, broken, refusing, choosy, silent };

  int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  bool one_in(int count) { return !is_calm_ && below(count) == 0; }

  Config random_config() {
    Config config = config_with({kTestServices.begin(), kTestServices.end()});
    config.notifications.cooldown_minutes =
        std::array{0, 0, 5, kLongestCooldown}[static_cast<size_t>(below(4))];
    config.notifications.digest_after = 1 + below(4);
    config.notifications.channels = {{.type = "webhook", .name = "ops"},
                                     {.type = "webhook", .name = "boss", .events = {true, false, false}},
                                     {.type = "telegram", .name = "phone"},
                                     {.type = "pagerduty", .name = "pager"}};
    config.notifications.channels[3].events = {.down = true, .up = false, .degraded = below(2) == 0};
    config.secrets = read_secrets({{"NOTIFICATION_OPS_URL", "https://ops.example"},
                                   {"NOTIFICATION_BOSS_URL", "https://boss.example"},
                                   {"NOTIFICATION_PHONE_BOTTOKEN", "1:t"},
                                   {"NOTIFICATION_PHONE_CHATID", "1"},
                                   {"NOTIFICATION_PAGER_ROUTINGKEY", "0123456789abcdef0123456789abcdef"}});
    for (Service& service : config.services) {
      service.failure_threshold = 1 + below(3);
      service.repeat_alert_minutes = below(4) == 0 ? 4 + below(10) : 0;
    }
    return config;
  }

  void minute() {
    now_ += 60s;
    change_moods();
    if (has_deploys_ && one_in(10)) deploy();
    send_heartbeats();
    note_what_is_off();
    judge_all();
    if (one_in(12)) return;  // a crash behind the check
    tell();
  }

  void change_moods() {
    for (Mood& mood : moods_) {
      if (one_in(6)) mood = static_cast<Mood>(below(12) < 5 ? 0 : below(7));
    }
  }

  void deploy() {
    Service& service = config_.services[static_cast<size_t>(below(3))];
    Channel& channel = config_.notifications.channels[static_cast<size_t>(below(4))];
    switch (below(6)) {
      case 0:
        service.notifications.enabled = !service.notifications.enabled;
        return;
      case 1:
        config_.notifications.enabled = !config_.notifications.enabled;
        return;
      case 2:
        channel.enabled = !channel.enabled;
        return;
      case 3:
        config_.notifications.cooldown_minutes = below(10);
        return;
      case 4:
        service.failure_threshold = 1 + below(3);
        return;
      default:
        service.enabled = !service.enabled;
    }
  }

  // Everything works again, and is well.
  void calm() {
    is_calm_ = true;
    moods_.fill(Mood::good);
    letters_.fill(Status::up);
    alert_changes_ = truth_.is_firing;
    config_.notifications.enabled = true;
    for (Channel& channel : config_.notifications.channels) channel.enabled = true;
    for (Service& service : config_.services) {
      service.enabled = true;
      service.notifications.enabled = true;
    }
  }

  void send_heartbeats() {
    static constexpr std::array kStatuses = {Status::up, Status::up, Status::degraded, Status::down};
    for (size_t i = 0; i < letters_.size(); ++i) {
      if (one_in(5)) letters_[i] = kStatuses[static_cast<size_t>(below(4))];
      last_heartbeats_[i].last_seen = now_;
      note_end(last_heartbeats_[i], now_);
      if (is_problem(letters_[i])) join(last_heartbeats_[i], {now_, Report{letters_[i], now_, "words"}});
      truth_.minutes[i].resize(static_cast<size_t>(minute_of(now_)) + 1);
      truth_.minutes[i].back() = {.heartbeat = letters_[i]};
    }
    if (one_in(8)) alert_changes_ = true;
  }

  void note_what_is_off() {
    for (size_t channel = 0; channel < readers_.size(); ++channel) {
      for (size_t i = 0; i < kTestServices.size(); ++i) {
        const Service& service = config_.services[i];
        const bool is_off = is_muted(config_, service) || !service.enabled;
        readers_[channel].note_off(i, is_off || !config_.notifications.channels[channel].enabled);
      }
    }
  }

  // A check, and an alert from outside; state and outbox are stored at once, or neither.
  void judge_all() {
    const CheckState before = read_state(config_, now_ + 40ms, state_);
    const CheckContext check_context{
        .scheduled = now_, .now = now_ + 40ms, .last_check = before.scheduled, .monitoring_gap_after = 600s};
    Verdict verdict = judge(config_, before, last_heartbeats_, check_context);
    std::vector<Announcement> announcements =
        announce(config_, before, last_heartbeats_, check_context, {}, verdict);
    if (alert_changes_) add_alert(announcements);
    Outbox outbox = outbox_;
    enqueue(config_, outbox, announcements, now_);
    if (one_in(15)) return;  // a crash before anything is stored
    if (std::exchange(alert_changes_, false)) truth_.is_firing = !truth_.is_firing;
    state_ = write_state(config_, verdict.state);
    store(outbox);
    for (size_t i = 0; i < kTestServices.size(); ++i) remember(i, verdict.state.services[i]);
  }

  void store(const Outbox& outbox) {
    std::string text = write_outbox(outbox);
    if (text == outbox_text_) return;
    outbox_ = read_outbox(text);
    outbox_text_ = std::move(text);
  }

  void add_alert(std::vector<Announcement>& announcements) const {
    const Message message{.kind = MessageKind::alert,
                          .title = kTestAlert,
                          .status = truth_.is_firing ? "resolved" : "firing",
                          .timestamp = now_,
                          .dedup_key = "alert:disk"};
    for (const Channel& channel : config_.notifications.channels) {
      const bool is_taken = !truth_.is_firing || channel.events.up || keeps_incidents(channel);
      announcements.push_back({channel.name, message, is_taken ? Relation::begins : Relation::corrects});
    }
  }

  void remember(size_t service, const ServiceState& row) {
    auto& stays = truth_.stays[service];
    const int minute = minute_of(now_);
    const bool is_enabled = config_.services[service].enabled;
    const Status status = is_enabled ? row.status : Status::unknown;
    truth_.minutes[service].back().is_seen = is_enabled;
    const int threshold = config_.services[service].failure_threshold;
    if (!stays.empty()) stays.back().threshold = std::max(stays.back().threshold, threshold);
    if (stays.empty() || stays.back().status != status) {
      if (!stays.empty()) stays.back().to = minute;
      stays.push_back({.status = status, .from = minute, .threshold = threshold});
    }
    ++stays.back().checks;
  }

  void tell() {
    Outbox outbox = outbox_;
    const std::vector<Outgoing> sends = outgoing(config_, outbox, 0min, now_);
    if (sends.size() > kMostSends) truth_.fault("too many sends");
    store(outbox);
    const std::vector<Result> results = answers(sends);
    if (one_in(10)) {  // a crash before the answers are stored
      for (const Outgoing& send : sends) reader_of(send.channel).doubt(send);
      return;
    }
    if (one_in(10)) post_alert();
    record(results);
  }

  // An alert from outside is told at once, while the answers of a round are on their way.
  void post_alert() {
    std::vector<Announcement> announcements;
    add_alert(announcements);
    truth_.is_firing = !truth_.is_firing;
    Outbox outbox = outbox_;
    enqueue(config_, outbox, announcements, now_);
    const std::vector<Outgoing> sends = outgoing(config_, outbox, 0min, now_);
    store(outbox);
    record(answers(sends));
  }

  void record(const std::vector<Result>& results) {
    for (const Result& result : results) {
      if (result.answer == Answer{.status = 200}) truth_.broken.erase(result.channel);
    }
    Outbox outbox = outbox_;
    record_results(config_, outbox, results, now_);
    store(outbox);
  }

  size_t index_of(const std::string& channel) const {
    const auto& all = config_.notifications.channels;
    return static_cast<size_t>(
        std::find_if(all.begin(), all.end(), [&](const Channel& one) { return one.name == channel; }) -
        all.begin());
  }

  Reader& reader_of(const std::string& channel) { return readers_[index_of(channel)]; }

  std::vector<Result> answers(const std::vector<Outgoing>& sends) {
    std::vector<Result> out;
    for (const Outgoing& send : sends) out.push_back({send.channel, send.id, answer(send)});
    return out;
  }

  Answer answer(const Outgoing& send) {
    switch (moods_[index_of(send.channel)]) {
      case Mood::good:
        break;
      case Mood::failing:
        return {.status = 500};
      case Mood::limiting:
        return {.status = 429, .retry_after = "150"};
      case Mood::broken:
        truth_.broken.insert(send.channel);
        return {.status = below(2) == 0 ? 401 : 404};
      case Mood::refusing:
        if (send.channel != "phone") return {.status = 400};
        return {.status = 200, .body = R"({"ok":false,"error_code":400,"description":"can't parse"})"};
      case Mood::choosy:
        if (below(2) == 0) return {.status = 422};
        break;
      case Mood::silent:
        reader_of(send.channel).doubt(send);
        if (below(2) == 0) reader_of(send.channel).hear(send, now_);
        return {.error = "TimeoutError"};
    }
    reader_of(send.channel).hear(send, now_);
    return {.status = 200};
  }

  bool is_settled() const {
    const CheckState state = read_state(config_, now_ + 60s, state_);
    const bool is_told =
        std::all_of(outbox_.channels.begin(), outbox_.channels.end(),
                    [](const ChannelQueue& queue) { return waiting(queue) == 0 && queue.notice.empty(); });
    return is_told && std::all_of(state.services.begin(), state.services.end(), [](const ServiceState& row) {
             return row.status == Status::up && row.notified.channels.empty() &&
                    row.notified.unreported_outages.empty();
           });
  }

  std::mt19937 random_;
  Config config_;
  bool has_deploys_;
  bool is_calm_ = false;
  Time now_ = kTestBegin;
  std::string state_{};  // as it is stored
  std::string outbox_text_{};
  Outbox outbox_{};  // as it is read
  std::vector<LastHeartbeat> last_heartbeats_{};
  std::array<Status, 3> letters_{Status::up, Status::up, Status::up};
  bool alert_changes_ = false;
  std::array<Mood, 4> moods_{};
  Truth truth_{};
  std::vector<Reader> readers_{};
};

}  // namespace hb
