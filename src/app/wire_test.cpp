#include "app/wire.hpp"

#include "catch.hpp"
#include "exact.hpp"
#include "text/json.hpp"

namespace hb::wire_test {
namespace {

std::string frame(std::string_view header, std::string_view rest = "") {
  std::string out;
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(header.size() >> shift & 0xFF);
  return out.append(header).append(rest);
}

// An event and the frame that it points into.
struct Decoded {
  explicit Decoded(std::string_view bytes) : text(bytes), event(decode_event(text.view())) {}
  Decoded(std::string_view header, std::string_view rest) : Decoded(frame(header, rest)) {}

  const Event* operator->() const { return &event.value(); }

  Exact text;
  std::optional<Event> event;
};

constexpr std::string_view kRequest =
    R"({"kind":"request","method":"POST","path":"/api/heartbeat","query":"a=%20",
  "base":"https://m.example","headers":{"authorization":"Bearer x","origin":"https://a.example"},
  "now":1795327200000,"scheduled":1795327140000,"place":"collector","body":4,
  "documents":[{"key":"monitor:data","state":"found","length":3},{"key":"recent:alerts","state":"absent"},
               {"key":"monitor:latest","state":"failed"}]})";

}  // namespace

TEST_CASE("a request is decoded with its body and its documents") {
  const Decoded event(kRequest, "bodydoc");
  CHECK(event->method == "POST");
  CHECK(event->path == "/api/heartbeat");
  CHECK(event->query == "a=%20");
  CHECK(event->base_url == "https://m.example");
  CHECK(event->authorization == "Bearer x");
  CHECK(event->origin == "https://a.example");
  CHECK(event->now == from_ms(1'795'327'200'000));
  CHECK(event->scheduled == from_ms(1'795'327'140'000));
  CHECK(event->place == Place::collector);
  CHECK(event->body == "body");
  CHECK(event->document(Key::data) == Document{Document::State::found, "doc"});
  CHECK(event->document(Key::alerts) == Document{Document::State::absent, ""});
  CHECK(event->document(Key::latest) == Document{Document::State::failed, ""});
  CHECK(event->parts.empty());
}

TEST_CASE("what the edge has decided is read, whatever another version adds") {
  CHECK_FALSE(Decoded("{}", "")->decided);
  CHECK(Decoded(R"({"decided":{"protocol":1,"metadata":true,"origin":false}})", "")->decided ==
        Decided{.protocol = 1, .sees_metadata = true});
  CHECK(Decoded(R"({"decided":{"protocol":7,"origin":true,"more":[{}]}})", "")->decided ==
        Decided{.protocol = 7, .is_origin_allowed = true});
  CHECK(Decoded(R"({"decided":{}})", "")->decided == Decided{.protocol = 0});
  CHECK(Decoded(R"({"decided":[]})", "")->decided == Decided{.protocol = 0});
}

TEST_CASE("what the collector is to be asked is encoded with what was decided") {
  Outcome outcome{.forward = Forward{.decided = {.sees_metadata = true}}};
  CHECK(encode_outcome(outcome).header ==
        R"({"forward":{"decided":{"protocol":1,"metadata":true,"origin":false}}})");
  outcome.forward->body = "abc";
  const EncodedOutcome encoded = encode_outcome(outcome);
  CHECK(encoded.header ==
        R"({"forward":{"decided":{"protocol":1,"metadata":true,"origin":false},"part":1}})");
  CHECK(encoded.parts == std::vector<std::string_view>{"abc"});
}

TEST_CASE("what a header does not say is empty") {
  const Decoded event("{}", "");
  CHECK(event->method == "OTHER");
  CHECK(event->path.empty());
  CHECK(event->now == Time{});
  CHECK(event->place == Place::alone);
  CHECK(event->documents == std::array<Document, 3>{});
}

