#include "documents/plain_heartbeats.hpp"

#include "catch.hpp"
#include "exact.hpp"

namespace hb::plain_heartbeats_test {
namespace {

// Whether the body is plain. If it is, nothing tells its reading from that of any other.
bool is_plain(std::string_view body) {
  const Exact exact(body);
  const auto plain = parse_plain_heartbeats(exact.view());
  const auto any = parse_any_heartbeats(exact.view());
  if (plain) CHECK(any == std::variant<HeartbeatRequest, Error>(*plain));
  CHECK(parse_heartbeats(exact.view()) == any);
  return plain.has_value();
}

std::string entries(size_t count) {
  std::string all = R"({"services":["a")";
  for (size_t i = 1; i < count; ++i) all += R"(,"b")";
  return all + "]}";
}

std::string with_metadata(std::string_view metadata) {
  return R"({"serviceId":"web","metadata":)" + std::string(metadata) + "}";
}

// `count` members.
std::string flat(int count) {
  std::string all = "{";
  for (int i = 0; i < count; ++i) {
    all += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":" + std::to_string(i);
  }
  return all + "}";
}

}  // namespace

TEST_CASE("what clients send is plain, and read like everything else") {
  for (
      const char* body : {
          R"({"serviceId":"web"})",
          " {\t\"serviceId\" :\r\n \"web\" } ",
          R"({"serviceId":"web","status":"up","message":"Heartbeat from server-1"})",
          R"({"message":"","status":"degraded","durationMs":0,"serviceId":"db"})",
          R"({"serviceId":"web","status":"down","durationMs":999999999999999})",
          R"({"serviceId":"web","metadata":{}})",
          R"({"serviceId":"web","metadata":{"os":"linux","hostname":"a","up":12,"ok":true,"no":false,"x":null}})",
          R"({"services":["web"]})",
          R"({"services":["web","db","web"]})",
          R"({"message":"nightly","metadata":{"b":1,"a":"2"},"durationMs":7,"services":["web",
               {"serviceId":"db","token":"t","status":"down","message":"m","metadata":{"c":1},"durationMs":3},
               {"serviceId":"x"}]})",
          R"({"status":"down","services":[{"serviceId":"web","status":"up","token":""}]})",
      }) {
    INFO(body);
    CHECK(is_plain(body));
  }
}

TEST_CASE("metadata is printed in the order of its names, whatever order it was sent in") {
  const auto request = parse_plain_heartbeats(with_metadata(R"({ "b" : 1, "a":"x" ,"B":null})"));
  REQUIRE(request);
  CHECK(std::get<Heartbeat>(request->heartbeats[0]).metadata == R"({"B":null,"a":"x","b":1})");
}

