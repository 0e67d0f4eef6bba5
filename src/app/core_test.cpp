#include "app/core.hpp"

#include <set>

#include "app/routes.hpp"
#include "catch.hpp"
#include "collector/session.hpp"
#include "event/http.hpp"
#include "text/json.hpp"

namespace hb::core_test {
namespace {

constexpr std::string_view kServices =
    R"({"groups":[{"id":"all","services":["web"],"auth":{"required":false}}],
  "services":[{"id":"web"}]})";

Core core_of(std::string_view settings = "{}", std::string_view services = kServices) {
  return Core(
      parse_config({.services = services, .notifications = "{}", .settings = settings, .dashboard = "{}"}),
      parse_page(""));
}

// `path` has to last.
Event request(std::string_view method, std::string_view path, std::string_view origin = "") {
  return {.trigger = Request{.method = method, .path = path, .origin = origin},
          .now = *parse_iso("2026-11-22T06:00:00.000Z")};
}

// What a step comes to that asks for nothing.
Done done(const Core& core, const Event& event) {
  return std::get<Done>(core.step(event));
}

// Steps until the core asks for no more documents; none of them is there.
Done answered(const Core& core, Event event) {
  const Outcome outcome = core.step(event);
  const auto* ask = std::get_if<Ask>(&outcome);
  if (ask == nullptr) return std::get<Done>(outcome);
  for (const Key key : ask->documents)
    event.documents[static_cast<size_t>(key)].state = Document::State::absent;
  return done(core, event);
}

Reply reply(const Core& core, std::string_view method, const std::string& path) {
  return answered(core, request(method, path)).reply;
}

std::string header(const Reply& reply, std::string_view name) {
  std::string values;
  for (const auto& [key, value] : reply.headers) {
    if (key == name) values += (values.empty() ? "" : " | ") + value;
  }
  return values;
}

std::string error(const Reply& reply) {
  const auto json = parse_json(reply.body);
  return json ? string_member(*json, "error").value_or("none") : "no JSON";
}

// A path of each route that requests can take.
std::vector<std::pair<std::string, std::string>> requests() {
  std::vector<std::pair<std::string, std::string>> all;
  for (const Route& route : routes()) {
    std::string path(route.path);
    if (path.ends_with("*")) path.replace(path.size() - 1, 1, "web");
    if (is_served(route.job, Role::kv_only)) all.emplace_back(route.method, path);
  }
  return all;
}

std::string method_of(const std::string& path) {
  for (const auto& [method, other] : requests()) {
    if (other == path) return method;
  }
  return "GET";
}

}  // namespace

TEST_CASE("an unknown path is 404, whatever the method") {
  const Core core = core_of();
  for (const char* method : {"GET", "HEAD", "POST", "OPTIONS", "DELETE", "OTHER"}) {
    for (const char* path : {"/x", "", "api/status", "/api", "/api/", "/API/status", "/api/status/x",
                             "/api//status", "/*", "/api/heartbeat/a/b", "/api/heartbeat//",
                             "/api/heartbeat/*/*", "monitor:latest", "/monitor:latest"}) {
      INFO(method << " " << path);
      const Reply answer = reply(core, method, path);
      CHECK(answer.status == 404);
      CHECK(header(answer, "Allow").empty());
    }
  }
  CHECK(error(reply(core, "GET", "/x")) == "There is nothing at this path");
}

TEST_CASE("a known path with another method is 405 and says which it takes") {
  const Core core = core_of();
  const Reply status = reply(core, "POST", "/api/status");
  CHECK(status.status == 405);
  CHECK(header(status, "Allow") == "GET, HEAD, OPTIONS");
  CHECK(error(status) == "This path takes GET, HEAD, OPTIONS");
  for (const auto& [route_method, path] : requests()) {
    for (const char* method : {"PUT", "DELETE", "PATCH", "OTHER"}) {
      INFO(method << " " << path);
      const Reply answer = reply(core, method, path);
      CHECK(answer.status == 405);
      CHECK(header(answer, "Allow").starts_with(route_method));
    }
  }
  CHECK(header(reply(core, "HEAD", "/api/heartbeat"), "Allow") == "POST, OPTIONS");
}