TEST_CASE("no request passes for the check or for a merge") {
  const auto method = [](const std::string& header) { return std::string(Decoded(header, "")->method); };
  CHECK(method(R"({"kind":"cron"})") == "CRON");
  CHECK(method(R"({"kind":"merge"})") == "MERGE");
  for (const char* name : {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
    CHECK(method(R"({"kind":"request","method":")" + std::string(name) + "\"}") == name);
    CHECK(method(R"({"kind":"cron","method":")" + std::string(name) + "\"}") == "CRON");
  }
  for (const char* name : {"CRON", "MERGE", "get", "TRACE", "", "cron", "merge", "OTHER"}) {
    INFO(name);
    CHECK(method(R"({"kind":"request","method":")" + std::string(name) + "\"}") == "OTHER");
    CHECK(method(R"({"method":")" + std::string(name) + "\"}") == "OTHER");
    CHECK(method(R"({"kind":7,"method":")" + std::string(name) + "\"}") == "OTHER");
  }
}

TEST_CASE("a merge has the copies of its document in their order") {
  const Decoded event(
      R"({"kind":"merge","path":"monitor:latest","documents":[{"key":"monitor:latest","state":"absent"},
    {"key":"monitor:latest","state":"found","length":2},{"key":"monitor:latest","state":"found","length":3}]})",
      "aabbb");
  CHECK(event->parts == std::vector<std::string_view>{"", "aa", "bbb"});
}

TEST_CASE("lengths that do not fit take what there is") {
  const auto lengths = [](const char* body, const char* length) {
    const Decoded event(R"({"body":)" + std::string(body) +
                            R"(,"documents":[{"key":"monitor:data","state":"found","length":)" + length +
                            "}]}",
                        "abcd");
    return std::pair(std::string(event->body), std::string(event->document(Key::data).bytes));
  };
  CHECK(lengths("1", "2") == std::pair<std::string, std::string>("a", "bc"));
  CHECK(lengths("4", "1") == std::pair<std::string, std::string>("abcd", ""));
  CHECK(lengths("5", "1") == std::pair<std::string, std::string>("abcd", ""));
  CHECK(lengths("-1", "9") == std::pair<std::string, std::string>("", "abcd"));
  CHECK(lengths("4294967297", "1") == std::pair<std::string, std::string>("abcd", ""));
  CHECK(lengths("\"3\"", "null") == std::pair<std::string, std::string>("", ""));
}

TEST_CASE("rows come behind the documents, their list first") {
  const Decoded event(R"({"body":1,"documents":[{"key":"monitor:data","state":"found","length":3}],"rows":28,
    "ranges":[{"from":"beat:0001","until":"beat:0003"},{"from":"tick","until":""}],"answers":[{"length":2}]})",
                      "bdocbeat:0001 3\nbeat:0002 0\nt 4\nonetickan");
  CHECK(event->document(Key::data).bytes == "doc");
  CHECK(event->ranges == std::vector<Range>{{"beat:0001", "beat:0003"}, {"tick", ""}});
  CHECK(event->rows == std::vector<Row>{{"beat:0001", "one"}, {"beat:0002", ""}, {"t", "tick"}});
  CHECK(event->answers.at(0).body == "an");
}

TEST_CASE("a list of rows that is damaged gives no row what is not its own") {
  const auto rows = [](const std::string& length, const std::string& rest) {
    std::string found;
    const Decoded event(R"({"rows":)" + length + "}", rest);
    for (const auto& [key, bytes] : event->rows) found.append(key).append("=").append(bytes).append(" ");
    return found;
  };
  CHECK(rows("7", "a 2\nb 9aabb") == "a=aa b=bb ");
  CHECK(rows("10", "a -1\n\nb\nc xrest") == "a= = b= c= ");
  CHECK(rows("22", "d 99999999999999999999rest") == "d= ");
  CHECK(rows("99", "a 1\n") == "a= ");
  CHECK(rows("[7]", "a 1\nb").empty());
}

TEST_CASE("bytes belong only to a document that was found") {
  const Decoded event(R"({"documents":[{"key":"monitor:latest","state":"failed","length":2},
    {"key":"monitor:data","state":"found","length":2},{"key":"other","state":"found","length":1},
    {"key":"recent:alerts","state":"found","length":1},7]})",
                      "aabc");
  CHECK(event->document(Key::latest) == Document{Document::State::failed, ""});
  CHECK(event->document(Key::data) == Document{Document::State::found, "aa"});
  CHECK(event->document(Key::alerts) == Document{Document::State::found, "c"});
}

