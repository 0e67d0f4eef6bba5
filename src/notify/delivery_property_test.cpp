// What holds for any history of services, alerts, deploys, providers and crashes: every channel is told of what
// was so, of all of it, of nothing else, and of the end of all that it accepted.
//
// A history is a seed. It plays the check, the announcements, the outbox and the providers; what is stored is
// text, and read again in every round. Whether the properties hold is decided by what the providers accepted.

#include <array>
#include <cstdlib>
#include <random>
#include <set>

#include "config_of.hpp"
#include "notify/announcements.hpp"
#include "notify/outbox_test.hpp"

namespace hb::delivery_property_test {
namespace {

constexpr std::array<const char*, 3> kNames = {"alpha", "beta", "gamma"};
constexpr const char* kAlertTitle = "Disk full";

enum class Mood { good, failing, limiting, broken, refusing, choosy, silent };

std::string minute_of(Time time) {
  return clock_time(time).substr(0, 5);
}

// A time of one status, as the checks saw it.
struct Stay {
  Status status = Status::up;
  Time from{};
  Time to{};  // of the first check that saw another
  int checks = 0;
};

// "down 06:01–06:03", or what a recovery says: "down for 4 min, since 06:01".
struct ToldSpan {
  std::string status{};
  std::string from{};
  std::string to{};
};

// One line of what a provider accepted: "beta is down", and the lines below that are about it.
struct Told {
  size_t service = 0;
  std::string verb{};    // is, is still, was
  std::string status{};  // up, degraded or down; empty: no more about it
  std::vector<ToldSpan> spans{};
};

bool is_clock(std::string_view text) {
  return text.size() == 5 && text[2] == ':' && text[0] >= '0' && text[0] <= '2' && text[4] >= '0' &&
         text[4] <= '9';
}

// All of "down 06:01–06:03" in a line. Times with a day or with seconds do not come up.
std::vector<ToldSpan> spans_in(const std::string& line) {
  static const std::string kDash = "–";
  std::vector<ToldSpan> out;
  for (size_t at = line.find(kDash); at != line.npos; at = line.find(kDash, at + 1)) {
    if (at < 6 || line.size() < at + kDash.size() + 5) continue;
    const std::string from = line.substr(at - 5, 5);
    const std::string to = line.substr(at + kDash.size(), 5);
    if (!is_clock(from) || !is_clock(to)) continue;
    const size_t word = line.rfind(' ', at - 7);
    out.push_back({line.substr(word == line.npos ? 0 : word + 1, at - 6 - (word == line.npos ? 0 : word + 1)),
                   from, to});
  }
  return out;
}

// "It was degraded or down for 4 min, since 06:01"
std::optional<ToldSpan> since_in(const std::string& line, Time now) {
  const size_t was = line.find("It was ");
  const size_t lasted = was == line.npos ? was : line.find(" for ", was);
  const size_t since = lasted == line.npos ? lasted : line.find(", since ", lasted);
  if (since == line.npos || line.size() < since + 13 || !is_clock(line.substr(since + 8, 5)))
    return std::nullopt;
  return ToldSpan{line.substr(was + 7, lasted - was - 7), line.substr(since + 8, 5), minute_of(now)};
}

std::optional<Told> told_in(const std::string& line) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    const std::string name = kNames[i];
    if (line.find("No more about " + name) != line.npos) return Told{.service = i};
    for (const char* verb : {" is still ", " is ", " was "}) {
      const size_t at = line.find(name + verb);
      if (at == line.npos) continue;
      const size_t word = at + name.size() + std::string_view(verb).size();
      const std::string rest = line.substr(word);
      for (const char* status : {"up", "degraded", "down"}) {
        if (rest.starts_with(status)) return Told{.service = i, .verb = verb, .status = status};
      }
    }
  }
  return std::nullopt;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) out.push_back(line);
  return out;
}

