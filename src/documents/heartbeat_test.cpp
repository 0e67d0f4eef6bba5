#include "documents/heartbeat.hpp"

#include "catch.hpp"

namespace hb::heartbeat_test {
namespace {

Heartbeat single(std::string_view body) {
  const auto parsed = parse_heartbeats(body);
  REQUIRE(std::holds_alternative<HeartbeatRequest>(parsed));
  const auto& request = std::get<HeartbeatRequest>(parsed);
  REQUIRE(request.form == HeartbeatRequest::Form::single);
  return std::get<Heartbeat>(request.heartbeats.at(0));
}

std::vector<ParsedHeartbeat> batch(std::string_view body) {
  const auto parsed = parse_heartbeats(body);
  REQUIRE(std::holds_alternative<HeartbeatRequest>(parsed));
  const auto& request = std::get<HeartbeatRequest>(parsed);
  REQUIRE(request.form == HeartbeatRequest::Form::batch);
  return request.heartbeats;
}

// Of the whole request, or else of its first heartbeat.
int refusal(std::string_view body) {
  const auto parsed = parse_heartbeats(body);
  if (const auto* error = std::get_if<Error>(&parsed)) return error->status;
  const auto* error = std::get_if<Error>(&std::get<HeartbeatRequest>(parsed).heartbeats.at(0));
  return error == nullptr ? 200 : error->status;
}

Heartbeat one_line(std::string_view body) {
  return std::get<Heartbeat>(parse_one_line("web", body));
}

}  // namespace

TEST_CASE("a heartbeat has everything its body says") {
  CHECK(single(R"({"serviceId":"web"})") == Heartbeat{.service_id = "web"});
  CHECK(single(R"({"serviceId":"db","status":"degraded","message":"disk 91 %","durationMs":12.5,
                   "metadata":{"hostname":"server-1"},"future":[1]})") ==
        Heartbeat{.service_id = "db",
                  .status = Status::degraded,
                  .message = "disk 91 %",
                  .metadata = R"({"hostname":"server-1"})",
                  .duration_ms = 12.5});
  CHECK(single(R"({"serviceId":"web","message":null,"metadata":null,"durationMs":null})") ==
        Heartbeat{.service_id = "web"});
}

TEST_CASE("of a message the last 500 characters are kept, never a part of one") {
  std::string message;
  for (int i = 0; i < 500; ++i) message += "é";
  CHECK(single(R"({"serviceId":"web","message":")" + message + "\"}").message == message);
  CHECK(single(R"({"serviceId":"web","message":"x)" + message + "\"}").message == message);
  CHECK(one_line("x" + message).message == message);
}

