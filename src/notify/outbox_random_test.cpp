// Seeded histories of services, providers and crashes: whatever was announced is sent, in order, and nothing
// twice but for a crash or a call without an answer.
#include <random>
#include <set>

#include "notify/outbox_test.hpp"

namespace hb::outbox_random_test {
namespace {

constexpr int kServices = 12;
const std::vector<std::string> kChannels = {"discord", "slack", "webhook", "pagerduty"};

enum class Mood { good, failing, limiting, broken, refusing, silent };

// What one channel was announced, and what arrived there.
struct Ledger {
  std::vector<Message> announced{};
  std::map<std::string, std::string> holders{};        // the message that stands for another, by their ids
  std::map<std::string, std::vector<int>> arrivals{};  // when, by id
  std::map<std::string, int> doubts{};                 // sends that arrived and were not known to, by id
  std::map<std::string, bool> open{};                  // incidents, by key
};

struct Watched {
  int problem = 0;
  std::string status = "up";
};

class History {
 public:
  explicit History(unsigned seed) : random_(seed), rounds_(kChannels) {}

  void run() {
    const int minutes = 30 + below(40);
    for (int i = 0; i < minutes; ++i) {
      if (below(400) == 0) rounds_.now += 25h;
      minute();
    }
    for (auto& [channel, mood] : moods_) mood = Mood::good;
    is_calm_ = true;
    for (int i = 0; i < 200 && !is_empty(); ++i) minute();
    REQUIRE(is_empty());
    for (const std::string& channel : kChannels) check(channel);
  }

 private:
  int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

  bool is_empty() {
    return std::all_of(kChannels.begin(), kChannels.end(),
                       [&](const std::string& channel) { return rounds_.queued(channel).empty(); });
  }

  void minute() {
    rounds_.now += 1min;
    change_moods();
    announce(changes());
    const auto sends = rounds_.go();
    CHECK(sends.size() <= 40);
    const std::string durable = write_outbox(rounds_.outbox);
    deliver(sends);
    if (!is_calm_ && below(8) == 0) {
      rounds_.outbox = read_outbox(durable);  // a crash
      for (const Outgoing& send : sends) doubt(send);
      return;
    }
    if (!is_calm_ && below(10) == 0) interfere();
    const auto answers = answers_;
    record_results(sends, answers);
  }

  // Another round while the answers of this one are on their way.
  void interfere() {
    const auto answers = answers_;
    rounds_.now += 1s;
    announce(changes());
    const auto sends = rounds_.go();
    deliver(sends);
    record_results(sends, answers_);
    answers_ = answers;
  }

  void change_moods() {
    for (const std::string& channel : kChannels) {
      if (!is_calm_ && below(6) == 0) moods_[channel] = static_cast<Mood>(below(10) < 5 ? 0 : below(6));
    }
  }

  std::vector<Message> changes() {
    std::vector<Message> out;
    const int count = is_calm_ ? 0 : below(15) == 0 ? 9 : below(3);
    std::set<int> changed;
    for (int i = 0; i < count; ++i) {
      if (const int service = below(kServices); changed.insert(service).second)
        out.push_back(changed_one(service));
    }
    return out;
  }

  Message changed_one(int number) {
    static const std::string kStatuses[] = {"up", "degraded", "down"};
    Watched& service = services_[number];
    std::string status = service.status;
    while (status == service.status) status = kStatuses[below(3)];
    if (service.status == "up") ++service.problem;
    Message message = change(*kind_named(status), "s" + std::to_string(number), rounds_.now, service.problem);
    message.previous = service.status;
    service.status = status;
    return message;
  }

  void announce(const std::vector<Message>& messages) {
    std::vector<Announcement> announcements;
    for (const std::string& channel : kChannels) {
      for (const Message& message : messages) announcements.push_back({channel, message});
    }
    const Outbox before = rounds_.outbox;
    enqueue(rounds_.config, rounds_.outbox, announcements, rounds_.now);
    for (const std::string& channel : kChannels) {
      for (const Message& message : messages) ledgers_[channel].announced.push_back(message);
      const ChannelQueue* queue = find_queue(before, channel);
      if (channel != "pagerduty")
        follow(channel, queue ? queue->queued : std::vector<QueuedMessage>{}, messages);
      CHECK(rounds_.queued(channel).size() <= 200);
    }
  }

  // Finds out what stands for the messages that are not queued any more.
  void follow(const std::string& channel, std::vector<QueuedMessage> before,
              const std::vector<Message>& messages) {
    std::map<std::string, int> counts;  // by digest
    const size_t old_count = before.size();
    for (const Message& message : messages) before.push_back(queued_message(message, rounds_.now));
    for (size_t i = 0; i < before.size(); ++i) {
      const Message& message = before[i].message;
      if (is_queued(channel, before[i].id)) continue;
      const Message* recovery =
          i < old_count && !is_recovery(message) ? recovery_of(message, messages) : nullptr;
      const bool is_late = rounds_.now > before[i].queued_at + 24h;
      if (recovery != nullptr && !is_in_flight(before[i], rounds_.now)) {
        ledgers_[channel].holders[before[i].id] = message_id(*recovery);
        continue;
      }
      const Message* digest =
          digest_in(channel, is_late || message.dedup_key.starts_with("digest:late:") ? "digest:late:"
                                                                                      : "digest:storm:");
      INFO(channel << " " << write_message(message));
      REQUIRE(digest != nullptr);
      ledgers_[channel].holders[before[i].id] = message_id(*digest);
      counts[message_id(*digest)] +=
          is_digest(message) ? static_cast<int>(message.lines.size()) + message.more : 1;
    }
    for (const QueuedMessage& item : rounds_.queued(channel)) {
      if (counts.count(item.id) != 0)
        CHECK(static_cast<int>(item.message.lines.size()) + item.message.more == counts[item.id]);
    }
  }

