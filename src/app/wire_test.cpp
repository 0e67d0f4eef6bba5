#include "app/wire.hpp"

#include <list>

#include "catch.hpp"
#include "exact.hpp"
#include "frames.hpp"
#include "text/frame.hpp"
#include "text/json.hpp"

namespace hb::wire_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

const Request kRequest{.method = "POST",
                       .path = "/api/heartbeat",
                       .query = "a=%20",
                       .base_url = "https://m.example",
                       .authorization = "Bearer x",
                       .origin = "https://a.example",
                       .colo = "AMS",
                       .country = "NL",
                       .body = "bo\ndy"};

// An event in which everything says something.
Event full() {
  return {.trigger = kRequest,
          .now = kNow,
          .role = Role::collector,
          .utc_offset = UtcOffsets(UtcOffsets::Changes{{kNow - 24h, -90min}, {kNow - 1h, -30min}}),
          .session = "session",
          .continuation = "continuation",
          .documents = {Document{Document::State::failed, ""}, Document{Document::State::found, "data"},
                        Document{Document::State::absent, ""}},
          .ranges = {{"beat:0001", "beat:0003"}, {"tick", ""}},
          .rows = {{"beat:0001", "one"}, {"tick", ""}},
          .work = {311, 5, 812, 2'040},
          .results = {{Key::data, true}, {Key::latest, false}},
          .answers = {{.status = 200, .retry_after = "7", .body = "ok"}, {.error = "TimeoutError"}},
          .is_refused = true};
}

// An event that was sent through a frame, which lasts with it.
struct Sent {
  explicit Sent(const Event& event) : frame(frame_of(event)), event(decode_event(frame.view())) {}

  Exact frame;
  std::optional<Event> event;
};

}  // namespace

TEST_CASE("an event comes out of its frame as it went in") {
  CHECK(Sent(full()).event == full());
  CHECK(Sent(Event{}).event == Event{});
  Event event = full();
  const Trigger triggers[] = {Cron{kNow - 1s}, Tell{}, Publish{}, Append{"beats"},
                              MergeCopies{Key::alerts, {"", "[]", "[1]"}}};
  for (const Trigger& trigger : triggers) {
    event.trigger = trigger;
    CHECK(Sent(event).event == event);
  }
}

TEST_CASE("what the edge has decided comes along with a request") {
  for (const Decided decided :
       {Decided{}, Decided{true, false}, Decided{false, true}, Decided{true, true, true},
        Decided{false, false, true}, Decided{false, false, false, true}}) {
    Event event = full();
    std::get<Request>(event.trigger).decided = decided;
    CHECK(Sent(event).event == event);
  }
}

TEST_CASE("a frame that is cut anywhere is none, and one that has more behind it is as good") {
  const std::string frame = frame_of(full());
  each_beginning(std::string_view(frame).substr(0, frame.size() - 1),
                 [](std::string_view cut) { CHECK_FALSE(decode_event(cut)); });
  CHECK(decode_event(Exact(frame + "more").view()) == full());
}

TEST_CASE("an event that is cut is none, but for what its body or batch ends with") {
  const auto sound_from = [](const Trigger& trigger) {
    const std::string bytes = encode_trigger(trigger);
    size_t sound = bytes.size() + 1;
    for (size_t size = bytes.size() + 1; size-- > 0;) {
      if (decode_event(frame_of(Event{}, std::string_view(bytes).substr(0, size)))) sound = size;
    }
    return bytes.size() - sound;
  };
  CHECK(sound_from(kRequest) == kRequest.body.size());
  CHECK(sound_from(Append{"beats"}) == 5);
  CHECK(sound_from(Cron{kNow}) == 0);
  CHECK(sound_from(Tell{}) == 0);
  CHECK(sound_from(MergeCopies{Key::alerts, {"[]"}}) == 0);
}

TEST_CASE("an event of another protocol, or of a kind that there is not, is none") {
  std::string trigger = encode_trigger(Cron{kNow});
  CHECK(decode_event(frame_of(Event{}, trigger)));
  for (const auto& [role, value] : {std::pair{0, kProtocol - 1}, {0, kProtocol + 1}, {1, 7}, {1, 255}}) {
    std::string other = trigger;
    other[static_cast<size_t>(role)] = static_cast<char>(value);
    CHECK_FALSE(decode_event(frame_of(Event{}, other)));
  }
}

TEST_CASE("a merge into a key that there is not is none") {
  std::string merge = encode_trigger(MergeCopies{Key::latest, {}});
  CHECK(decode_event(frame_of(Event{}, merge)));
  const size_t name = merge.find("monitor");
  merge[name] = 'n';
  CHECK_FALSE(decode_event(frame_of(Event{}, merge)));
}

