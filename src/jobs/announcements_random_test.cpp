// Random lives of one service, and what must be true of every message about it.
#include <array>
#include <random>

#include "catch.hpp"
#include "notify/announcements_test.hpp"

namespace hb::announcements_random_test {
namespace {

Status status_of(char letter) {
  if (letter == 'd') return Status::down;
  return letter == 'g' ? Status::degraded : Status::up;
}

// What a channel that takes everything, "slack", believes and must not be sent.
struct Listener {
  Status believed = Status::up;
  std::optional<Message> last{};
  Time last_at{};
};

// A channel that only takes down, but gets the end of everything: "pagerduty".
struct Pager {
  std::string open{};
};

class Life {
 public:
  explicit Life(unsigned seed) : random_(seed), play_(random_config()) {}

  void live() {
    step('u', 1);
    for (int i = 0; i < 40; ++i) step(random_letter(), 1 + below(is_hasty_ ? 3 : 12));
    step(random_letter(), cooldown() + failures() + 2);
    check_belief();
    step('u', 2 * cooldown() + failures() + 2);
    check_belief();
    CHECK(pager_.open.empty());
    CHECK(play_.state.services[0].notified.empty());
    check_all_notified();
  }

 private:
  // A time of one status.
  struct Stay {
    char letter = 'u';
    Time from{};
    Time to{};
    bool was_known = false;
  };

  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
  char random_letter() { return "uuuddg"[below(6)]; }
  int cooldown() const { return play_.config.notifications.cooldown_minutes; }
  int failures() const { return play_.config.services[0].failure_threshold; }

  Config random_config() {
    Config config = config_for({"db"}, {"slack", "pagerduty"});
    config.notifications.channels[1].events = {.down = true, .up = false, .degraded = below(2) == 0};
    config.notifications.cooldown_minutes = std::array{0, 1, 5, 7, 30}[static_cast<size_t>(below(5))];
    config.services[0].failure_threshold = 1 + below(4);
    config.services[0].repeat_alert_minutes = below(3) == 0 ? 10 + below(30) : 0;
    is_hasty_ = below(2) == 0;
    return config;
  }

  void step(char letter, int minutes) {
    if (stays_.empty() || stays_.back().letter != letter) {
      if (!stays_.empty()) stays_.back().to = play_.now + 60s;
      stays_.push_back({letter, play_.now + 60s});
    }
    for (int i = 0; i < minutes; ++i) {
      const size_t notified = play_.notified.size();
      play_.play(std::string(1, letter));
      for (size_t j = notified; j < play_.notified.size(); ++j) hear(play_.notified[j]);
      stays_.back().was_known |= listener_.believed == status_of(letter);
    }
  }

  void hear(const Announcement& notified) {
    if (notified.channel == "pagerduty") return page(notified.message);
    const Message& message = notified.message;
    const Status status = *status_named(message.status);
    INFO(clock_time(play_.now) << " " << write_message(message));
    CHECK(message.status == status_name(play_.state.services[0].status));
    const bool is_in_cooldown = listener_.last && play_.now < listener_.last_at + cooldown() * 1min;
    if (is_in_cooldown && message.kind != MessageKind::reminder) CHECK(status < listener_.believed);
    if (listener_.last) CHECK(!is_repetition(message));
    if (message.kind == MessageKind::reminder) CHECK(status == listener_.believed);
    listener_ = {status, message, play_.now};
    texts_ += message.text + "\n";
  }

  bool is_repetition(const Message& message) const {
    const Message& last = *listener_.last;
    if (message.kind == MessageKind::reminder) return false;
    return last.status == message.status && message.text.find("–") == std::string::npos;
  }

  void page(const Message& message) {
    INFO(clock_time(play_.now) << " " << write_message(message));
    if (is_recovery(message)) {
      CHECK(pager_.open == message.dedup_key);
      pager_.open.clear();
    } else {
      CHECK((pager_.open.empty() || pager_.open == message.dedup_key));
      pager_.open = message.dedup_key;
    }
  }

  void check_belief() { CHECK(listener_.believed == play_.state.services[0].status); }

  // Each problem that lasted was announced while it lasted, or is listed by its end.
  void check_all_notified() {
    const bool is_cut = texts_.find("more before") != std::string::npos;
    for (const Stay& stay : stays_) {
      if (stay.letter == 'u' || stay.to == Time{} || stay.to - stay.from < failures() * 60s) continue;
      INFO(status_name(status_of(stay.letter)) << " " << clock_time(stay.from) << " " << clock_time(stay.to));
      const std::string end = "–" + clock_time(stay.to).substr(0, 5);
      CHECK((stay.was_known || is_cut || texts_.find(end) != std::string::npos));
    }
  }

  std::mt19937 random_;
  bool is_hasty_ = false;
  Play play_;
  std::vector<Stay> stays_{};
  Listener listener_{};
  Pager pager_{};
  std::string texts_{};
};

}  // namespace

TEST_CASE("whatever happens to a service, what people are notified of is what happened", "[slow]") {
  for (unsigned seed = 1; seed <= 100; ++seed) {
    INFO("seed " << seed);
    Life(seed).live();
  }
}

}  // namespace hb::announcements_random_test