TEST_CASE("what is out of the ordinary is left to the other way") {
  for (const char* body : {
           "",
           " ",
           "{",
           "{}",
           "[]",
           "null",
           "\"web\"",
           R"({"serviceId":"web"}x)",
           R"({"serviceId":"web",})",
           R"({"serviceId":"web")",
           R"({"serviceId":"web")"
           "\0}",
           R"({,"serviceId":"web"})",
           R"({"serviceId":"web" "status":"up"})",
           "{\"serviceId\":\"web\"}\x01",
           "\xEF\xBB\xBF{\"serviceId\":\"web\"}",
           R"({"serviceId":""})",
           R"({"serviceId":null})",
           R"({"serviceId":7})",
           R"({"serviceId":["web"]})",
           R"({"serviceId":"we\u0062"})",
           "{\"serviceId\":\"w\xC3\xA9\"}",
           "{\"serviceId\":\"w\xFF\"}",
           "{\"serviceId\":\"a\x7F\"}",
           "{\"serviceId\":\"a\tb\"}",
           R"({"serviceId":"a<b"})",
           R"({"serviceId":"web","serviceId":"db"})",
           R"({"serviceId":"web","status":"up","status":"down"})",
           R"({"serviceId":"web","message":"a","message":"b"})",
           R"({"serviceId":"web","durationMs":1,"durationMs":2})",
           R"({"serviceId":"web","metadata":{},"metadata":{"a":1}})",
           R"({"serviceId":"web","status":"unknown"})",
           R"({"serviceId":"web","status":"UP"})",
           R"({"serviceId":"web","status":null})",
           R"({"serviceId":"web","message":null})",
           R"({"serviceId":"web","message":5})",
           R"({"serviceId":"web","other":1})",
           R"({"serviceId":"web","token":"t"})",
           R"({"serviceId":"web","durationMs":-1})",
           R"({"serviceId":"web","durationMs":1.5})",
           R"({"serviceId":"web","durationMs":01})",
           R"({"serviceId":"web","durationMs":1e3})",
           R"({"serviceId":"web","durationMs":1000000000000000})",
           R"({"serviceId":"web","durationMs":"1"})",
           R"({"serviceId":"web","durationMs":1:2})",
           R"({"serviceId":"web","durationMs":1"status":"up"})",
           R"({"serviceId":"web","durationMs":})",
           R"({"services":[]})",
           R"({"services":null})",
           R"({"services":"web"})",
           R"({"services":{"a":1}})",
           R"({"services":["web",]})",
           R"({"services":["web" "db"]})",
           R"({"services":[""]})",
           R"({"services":[7]})",
           R"({"services":[{}]})",
           R"({"services":[["web"]]})",
           R"({"services":[{"serviceId":"a","token":5}]})",
           R"({"services":[{"serviceId":"a","serviceId":"b"}]})",
           R"({"services":["a"],"services":["b"]})",
           R"({"services":["a"],"message":"m"})",
           R"({"services":["a"],"serviceId":"b"})",
           R"({"serviceId":"b","services":["a"]})",
           R"({"token":"t","services":["a"]})",
       }) {
    INFO(body);
    CHECK_FALSE(is_plain(body));
  }
  for (const char* metadata : {
           "null",
           "[]",
           "7",
           "\"x\"",
           R"({"a":[]})",
           R"({"a":{}})",
           R"({"a":1.5})",
           R"({"a":-1})",
           R"({"a":-0})",
           R"({"a":1e2})",
           R"({"a":007})",
           R"({"a":True})",
           R"({"a":nul})",
           R"({"a":"x","a":"y"})",
           R"({"a":"<"})",
           R"({"<":1})",
           R"({"a":"\n"})",
           R"({"\u0061":1})",
           "{\"a\":\"\xC3\xA9\"}",
           R"({"a":1,})",
           R"({"a"})",
           R"({"a":1234567890123456})",
           R"({"a":"})",
           R"({"a":"x"y})",
           R"({"a":{"b"]})",
       }) {
    INFO(metadata);
    CHECK_FALSE(is_plain(with_metadata(metadata)));
  }
}

TEST_CASE("bounds of the fast path are those of the other way, or lower") {
  const auto of_size = [](size_t size) {
    const std::string start = R"({"serviceId":"web","message":")";
    return start + std::string(size - start.size() - 2, 'x') + "\"}";
  };
  CHECK(is_plain(of_size(kMaxSingleBody)));
  CHECK_FALSE(is_plain(of_size(kMaxSingleBody + 1)));
  CHECK(is_plain(entries(kMaxBatchEntries)));
  CHECK_FALSE(is_plain(entries(kMaxBatchEntries + 1)));
  const std::string list = entries(10);
  CHECK(is_plain(list + std::string(kMaxBatchBody - list.size(), ' ')));
  CHECK_FALSE(is_plain(list + std::string(kMaxBatchBody - list.size() + 1, ' ')));
  const auto text_of = [](size_t size) { return R"({"k":")" + std::string(size - 8, 'x') + "\"}"; };
  CHECK(is_plain(with_metadata(text_of(kMaxMetadata))));
  CHECK_FALSE(is_plain(with_metadata(text_of(kMaxMetadata + 1))));
  CHECK(is_plain(with_metadata(flat(16))));
  CHECK_FALSE(is_plain(with_metadata(flat(17))));
  const std::string message(kMaxMessage + 1, 'm');
  CHECK(is_plain(R"({"serviceId":"web","message":")" + message + "\"}"));
}

TEST_CASE("every body is read alike on both ways, whichever byte of it is cut, doubled or changed") {
  const std::string body =
      R"({"status":"up","message":"m","metadata":{"b":1,"a":"x","c":null},"durationMs":12,)"
      R"("services":["web",{"serviceId":"db","token":"t","status":"down"}]})";
  CHECK(is_plain(body));
  for (size_t at = 0; at < body.size(); ++at) {
    is_plain(body.substr(0, at));
    is_plain(body.substr(0, at) + body.substr(at + 1));
    is_plain(body.substr(0, at) + body[at] + body.substr(at));
    for (const char c : std::string_view("\"\\{}[]:,0-.e< \n\x00\x7F\xC3z", 19)) {
      std::string changed = body;
      changed[at] = c;
      is_plain(changed);
    }
  }
}

}  // namespace hb::plain_heartbeats_test