TEST_CASE("a count that is more than there are bytes takes no memory") {
  const std::string frame = frame_of(Event{.trigger = Tell{}});
  for (size_t at = 0; at + 4 <= frame.size(); ++at) {
    std::string damaged = frame;
    damaged.replace(at, 4, "\xFF\xFF\xFF\x7F");
    decode_event(Exact(damaged).view());
  }
}

TEST_CASE("a configuration is decoded with its files, its page and its environment") {
  const ConfigFiles files{.services = "s",
                          .notifications = "nn",
                          .settings = "sss",
                          .dashboard = "d",
                          .env = {{"A", "1"}, {"B", ""}}};
  const std::string frame = frame_of(files, "page");
  const Exact bytes(frame);
  const auto input = decode_configure(bytes.view());
  REQUIRE(input);
  CHECK(input->files.services == "s");
  CHECK(input->files.notifications == "nn");
  CHECK(input->files.settings == "sss");
  CHECK(input->files.dashboard == "d");
  CHECK(input->page == "page");
  CHECK(input->files.env == files.env);
  each_beginning(std::string_view(frame).substr(0, frame.size() - 1),
                 [](std::string_view cut) { CHECK_FALSE(decode_configure(cut)); });
}

TEST_CASE("the shim learns what is wrong with the configuration and what the core wants to see") {
  ParsedConfig parsed;
  parsed.faults = {{"services.json", "services[2].id", "is used \"twice\""}};
  parsed.config.identity = "00ff";
  parsed.config.zones = {"Asia/Tokyo"};
  parsed.config.settings.monitoring.collector_location = "weur";
  CHECK(
      encode_configured(parsed) ==
      R"({"faults":["services.json: services[2].id: is used \"twice\""],"warnings":[],"bodyLimit":4194305,"timezone":"UTC",)"
      R"("identity":"00ff","zones":["Asia/Tokyo"],"collectorLocation":"weur"})");
}

namespace {

DecodedOutcome decoded(const Event& event, const Outcome& outcome) {
  const EncodedOutcome encoded = encode_outcome(event, outcome);
  std::vector<std::string_view> parts{encoded.header};
  parts.insert(parts.end(), encoded.parts.begin(), encoded.parts.end());
  return outcome_in(parts);
}

}  // namespace

TEST_CASE("an outcome comes out of its frame as it went in") {
  const Outcome outcomes[] = {
      Ask{.documents = {Key::latest, Key::data},
          .rows = {{"beat:0001", "beat:0003"}, {"tick", ""}},
          .writes = {{"verify", "bytes"}},
          .session = "session"},
      Done{},
      Done{.merges = {{Key::latest, "merge"}},
           .rows = {{"tick", "row"}},
           .puts = {{Key::data, "put"}, {Key::alerts, ""}},
           .sends = {{.url = "https://a.example", .headers = {{"A", "b"}}, .body = "hello"},
                     {.via = Via::email_binding, .method = "", .body = "{}"}},
           .continuation = "more",
           .reply = {200, {{"A", "b\"c"}}, "reply"},
           .limited = Reply{429, {{"Retry-After", "60"}}, "limited"},
           .session = "",
           .logs = {{Level::warn, "one", "down"}, {Level::error, "two"}, {Level::info, "three"}}}};
  for (const Outcome& outcome : outcomes) CHECK(decoded(Event{}, outcome).outcome == outcome);
}

TEST_CASE("what goes to the collector is an event that it can read") {
  std::list<std::string> frames;  // which the events point into
  const auto event_of = [&](const std::string& trigger) {
    return decode_event(frames.emplace_back(frame_of(Event{}, trigger))).value().trigger;
  };
  const Event request{.trigger = kRequest};
  const Decided decided{.sees_metadata = true};
  Request expected = kRequest;
  expected.decided = decided;
  const std::string forwarded = decoded(request, Forward{.decided = decided}).for_collector;
  CHECK(event_of(forwarded) == Trigger(expected));
  expected.body = "own";
  const std::string with_body = decoded(request, Forward{.decided = decided, .body = "own"}).for_collector;
  CHECK(event_of(with_body) == Trigger(expected));
  const std::string cron = decoded({.trigger = Cron{kNow}}, Forward{}).for_collector;
  CHECK(event_of(cron) == Trigger(Cron{kNow}));
  const DecodedOutcome done =
      decoded(request, Done{.append = "beats", .follow_ups = {FollowUp::tell, FollowUp::publish}});
  CHECK(event_of(done.for_collector) == Trigger(Append{"beats"}));
  REQUIRE(done.follow_ups.size() == 2);
  CHECK(event_of(done.follow_ups[0]) == Trigger(Tell{}));
  CHECK(event_of(done.follow_ups[1]) == Trigger(Publish{}));
}

TEST_CASE("a document goes by one name") {
  for (const Key key : kKeys) CHECK(key_named(key_name(key)) == key);
  for (const char* name : {"", "monitor", "monitor:latest ", "MONITOR:DATA"}) CHECK_FALSE(key_named(name));
}

}  // namespace hb::wire_test