  bool is_queued(const std::string& channel, const std::string& id) {
    const auto& queued = rounds_.queued(channel);
    return std::any_of(queued.begin(), queued.end(),
                       [&](const QueuedMessage& item) { return item.id == id; });
  }

  static const Message* recovery_of(const Message& problem, const std::vector<Message>& messages) {
    for (const Message& message : messages) {
      if (is_recovery(message) && message.dedup_key == problem.dedup_key) return &message;
    }
    return nullptr;
  }

  const Message* digest_in(const std::string& channel, std::string_view key) {
    for (const QueuedMessage& item : rounds_.queued(channel)) {
      const Message& message = item.message;
      if (message.timestamp == rounds_.now && message.dedup_key.starts_with(key)) return &message;
    }
    return nullptr;
  }

  // What the providers do, and what they answer.
  void deliver(const std::vector<Outgoing>& sends) {
    answers_.clear();
    for (const Outgoing& send : sends) {
      const QueuedMessage item = rounds_.item(send);
      switch (moods_[send.channel]) {
        case Mood::good:
          arrive(send, item.message);
          answers_[send.id + send.channel] = {.status = 200};
          break;
        case Mood::failing:
          answers_[send.id + send.channel] = {.status = 500};
          break;
        case Mood::limiting:
          answers_[send.id + send.channel] = {.status = 429, .retry_after = "150"};
          break;
        case Mood::broken:
          answers_[send.id + send.channel] = {.status = 401};
          break;
        case Mood::refusing:
          if (item.form == Form::plain) arrive(send, item.message);
          answers_[send.id + send.channel] = {.status = item.form == Form::plain ? 200 : 400};
          break;
        case Mood::silent:
          if (below(2) == 0) arrive(send, item.message);
          answers_[send.id + send.channel] = {.error = "TimeoutError"};
          doubt(send);
          break;
      }
    }
  }

  void arrive(const Outgoing& send, const Message& message) {
    Ledger& ledger = ledgers_[send.channel];
    ledger.arrivals[send.id].push_back(++clock_);
    if (send.channel == "pagerduty") ledger.open[message.dedup_key] = !is_recovery(message);
  }

  void doubt(const Outgoing& send) { ++ledgers_[send.channel].doubts[send.id]; }

  void record_results(const std::vector<Outgoing>& sends, const std::map<std::string, Answer>& answers) {
    rounds_.outbox = read_outbox(write_outbox(rounds_.outbox));
    std::vector<Result> results;
    for (const Outgoing& send : sends)
      results.push_back({send.channel, send.id, answers.at(send.id + send.channel)});
    CHECK(hb::record_results(rounds_.config, rounds_.outbox, results, rounds_.now).failed == 0);
    for (const std::string& channel : kChannels) {
      for (const QueuedMessage& item : rounds_.queued(channel)) {
        const bool is_new = item.message.kind == MessageKind::notice && item.message.timestamp == rounds_.now;
        if (is_new) ledgers_[channel].announced.push_back(item.message);
      }
    }
  }

  void check(const std::string& channel) {
    INFO(channel);
    if (channel == "pagerduty") {
      check_incidents();
    } else {
      check_notified(channel);
    }
  }

  // Each incident is as it was announced last.
  void check_incidents() {
    std::map<std::string, bool> expected;
    for (const Message& message : ledgers_["pagerduty"].announced)
      expected[message.dedup_key] = !is_recovery(message);
    for (const auto& [key, is_open] : expected) {
      INFO(key);
      CHECK(ledgers_["pagerduty"].open[key] == is_open);
    }
  }

  void check_notified(const std::string& channel) {
    Ledger& ledger = ledgers_[channel];
    std::map<std::string_view, int> last;  // by service
    for (const Message& message : ledger.announced) {
      int first = 0;
      int arrivals = 0;
      int doubts = 0;
      for (std::string id = message_id(message); !id.empty(); id = ledger.holders[id]) {
        for (const int at : ledger.arrivals[id]) first = first == 0 ? at : std::min(first, at);
        arrivals += static_cast<int>(ledger.arrivals[id].size());
        doubts += ledger.doubts[id];
      }
      INFO(write_message(message));
      CHECK(arrivals >= 1);
      CHECK(arrivals <= 1 + doubts);
      CHECK(first >= last[ordering_key(message)]);
      last[ordering_key(message)] = first;
    }
  }

  std::mt19937 random_;
  Rounds rounds_;
  bool is_calm_ = false;
  int clock_ = 0;
  std::map<std::string, Mood> moods_{};
  std::map<int, Watched> services_{};
  std::map<std::string, Ledger> ledgers_{};
  std::map<std::string, Answer> answers_{};
};

}  // namespace

TEST_CASE("whatever happens, everything that was announced is announced, in order", "[slow]") {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    INFO("seed " << seed);
    History(seed).run();
  }
}

}  // namespace hb::outbox_random_test