TEST_CASE("a text of any length is taken, and its end is the message") {
  const std::string end = std::string(490, '.') + "disk full";
  for (const size_t size : {size_t{65'536}, size_t{65'537}, size_t{1'048'577}}) {
    CHECK(one_line(std::string(size, 'x') + "\n" + end).message == "\n" + end);
    CHECK(one_line(std::string(size, '\xC3') + "\n" + end).message == "\n" + end);
  }
  for (const size_t size : {size_t{65'500}, size_t{1'048'577}}) {
    const auto refused = parse_one_line("web", R"({"status":"down","message":")" + std::string(size, 'x'));
    CHECK(std::get<Error>(refused).status == (size < 65'536 ? 400 : 413));
  }
}

TEST_CASE("the words by which programs say how it went are statuses, in letters of any case") {
  for (const auto& [word, status] :
       {std::pair{"up", Status::up}, std::pair{"OK", Status::up}, std::pair{"Success", Status::up},
        std::pair{"degraded", Status::degraded}, std::pair{"warn", Status::degraded},
        std::pair{"WARNING", Status::degraded}, std::pair{"Down", Status::down},
        std::pair{"fail", Status::down}, std::pair{"failed", Status::down},
        std::pair{" error ", Status::down}}) {
    INFO(word);
    CHECK(one_line(R"({"status":")" + std::string(word) + "\"}").status == status);
    CHECK(one_line(R"({"state":")" + std::string(word) + "\"}").status == status);
    CHECK(single(R"({"serviceId":"web","status":")" + std::string(word) + "\"}").status == status);
  }
  CHECK(one_line(R"({"exitCode":0})").status == Status::up);
  for (const char* code : {"1", "-1", "127", "2.0"})
    CHECK(one_line(R"({"exitCode":)" + std::string(code) + "}").status == Status::down);
  CHECK(one_line(R"({"status":"up","state":"down","exitCode":1})").status == Status::up);
  CHECK(one_line(R"({"state":"up","exitCode":1})").status == Status::up);
}

TEST_CASE("a signal says that a run starts, goes on or ends, and an end is a success or a failure") {
  CHECK(one_line(R"({"signal":"success"})") == Heartbeat{.service_id = "web"});
  CHECK(one_line(R"({"signal":"fail"})").status == Status::down);
  CHECK(one_line(R"({"signal":"success","status":"degraded"})").status == Status::degraded);
  CHECK(one_line(R"({"signal":"fail","status":"up"})").status == Status::down);
  const Heartbeat started = one_line(R"({"signal":"start","runId":"42"})");
  CHECK(started.signal == Signal::start);
  CHECK(started.run_id == "42");
  CHECK(one_line(R"({"signal":"log","message":"half"})").signal == Signal::log);
  CHECK(one_line(R"({"signal":"progress"})").signal == Signal::progress);
  CHECK(single(R"({"serviceId":"web","signal":"start"})").signal == Signal::start);
  for (const char* body :
       {R"({"signal":"begin"})", R"({"signal":""})", R"({"signal":1})", R"({"signal":"end"})"}) {
    INFO(body);
    CHECK(std::get<Error>(parse_one_line("web", body)).text ==
          "signal must be one of success, fail, start, log, progress");
  }
}

TEST_CASE("a run id has up to 100 characters") {
  const auto body = [](size_t characters) {
    std::string id;
    for (size_t i = 0; i < characters; ++i) id += "é";
    return R"({"runId":")" + id + "\"}";
  };
  CHECK(one_line(body(100)).run_id.size() == 200);
  CHECK(std::get<Error>(parse_one_line("web", body(101))).status == 400);
  CHECK(std::get<Error>(parse_one_line("web", R"({"runId":7})")).status == 400);
  CHECK(one_line(R"({"runId":null})").run_id.empty());
}

TEST_CASE("an exit code is kept, and is the message of a failure that has none") {
  const Heartbeat failed = one_line(R"({"signal":"success","exitCode":3})");
  CHECK(failed.status == Status::down);
  CHECK(failed.exit_code == 3);
  CHECK(failed.message == "exit status 3");
  CHECK(one_line(R"({"exitCode":3,"message":"disk full"})").message == "disk full");
  CHECK(one_line(R"({"exitCode":0})").message.empty());
  CHECK(one_line(R"({"status":"up","exitCode":1})").message.empty());
}

TEST_CASE("what claims to be a status and is none is refused, and never counts as up") {
  for (const char* body : {R"({"status":""})", R"({"status":"unknown"})", R"({"status":"paused"})",
                           R"({"status":null})", R"({"status":true})", R"({"state":1})", R"({"state":null})",
                           R"({"state":{"is":"up"}})", R"({"exitCode":"0"})", R"({"exitCode":null})",
                           R"({"exitCode":0.5})", R"({"status":"down")", "{", "{down}"}) {
    INFO(body);
    CHECK(std::get<Error>(parse_one_line("web", body)).status == 400);
  }
}

TEST_CASE("metadata of 4,096 bytes is kept, of one more left out") {
  const std::string fits = R"({"k":")" + std::string(4096 - 8, 'x') + "\"}";
  const std::string too_long = R"({"k":")" + std::string(4096 - 7, 'x') + "\"}";
  CHECK(single(R"({"serviceId":"web","metadata":)" + fits + "}").metadata == fits);
  const Heartbeat cut = single(R"({"serviceId":"web","metadata":)" + too_long + "}");
  CHECK(cut.metadata.empty());
  CHECK(cut.metadata_left_out);
}

TEST_CASE("a batch mixes ids and objects, and hands its message, metadata and status down") {
  const auto entries =
      batch(R"({"services":["web",{"serviceId":"db","token":"t","status":"down","message":"own"},7,
                                 {"serviceId":""},{"serviceId":"x","status":"bad"},{"serviceId":"y","token":1}],
                                 "message":"for all","metadata":{"host":"a"}})");
  const Error bad{400, "Invalid service format"};
  const std::string metadata = R"({"host":"a"})";
  CHECK(entries == std::vector<ParsedHeartbeat>{
                       Heartbeat{.service_id = "web", .message = "for all", .metadata = metadata},
                       Heartbeat{.service_id = "db",
                                 .token = "t",
                                 .status = Status::down,
                                 .message = "own",
                                 .metadata = metadata},
                       bad, bad, bad, bad});
}