// What one channel accepted, and what is known of that.
struct Reader {
  std::array<std::string, 3> believed{};  // down, degraded, or anything else
  bool believes_alert = false;
  std::map<std::string, int> accepted{};  // by the id of the delivery
  std::map<std::string, int> doubts{};    // the same: it may have arrived, and the monitor does not know
  bool has_doubts = false;
  bool is_cut = false;  // a digest counted, or a line was cut
  std::array<std::vector<ToldSpan>, 3> spans{};
  std::array<std::set<size_t>, 3> known{};  // the stays in which their status was told
  std::map<std::string, bool> incidents{};  // of a channel that keeps them: open or closed, by key
};

class History {
 public:
  explicit History(unsigned seed) : random_(seed), config_(random_config()), has_deploys_(seed % 2 == 1) {
    last_heartbeats_.resize(kNames.size());
  }

  void run() {
    const int minutes = 25 + below(50);
    for (int i = 0; i < minutes; ++i) minute();
    calm();
    for (int i = 0; i < 150 && !(i > 5 && is_settled()); ++i) minute();
    INFO(write_outbox(read_outbox(outbox_)));
    CHECK(is_settled());
    for (const Channel& channel : config_.notifications.channels) check(channel);
  }

 private:
  int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  bool one_in(int count) { return !is_calm_ && below(count) == 0; }