TEST_CASE("a preflight is 204 on every known path and reads nothing") {
  const Core core = core_of(R"({"allowedOrigins":["https://a.example"]})");
  for (const auto& [method, path] : requests()) {
    INFO(path);
    CHECK(header(done(core, request("OPTIONS", path)).reply, "Access-Control-Allow-Methods").empty());
    const Outcome outcome = core.step(request("OPTIONS", path, "https://a.example"));
    const std::string methods = method == "GET" ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
    CHECK(outcome == Outcome(Done{.reply = {204,
                                            {{"Allow", methods},
                                             {"Access-Control-Allow-Methods", methods},
                                             {"Access-Control-Allow-Headers", "Content-Type, Authorization"},
                                             {"Access-Control-Max-Age", "600"},
                                             {"X-Content-Type-Options", "nosniff"},
                                             {"Referrer-Policy", "no-referrer"},
                                             {"Cache-Control", "no-store"},
                                             {"Access-Control-Allow-Origin", "https://a.example"},
                                             {"Vary", "Origin"}},
                                            ""}}));
  }
}

TEST_CASE("HEAD is answered like GET, without the body") {
  const Core core = core_of();
  for (const auto& [method, path] : requests()) {
    if (method != "GET") continue;
    INFO(path);
    Reply get = reply(core, "GET", path);
    const Reply head = reply(core, "HEAD", path);
    get.body.clear();
    CHECK(head == get);
  }
}

TEST_CASE("a trailing slash changes nothing") {
  const Core core = core_of();
  for (const auto& [method, path] : requests()) {
    if (path == "/") continue;
    INFO(path);
    const std::string with_slash = path + "/";
    CHECK(answered(core, request(method, with_slash)) == answered(core, request(method, path)));
  }
}

TEST_CASE("an endpoint that is switched off is 403 before anything is read") {
  const std::pair<const char*, std::vector<std::string>> switches[] = {
      {"enableHeartbeatEndpoint", {"/api/heartbeat", "/api/heartbeat/web", "/api/verify"}},
      {"enableStatusEndpoint", {"/api/status"}},
      {"enableUptimeEndpoint", {"/api/uptime", "/api/history"}},
      {"enableLogsEndpoint", {"/api/logs", "/api/incidents"}},
      {"enableServicesEndpoint", {"/api/services"}},
      {"enableExportEndpoint", {"/api/export.csv"}},
      {"enableAlertEndpoint", {"/api/alert"}},
      {"enableTestNotificationEndpoint", {"/api/test-notification"}},
      {"enableAlertHistoryEndpoint", {"/api/alerts/recent"}}};
  for (const auto& [name, paths] : switches) {
    Json api = {{"enableTestNotificationEndpoint", true}};  // the one that is off by default
    api[name] = false;
    const Core core = core_of(dump({{"api", api}}));
    const std::set<std::string> off(paths.begin(), paths.end());
    for (const auto& [method, path] : requests()) {
      INFO(name << " " << path);
      CHECK((answered(core, request(method, path)).reply.status == 403) == off.contains(path));
      if (off.contains(path)) CHECK(std::holds_alternative<Done>(core.step(request(method, path))));
    }
    for (const std::string& path : paths) {
      const std::string method = method_of(path);
      CHECK(error(reply(core, method, path + "/")) == path + " is disabled");
      CHECK(reply(core, "OPTIONS", path).status == 204);
      CHECK(reply(core, "DELETE", path).status == 405);
    }
  }
}

TEST_CASE("every answer carries its headers once, errors too") {
  const Core core = core_of();
  auto all = requests();
  all.insert(all.end(), {{"GET", "/x"}, {"DELETE", "/"}, {"OPTIONS", "/"}, {"POST", "/api/heartbeat/typo"}});
  for (const auto& [method, path] : all) {
    INFO(method << " " << path);
    const Reply answer = reply(core, method, path);
    CHECK(header(answer, "X-Content-Type-Options") == "nosniff");
    CHECK(header(answer, "Referrer-Policy") == "no-referrer");
    CHECK(header(answer, "Access-Control-Allow-Origin").empty());
    if (path.starts_with("/api/")) CHECK(header(answer, "Cache-Control") == "no-store");
    CHECK(header(answer, "Cache-Control").find('|') == std::string::npos);
  }
}

TEST_CASE("an origin on the list is allowed on every answer, others on none") {
  const Core core = core_of(R"({"allowedOrigins":["https://a.example","https://b.example"]})");
  for (const char* path : {"/", "/api/status", "/api/services", "/x", "/api/heartbeat"}) {
    INFO(path);
    for (const char* origin : {"https://a.example", "https://b.example"}) {
      const Reply answer = answered(core, request("GET", path, origin)).reply;
      CHECK(header(answer, "Access-Control-Allow-Origin") == origin);
      CHECK(header(answer, "Vary") == "Origin");
    }
    for (const char* origin : {"", "null", "*", "https://a.example/", "https://A.example", "http://a.example",
                               "https://c.example"}) {
      const Reply answer = answered(core, request("GET", path, origin)).reply;
      CHECK(header(answer, "Access-Control-Allow-Origin").empty());
      CHECK(header(answer, "Vary").empty());
    }
  }
}

TEST_CASE("what is told when a write fails carries the same headers") {
  const Core core = core_of(R"({"allowedOrigins":["https://a.example"]})");
  for (const Role role : {Role::kv_only, Role::edge}) {
    Event event = request("POST", "/api/heartbeat/web", "https://a.example");
    event.role = role;
    CHECK(done(core, event).reply.status == 200);
    event.is_refused = true;
    const Done refused = done(core, event);
    CHECK(refused.reply.status == 503);
    CHECK(error(refused.reply) == "The heartbeat could not be stored; send it again");
    CHECK(header(refused.reply, "Cache-Control") == "no-store");
    CHECK(header(refused.reply, "Retry-After") == "10");
    CHECK(header(refused.reply, "Access-Control-Allow-Origin") == "https://a.example");
    CHECK(refused.merges.empty());
    CHECK_FALSE(refused.append);
  }
}

TEST_CASE("what needs nothing of the body is answered before it is read, all else asks for it") {
  const Core core = core_of("{}");
  const auto unread = [&](std::string_view method, std::string_view path) {
    Event event = request(method, path, "");
    std::get<Request>(event.trigger).is_body_unread = true;
    return done(core, event).reply.status;
  };
  CHECK(unread("POST", "/nowhere") == 404);
  CHECK(unread("POST", "/api/status") == 405);
  CHECK(unread("POST", "/api/alert") == 503);
  CHECK(unread("POST", "/api/heartbeat/nobody") == 404);
  CHECK(unread("POST", "/api/heartbeat/nobody/") == 404);
  CHECK(unread("POST", "/api/heartbeat") == 100);
}

TEST_CASE("what the collector would serve is forwarded, or refused when it cannot be reached") {
  const Core core = core_of(R"({"allowedOrigins":["https://a.example"]})");
  Event event = request("GET", "/healthz", "https://a.example");
  event.role = Role::edge;
  CHECK(core.step(event) == Outcome(Ask{.reader_rate = true}));
  event.reader_rate = ReaderRate::beyond;
  CHECK(done(core, event).reply.status == 429);
  event.reader_rate = ReaderRate::within;
  const auto forward = std::get<Forward>(core.step(event));
  CHECK(forward.decided == Decided{.is_origin_allowed = true, .is_reader = true});
  CHECK(read_session(forward.session.value_or("")).readers.forwarded == 1);
  event.is_refused = true;
  const Reply refused = done(core, event).reply;
  CHECK(refused.status == 503);
  CHECK(error(refused) == "The collector cannot be reached; ask again");
  CHECK(header(refused, "Access-Control-Allow-Origin") == "https://a.example");
}

TEST_CASE("a route is not answered before its documents are there, and asks for nothing else then") {
  const Core core = core_of();
  Event event = request("GET", "/");
  CHECK(core.step(event) == Outcome(Ask{.documents = {Key::latest, Key::data, Key::alerts}}));
  event.documents[static_cast<size_t>(Key::data)].state = Document::State::failed;
  CHECK(core.step(event) == Outcome(Ask{.documents = {Key::latest, Key::alerts}}));
}

TEST_CASE("the same event comes to the same outcome") {
  const Core core = core_of();
  for (const auto& [method, path] : requests()) {
    CHECK(answered(core, request(method, path)) == answered(core, request(method, path)));
  }
}

TEST_CASE("no request reaches the check, the merges or what the collector does by itself") {
  const Core core = core_of();
  CHECK(core.step({.trigger = Cron{}}) == Outcome(Ask{.documents = {Key::latest, Key::data}}));
  for (const char* method : {"CRON", "TELL", "PUBLISH", "APPEND", "MERGE"}) {
    for (const char* path : {"/", "/api/status", "/api/heartbeat", "monitor:latest", "/x", ""}) {
      CHECK(done(core, request(method, path)).reply.status >= 400);
    }
  }
}

TEST_CASE("what only the collector does comes to nothing without it") {
  const Core core = core_of();
  for (const Trigger& trigger : {Trigger(Tell{}), Trigger(Publish{}), Trigger(Append{"{}"})}) {
    CHECK(core.step({.trigger = trigger}) == Outcome(Done{}));
  }
  CHECK(core.step({.trigger = MergeCopies{}, .role = Role::collector}) == Outcome(Done{}));
}

TEST_CASE("a merge puts what is not stored already") {
  const Core core = core_of();
  const auto merged = [&](Key key, std::vector<std::string_view> copies) {
    return done(core, {.trigger = MergeCopies{key, std::move(copies)},
                       .now = *parse_iso("2026-11-22T06:00:00.000Z")});
  };
  const std::string_view stored = R"({"web":"2026-11-22T06:00:00.000Z"})";
  CHECK(merged(Key::latest, {"", stored}).puts == std::vector<Put>{{Key::latest, std::string(stored)}});
  CHECK(merged(Key::latest, {stored, stored}).puts.empty());
  const Done damaged = merged(Key::latest, {"{", stored});
  CHECK(damaged.puts == std::vector<Put>{{Key::latest, std::string(stored)}});
  CHECK(damaged.logs ==
        std::vector<Log>{
            {Level::error, "monitor:latest is damaged; what can be read of it is kept (1 bytes)"}});
  CHECK(merged(Key::alerts, {"", "[]"}).puts == std::vector<Put>{{Key::alerts, "[]"}});
}

TEST_CASE("with a faulty configuration everything is 500, and the log says what to change") {
  const Core core = core_of("{}", "{");
  std::vector<Trigger> triggers{Cron{}, Append{}, MergeCopies{}};
  for (const char* path : {"/", "/api/heartbeat", "/x"}) {
    for (const char* method : {"GET", "POST", "OPTIONS"}) triggers.push_back(Request{method, path});
  }
  for (const Trigger& trigger : triggers) {
    const Done outcome = done(core, {.trigger = trigger});
    CHECK(outcome.reply.status == 500);
    CHECK(error(outcome.reply) == "The monitor's configuration is faulty; its log says what to change");
    REQUIRE(outcome.logs.size() == 1);
    CHECK(outcome.logs[0].level == Level::error);
    CHECK(outcome.logs[0].text.starts_with("services.json"));
    CHECK(outcome.puts.empty());
    CHECK(outcome.merges.empty());
    CHECK_FALSE(outcome.append);
  }
}

}  // namespace hb::core_test
