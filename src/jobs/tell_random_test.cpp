// Random histories of services and of a provider that fails, through the whole core: what people were
// notified of is what happened, nothing is missing, and nothing came twice.

#include <cstdlib>
#include <random>
#include <regex>
#include <set>

#include "catch.hpp"
#include "world.hpp"

namespace hb::tell_random_test {
namespace {

constexpr std::string_view kServices = R"({
  "groups": [{"id": "all", "services": ["a", "b", "c", "d"], "auth": {"required": false}, "failureThreshold": 2}],
  "services": [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d"}]})";

enum class Mood { good, failing, limiting, broken, silent };

// A time in which a service reported one status.
struct Stay {
  std::string status = "up";
  Time from{};
  Time to{};
  int checks = 0;
};

std::string minute_of(Time time) {
  return clock_time(time).substr(0, 5);
}

// Of "down 06:01–06:03", and of "for 18 min, since 06:10". All is of one day.
bool is_within_a_notified_time(const std::string& text, const Stay& stay) {
  const auto is_within = [&](const std::string& begin, const std::string& end) {
    return begin <= minute_of(stay.from) && minute_of(stay.to) <= end;
  };
  static const std::regex kSpan("(\\d\\d:\\d\\d)–(\\d\\d:\\d\\d)");
  static const std::regex kSince("for (\\d+) min, since (\\d\\d):(\\d\\d)");
  const std::sregex_iterator none;
  for (std::sregex_iterator it(text.begin(), text.end(), kSpan); it != none; ++it) {
    if (is_within((*it)[1], (*it)[2])) return true;
  }
  for (std::sregex_iterator it(text.begin(), text.end(), kSince); it != none; ++it) {
    const Time begin = from_ms((std::stoi((*it)[2]) * 60 + std::stoi((*it)[3])) * 60'000);
    if (is_within(minute_of(begin), minute_of(begin + std::stoi((*it)[1]) * 60s))) return true;
  }
  return false;
}

class History {
 public:
  explicit History(unsigned seed) : random_(seed), world_(kServices) {
    world_.role = seed % 2 == 0 ? Role::kv_only : Role::edge;
    world_.env = {{"NOTIFICATION_OPS_URL", "https://ops.example/"}};
    const std::string cooldown = std::to_string(below(2) * 5);
    notifications_ = R"({"settings":{"cooldownMinutes":)" + cooldown +
                     R"(,"digestAfter":2},"channels":[{"type":"webhook","name":"ops"}]})";
    world_.configure(kServices, kNoLag, notifications_);
    world_.provider = [this](const Send& send) { return answer(send); };
  }

  void run() {
    minute();
    for (int i = 0; i < 30; ++i) {
      if (below(5) == 0) mood_ = static_cast<Mood>(below(8) < 4 ? 0 : below(5));
      for (auto& [id, stays] : lives_) {
        if (below(6) == 0) begin(stays, std::vector<std::string>{"up", "up", "degraded", "down"}[below(4)]);
      }
      minute();
    }
    mood_ = Mood::good;
    for (auto& [id, stays] : lives_) begin(stays, "up");
    for (int i = 0; i < 75; ++i) minute();
    for (const auto& [id, stays] : lives_) check(id, stays);
  }

 private:
  size_t below(unsigned limit) { return random_() % limit; }

  void begin(std::vector<Stay>& stays, const std::string& status) {
    if (stays.back().status != status) stays.push_back({.status = status, .from = world_.now + 60s});
  }

  void minute() {
    world_.advance(60s);
    Json beats = Json::array();
    for (auto& [id, stays] : lives_) {
      beats.push_back({{"serviceId", id}, {"status", stays.back().status}});
      stays.back().to = world_.now + 60s;
      ++stays.back().checks;
    }
    REQUIRE(world_.post("/api/heartbeat", dump({{"services", beats}})).status == 200);
    world_.check();
  }

  Answer answer(const Send& send) {
    switch (mood_) {
      case Mood::good:
        hear(*parse_json(send.body));
        return {.status = 200};
      case Mood::failing:
        return {.status = 500};
      case Mood::limiting:
        return {.status = 429, .retry_after = "150"};
      case Mood::broken:
        return {.status = 401};
      case Mood::silent:
        return {.error = "TypeError"};
    }
    return {};
  }

  void hear(const Json& notified) {
    const std::string event = notified["event"];
    const std::string id = notified.contains("service") ? notified["service"]["id"].get<std::string>() : "";
    const std::string key =
        event + notified["dedupKey"].get<std::string>() + notified["timestamp"].get<std::string>();
    INFO(dump(notified));
    CHECK(keys_.insert(key).second);
    if (event != "digest") return note(id, event, notified["message"].get<std::string>());
    is_cut_ |= notified["digest"]["more"].get<int>() > 0;
    for (const Json& line : notified["digest"]["lines"]) {
      const std::string text = line;
      is_cut_ |= text.find("…") != std::string::npos;
      for (const auto& [service, stays] : lives_) {
        const size_t at = text.find(service + " is ");
        if (at != std::string::npos) note(service, text.substr(at + 5, text.find(':', at) - at - 5), text);
        if (text.find(service + " was ") != std::string::npos) note(service, "up", text);
      }
    }
  }

  void note(const std::string& id, const std::string& status, const std::string& text) {
    believed_[id] = status;
    texts_[id] += text + "\n";
    known_[id].insert(lives_[id].size() - 1);
  }

  // Each problem that lasted long enough was announced while it lasted, or lies within a time that was.
  void check(const std::string& id, const std::vector<Stay>& stays) {
    INFO(id << " was announced: " << texts_[id]);
    CHECK((believed_[id].empty() || believed_[id] == "up"));
    const bool is_short = is_cut_ || texts_[id].find("more before") != std::string::npos;
    for (size_t i = 1; i + 1 < stays.size(); ++i) {
      if (stays[i].status == "up" || stays[i].checks < 2) continue;
      INFO(stays[i].status << " from " << clock_time(stays[i].from) << " to " << clock_time(stays[i].to));
      const bool is_listed = is_within_a_notified_time(texts_[id], stays[i]);
      CHECK((is_short || known_[id].contains(i) || is_listed));
    }
  }

  std::mt19937 random_;
  World world_;
  std::string notifications_{};
  Mood mood_ = Mood::good;
  std::map<std::string, std::vector<Stay>> lives_{{"a", {{}}}, {"b", {{}}}, {"c", {{}}}, {"d", {{}}}};
  std::map<std::string, std::string> believed_{};
  std::map<std::string, std::string> texts_{};
  std::map<std::string, std::set<size_t>> known_{};  // the stays in which something was announced
  std::set<std::string> keys_{};
  bool is_cut_ = false;  // a digest has left something out
};

// So many as HEARTBEAT_SEEDS says.
unsigned seeds() {
  const char* given = std::getenv("HEARTBEAT_SEEDS");
  return given == nullptr ? 60 : static_cast<unsigned>(std::atoi(given));
}

}  // namespace

TEST_CASE("whatever services and providers do, people are notified of what happened, all of it, and once",
          "[slow]") {
  for (unsigned seed = 1; seed <= seeds(); ++seed) {
    INFO("seed " << seed);
    History(seed).run();
  }
}

}  // namespace hb::tell_random_test