  Config random_config() {
    Config config = config_with({kNames.begin(), kNames.end()});
    config.notifications.cooldown_minutes = std::array{0, 0, 5, 20}[static_cast<size_t>(below(4))];
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
    auto& channels = config_.notifications.channels;
    Service& service = config_.services[static_cast<size_t>(below(3))];
    switch (below(6)) {
      case 0:
        service.notifications.enabled = !service.notifications.enabled;
        return;
      case 1:
        config_.notifications.enabled = !config_.notifications.enabled;
        return;
      case 2: {
        Channel& channel = channels[static_cast<size_t>(below(4))];
        channel.enabled = !channel.enabled;
        return;
      }
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
    alert_changes_ = is_firing_;
    config_.notifications.enabled = true;
    for (Channel& channel : config_.notifications.channels) channel.enabled = true;
    for (Service& service : config_.services) {
      service.enabled = true;
      service.notifications.enabled = true;
    }
  }

  void send_heartbeats() {
    for (size_t i = 0; i < letters_.size(); ++i) {
      if (one_in(5)) {
        static constexpr std::array kStatuses = {Status::up, Status::up, Status::degraded, Status::down};
        letters_[i] = kStatuses[static_cast<size_t>(below(4))];
      }
      last_heartbeats_[i].last_seen = now_;
      if (is_problem(letters_[i])) last_heartbeats_[i].report = Report{letters_[i], now_, "words"};
    }
    if (one_in(8)) alert_changes_ = true;
  }

  // A check, and an alert from outside; state and outbox are stored at once, or neither.
  void judge_all() {
    const CheckState before = read_state(config_, now_ + 40ms, state_);
    const CheckContext check_context{
        .scheduled = now_, .now = now_ + 40ms, .last_check = before.scheduled, .monitoring_gap_after = 600s};
    Verdict verdict = judge(config_, before, last_heartbeats_, check_context);
    std::vector<Announcement> announcements =
        announce(config_, before, last_heartbeats_, check_context, {}, verdict);
    const bool alert_changes = std::exchange(alert_changes_, false);
    if (alert_changes) add_alert(announcements);
    Outbox outbox = read_outbox(outbox_);
    enqueue(config_, outbox, announcements, now_);
    if (one_in(15)) {  // a crash before anything is stored
      alert_changes_ = alert_changes;
      lost_.insert(minute_of(now_));
      return;
    }
    if (alert_changes) is_firing_ = !is_firing_;
    state_ = write_state(config_, verdict.state);
    outbox_ = write_outbox(outbox);
    for (size_t i = 0; i < kNames.size(); ++i) remember(i, verdict.state.services[i]);
  }

  void add_alert(std::vector<Announcement>& announcements) const {
    const Message message{.kind = MessageKind::alert,
                          .title = kAlertTitle,
                          .status = is_firing_ ? "resolved" : "firing",
                          .timestamp = now_,
                          .dedup_key = "alert:disk"};
    for (const Channel& channel : config_.notifications.channels) {
      const bool is_taken = !is_firing_ || channel.events.up || channel.type == "pagerduty";
      announcements.push_back({channel.name, message, is_taken ? Relation::begins : Relation::corrects});
    }
  }

  void remember(size_t service, const ServiceState& row) {
    auto& stays = stays_[service];
    const Status status = config_.services[service].enabled ? row.status : Status::unknown;
    if (stays.empty() || stays.back().status != status) {
      if (!stays.empty()) stays.back().to = now_;
      stays.push_back({.status = status, .from = now_});
    }
    ++stays.back().checks;
  }

  void tell() {
    Outbox outbox = read_outbox(outbox_);
    const std::vector<Outgoing> sends = outgoing(config_, outbox, 0min, now_);
    CHECK(sends.size() <= kMostSends);
    outbox_ = write_outbox(outbox);
    std::vector<Result> results;
    for (const Outgoing& send : sends) results.push_back({send.channel, send.id, answer(send)});
    if (one_in(10)) {  // a crash before the answers are stored
      for (const Outgoing& send : sends) doubt(send);
      return;
    }
    if (one_in(10)) post_alert();
    outbox = read_outbox(outbox_);
    record_results(config_, outbox, results, now_);
    outbox_ = write_outbox(outbox);
  }

  // An alert from outside is told at once, while the answers of a round are on their way.
  void post_alert() {
    std::vector<Announcement> announcements;
    add_alert(announcements);
    is_firing_ = !is_firing_;
    Outbox outbox = read_outbox(outbox_);
    enqueue(config_, outbox, announcements, now_);
    const std::vector<Outgoing> sends = outgoing(config_, outbox, 0min, now_);
    std::vector<Result> results;
    for (const Outgoing& send : sends) results.push_back({send.channel, send.id, answer(send)});
    record_results(config_, outbox, results, now_);
    outbox_ = write_outbox(outbox);
  }

  size_t index_of(const std::string& channel) const {
    const auto& all = config_.notifications.channels;
    return static_cast<size_t>(
        std::find_if(all.begin(), all.end(), [&](const Channel& one) { return one.name == channel; }) -
        all.begin());
  }

  Reader& reader_of(const std::string& channel) { return readers_[index_of(channel)]; }

  void doubt(const Outgoing& send) {
    ++reader_of(send.channel).doubts[send.id];
    reader_of(send.channel).has_doubts = true;
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
        return {.status = below(2) == 0 ? 401 : 404};
      case Mood::refusing:
        if (send.channel != "phone") return {.status = 400};
        return {.status = 200, .body = R"({"ok":false,"error_code":400,"description":"can't parse"})"};
      case Mood::choosy:
        if (below(2) == 0) return {.status = 422};
        break;
      case Mood::silent:
        doubt(send);
        if (below(2) == 0) hear(send);
        return {.error = "TimeoutError"};
    }
    hear(send);
    return {.status = 200};
  }

  void hear(const Outgoing& send) {
    Reader& reader = reader_of(send.channel);
    INFO(clock_time(now_) << " " << send.channel << ": " << send.send.body);
    ++reader.accepted[send.id];
    CHECK(reader.accepted[send.id] <= 1 + reader.doubts[send.id]);
    const Json body = *parse_json(send.send.body);
    if (send.channel == "pager") return hear_incident(reader, body);
    if (send.channel == "phone") return read(reader, body["text"]);
    if (body.contains("digest")) reader.is_cut |= body["digest"]["more"].get<int>() > 0;
    read(reader, body["title"].get<std::string>() + "\n" + body["message"].get<std::string>());
  }

  void hear_incident(Reader& reader, const Json& body) {
    const std::string key = body["dedup_key"];
    if (body["event_action"] == "trigger") {
      if (key.starts_with("alert:")) CHECK(is_firing_);
      reader.incidents[key] = true;
      return;
    }
    // Only what was opened is closed.
    CHECK((reader.incidents.contains(key) || reader.has_doubts || has_deploys_));
    reader.incidents[key] = false;
  }

  void read(Reader& reader, const std::string& text) {
    std::optional<Told> told;
    reader.is_cut |= text.find("…") != text.npos || text.find("\n• and ") != text.npos ||
                     text.find(" more before") != text.npos || text.find("\nand ") != text.npos;
    for (const std::string& line : lines_of(text)) {
      read_alert(reader, line);
      if (auto next = told_in(line)) {
        if (told) note(reader, *told);
        told = std::move(next);
      }
      if (line.find(kAlertTitle) != line.npos || line.find("The channel ") != line.npos) {
        if (told) note(reader, *std::exchange(told, std::nullopt));
      }
      if (!told) continue;
      for (ToldSpan& span : spans_in(line)) told->spans.push_back(std::move(span));
      if (auto since = since_in(line, now_)) told->spans.push_back(*std::move(since));
    }
    if (told) note(reader, *told);
  }

  void read_alert(Reader& reader, const std::string& line) const {
    if (line.find(kAlertTitle) == line.npos || line.find("refuses") != line.npos ||
        line.find("not told") != line.npos)
      return;
    const bool is_over = line.find("Resolved: ") != line.npos;
    if (!is_over) CHECK(is_firing_);
    reader.believes_alert = !is_over;
  }

  void note(Reader& reader, const Told& told) {
    const auto& stays = stays_[told.service];
    reader.believed[told.service] = told.verb == " was " ? "up" : told.status;
    if (!told.verb.empty() && told.verb != " was " && told.status != "up") {
      INFO(kNames[told.service] << told.verb << told.status);
      CHECK(*status_named(told.status) <= stays.back().status);
      // A worsening may wait for its threshold, or the cooldown: then the status before is what is told.
      for (size_t i = stays.size(); i-- > 0 && is_problem(stays[i].status);) {
        if (told.status != status_name(stays[i].status)) continue;
        reader.known[told.service].insert(i);
        break;
      }
    }
    std::set<std::string> of_this_message;
    for (const ToldSpan& span : told.spans) {
      if (!of_this_message.insert(span.status + span.from + span.to).second) continue;
      check_is_so(told.service, span);
      const auto& before = reader.spans[told.service];
      const bool is_new = std::none_of(before.begin(), before.end(), [&](const ToldSpan& other) {
        return other.status == span.status && other.from == span.from && other.to == span.to;
      });
      INFO(kNames[told.service] << " " << span.status << " " << span.from << " " << span.to);
      CHECK((is_new || reader.has_doubts));
      reader.spans[told.service].push_back(span);
    }
  }

  // In all of the span the service was as bad as it says, and it began and ended so.
  void check_is_so(size_t service, const ToldSpan& span) {
    INFO(kNames[service] << " " << span.status << " " << span.from << "–" << span.to);
    const bool is_unseen = std::any_of(lost_.begin(), lost_.end(), [&](const std::string& minute) {
      return span.from <= minute && minute <= span.to;
    });
    if (is_unseen) return;  // what a check saw that was lost, the next one had of the heartbeats
    const bool is_down_only = span.status == "down";
    bool begins = false;
    for (const Stay& stay : stays_[service]) {
      if (stay.status == Status::unknown) continue;
      const std::string from = minute_of(stay.from);
      const std::string to = stay.to == Time{} ? minute_of(now_ + 60s) : minute_of(stay.to);
      begins |= from == span.from && is_problem(stay.status);
      const bool overlaps = from < span.to && span.from < to;
      if (overlaps && is_down_only && span.to != minute_of(now_)) CHECK(stay.status == Status::down);
      if (overlaps && !is_down_only) CHECK((is_problem(stay.status) || span.to == minute_of(now_)));
    }
    CHECK(begins);
  }

  bool is_settled() {
    const Outbox outbox = read_outbox(outbox_);
    const CheckState state = read_state(config_, now_ + 60s, state_);
    const bool is_told = std::all_of(outbox.channels.begin(), outbox.channels.end(),
                                     [](const ChannelQueue& queue) { return waiting(queue) == 0; });
    return is_told && std::all_of(state.services.begin(), state.services.end(), [](const ServiceState& row) {
             return row.status == Status::up && row.notified.channels.empty() &&
                    row.notified.unreported_outages.empty();
           });
  }

  void check(const Channel& channel) {
    Reader& reader = reader_of(channel.name);
    INFO(channel.name);
    for (const auto& [key, is_open] : reader.incidents) {
      INFO(key);
      // That a channel is broken is so until it is told something again.
      if (!key.starts_with("channel:")) CHECK_FALSE(is_open);
    }
    if (channel.type == "pagerduty") return;
    for (size_t i = 0; i < kNames.size(); ++i) {
      INFO(kNames[i]);
      if (channel.events.up) CHECK((reader.believed[i] != "down" && reader.believed[i] != "degraded"));
      if (!has_deploys_) check_all_told(reader, channel, i);
    }
    if (channel.events.up) CHECK_FALSE(reader.believes_alert);
  }

  // Each problem that lasted was told while it lasted, or lies within a span that was told.
  void check_all_told(const Reader& reader, const Channel& channel, size_t service) {
    const auto& stays = stays_[service];
    for (size_t i = 0; i + 1 < stays.size(); ++i) {
      const Stay& stay = stays[i];
      const bool is_taken =
          stay.status == Status::down || (stay.status == Status::degraded && channel.events.degraded);
      if (!is_taken || stay.checks < config_.services[service].failure_threshold) continue;
      const auto& spans = reader.spans[service];
      const bool is_listed = std::any_of(spans.begin(), spans.end(), [&](const ToldSpan& span) {
        const bool says_it = stay.status == Status::degraded || span.status.find("down") != span.status.npos;
        return says_it && span.from <= minute_of(stay.from) && minute_of(stay.to) <= span.to;
      });
      INFO(status_name(stay.status) << " " << minute_of(stay.from) << "–" << minute_of(stay.to));
      CHECK((is_listed || is_known(reader, channel, service, i) || reader.is_cut));
    }
  }

  // A channel that is told of no improvement goes on with what it was told of the same problem.
  bool is_known(const Reader& reader, const Channel& channel, size_t service, size_t stay) {
    const auto& stays = stays_[service];
    if (reader.known[service].contains(stay)) return true;
    while (!channel.events.up && stay > 0 && is_problem(stays[stay - 1].status)) {
      if (reader.known[service].contains(--stay)) return true;
    }
    return false;
  }

  std::mt19937 random_;
  Config config_;
  bool has_deploys_;
  bool is_calm_ = false;
  Time now_ = *parse_iso("2026-11-22T06:00:00.000Z");
  std::string state_{};   // as it is stored
  std::string outbox_{};  // the same
  std::vector<LastHeartbeat> last_heartbeats_{};
  std::array<Status, 3> letters_{Status::up, Status::up, Status::up};
  bool is_firing_ = false;
  bool alert_changes_ = false;
  std::array<Mood, 4> moods_{};
  std::array<Reader, 4> readers_{};
  std::array<std::vector<Stay>, 3> stays_{};
  std::set<std::string> lost_{};  // the minutes whose check came to nothing
};

// So many as HEARTBEAT_SEEDS says.
unsigned histories() {
  const char* given = std::getenv("HEARTBEAT_SEEDS");
  return given == nullptr ? 100 : static_cast<unsigned>(std::atoi(given));
}

}  // namespace

TEST_CASE(
    "in any history every channel is told what was so, all of it, once, and the end of what it accepted",
    "[slow]") {
  for (unsigned seed = 1; seed <= histories(); ++seed) {
    INFO("seed " << seed);
    History(seed).run();
  }
}

}  // namespace hb::delivery_property_test