TEST_CASE("a frame cut before the end of its header is none, later the rest is short") {
  const std::string bytes = frame(kRequest, "bodydoc");
  each_beginning(bytes, [&](std::string_view cut) {
    const auto event = decode_event(cut);
    CHECK(event.has_value() == (cut.size() >= kRequest.size() + 4));
    CHECK_FALSE(decode_configure(cut));
  });
}

TEST_CASE("what is no frame is none") {
  for (const std::string& bytes : {std::string(), std::string("\xFF\xFF\xFF\xFF{}"), frame(""), frame("{"),
                                   frame("{} x"), frame("\xFF"), frame(std::string(1000, '['))}) {
    CHECK_FALSE(decode_event(Exact(bytes).view()));
    CHECK_FALSE(decode_configure(Exact(bytes).view()));
  }
  for (const char* header :
       {"null", "[]", "7", "{\"documents\":7,\"headers\":[]}", "{\"method\":[],\"path\":{},\"now\":\"x\"}"}) {
    INFO(header);
    CHECK(decode_event(Exact(frame(header)).view()));
  }
}

TEST_CASE("a configuration is decoded with its files, its page and its environment") {
  const Exact bytes(frame(R"({"env":{"A":"1","B":7},"files":[{"name":"services","length":1},
    {"name":"notifications","length":2},{"name":"other","length":1},{"name":"settings","length":3},
    {"name":"dashboard","length":1},{"name":"page","length":4}]})",
                          "snnxsssdpage and more"));
  const auto input = decode_configure(bytes.view());
  REQUIRE(input);
  CHECK(input->files.services == "s");
  CHECK(input->files.notifications == "nn");
  CHECK(input->files.settings == "sss");
  CHECK(input->files.dashboard == "d");
  CHECK(input->page == "page");
  CHECK(input->files.env == std::map<std::string, std::string>{{"A", "1"}, {"B", ""}});
}

TEST_CASE("the shim learns what is wrong with the configuration and what the core wants to see") {
  ParsedConfig parsed;
  parsed.faults = {{"services.json", "services[2].id", "is used \"twice\""}};
  parsed.config.identity = "00ff";
  parsed.config.settings.monitoring.collector_location = "weur";
  CHECK(
      encode_configured(parsed) ==
      R"({"faults":["services.json: services[2].id: is used \"twice\""],"warnings":[],"bodyLimit":1048577,"timezone":"UTC",)"
      R"("identity":"00ff","collectorLocation":"weur","headers":["authorization","origin"]})");
}

TEST_CASE("an outcome names its parts by number") {
  const Outcome outcome{.merges = {{Key::latest, "merge"}},
                        .puts = {{Key::data, "put"}, {Key::alerts, ""}},
                        .reply = {200, {{"A", "b\"c"}}, "reply"},
                        .refused = Reply{503, {}, "refused"},
                        .logs = {{Level::warn, "one"}, {Level::error, "two"}, {Level::info, "three"}}};
  const EncodedOutcome encoded = encode_outcome(outcome);
  CHECK(encoded.header ==
        R"({"merges":[{"key":"monitor:latest","part":1}],"puts":[{"key":"monitor:data","part":2},)"
        R"({"key":"recent:alerts","part":3}],"reply":{"status":200,"headers":[["A","b\"c"]],"part":4},)"
        R"("refused":{"status":503,"headers":[],"part":5},"logs":[{"level":"warn","message":"one"},)"
        R"({"level":"error","message":"two"},{"level":"info","message":"three"}]})");
  CHECK(encoded.parts == std::vector<std::string_view>{"merge", "put", "", "reply", "refused"});
}

TEST_CASE("with needs nothing else is said, and a reply without a body has no part") {
  CHECK(encode_outcome({.needs = {Key::latest, Key::data}}).header ==
        R"({"needs":["monitor:latest","monitor:data"]})");
  const EncodedOutcome empty = encode_outcome({.reply = {.status = 204}});
  CHECK(empty.header == R"({"reply":{"status":204,"headers":[]}})");
  CHECK(empty.parts.empty());
}

TEST_CASE("a document goes by one name") {
  for (const Key key : kKeys) CHECK(key_named(key_name(key)) == key);
  for (const char* name : {"", "monitor", "monitor:latest ", "MONITOR:DATA"}) CHECK_FALSE(key_named(name));
}

}  // namespace hb::wire_test