TEST_CASE("an entry that is wrong keeps its id, where it has one") {
  const auto parsed = parse_heartbeats(
      R"({"services":["web",7,{"serviceId":""},{"serviceId":"x","status":"bad"},{"serviceId":5},{"serviceId":"y","token":1}]})");
  CHECK(std::get<HeartbeatRequest>(parsed).named == std::map<size_t, std::string>{{3, "x"}, {5, "y"}});
}

TEST_CASE("a batch takes 5,000 entries and no more") {
  const auto of = [](int count) {
    std::string body = R"({"services":["web")";
    for (int i = 1; i < count; ++i) body += R"(,"web")";
    return body + "]}";
  };
  CHECK(batch(of(5000)).size() == 5000);
  CHECK(refusal(of(5001)) == 413);
}

TEST_CASE("one heartbeat takes 65,536 bytes, a batch 1,048,576") {
  const auto padded = [](std::string body, size_t size) { return body.append(size - body.size(), ' '); };
  CHECK(refusal(padded(R"({"serviceId":"web"})", 65'536)) == 200);
  CHECK(refusal(padded(R"({"serviceId":"web"})", 65'537)) == 413);
  CHECK(refusal(padded(R"({"services":["web"]})", 1'048'576)) == 200);
  CHECK(refusal(padded(R"({"services":["web"]})", 1'048'577)) == 413);
  CHECK(std::holds_alternative<Heartbeat>(parse_one_line("web", std::string(65'536, 'x'))));
  CHECK(std::holds_alternative<Heartbeat>(parse_one_line("web", std::string(65'537, 'x'))));
}

TEST_CASE("in the one-line form the body is nothing, a message, or an object") {
  CHECK(one_line("") == Heartbeat{.service_id = "web"});
  CHECK(one_line(" \r\n") == Heartbeat{.service_id = "web"});
  CHECK(one_line("backup done").message == "backup done");
  CHECK(one_line("[1,2]").message == "[1,2]");
  CHECK(one_line("42").message == "42");
  CHECK(one_line("bad \xff byte").message == "bad \xEF\xBF\xBD byte");
  CHECK(one_line(R"({"status":"down","serviceId":"web"})") ==
        Heartbeat{.service_id = "web", .status = Status::down});
  for (const char* body :
       {R"({"status":"down","durationMs":1e999})", R"({"status":"down","message":"\ud83d"})",
        R"({"status":null})", R"({"serviceId":"db"})", R"({"serviceId":7})", R"({"services":["web"]})",
        R"({"status":1})"}) {
    INFO(body);
    CHECK(std::get<Error>(parse_one_line("web", body)).status == 400);
  }
}

TEST_CASE("what is no heartbeat is refused as the sender's fault") {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  for (const std::string& body : {std::string(),
                                  std::string("null"),
                                  std::string("[]"),
                                  std::string("42"),
                                  std::string("{}"),
                                  std::string(R"({"serviceId":)"),
                                  std::string(R"({"serviceId":"we)"),
                                  std::string(R"({"serviceId":7})"),
                                  std::string(R"({"serviceId":""})"),
                                  std::string(R"({"serviceId":null})"),
                                  std::string(R"({"services":[]})"),
                                  std::string(R"({"services":{}})"),
                                  std::string(R"({"services":"web"})"),
                                  std::string(R"({"serviceId":"web","status":"Upp"})"),
                                  std::string(R"({"serviceId":"web","status":1})"),
                                  std::string(R"({"serviceId":"web","status":"unknown"})"),
                                  std::string(R"({"serviceId":"web","message":1})"),
                                  std::string(R"({"serviceId":"web","metadata":[]})"),
                                  std::string(R"({"serviceId":"web","durationMs":"1"})"),
                                  std::string(R"({"serviceId":"web","durationMs":-1})"),
                                  std::string(R"({"serviceId":"web","durationMs":1e999})"),
                                  std::string("{\"serviceId\":\"\xff\"}"),
                                  std::string("\0\1\2", 3),
                                  deep.substr(0, 60'000)}) {
    INFO(body.substr(0, 80));
    CHECK(refusal(body) == 400);
  }
  CHECK(refusal(deep) == 413);
}

}  // namespace hb::heartbeat_test
