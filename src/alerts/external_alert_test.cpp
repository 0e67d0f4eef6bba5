#include "alerts/external_alert.hpp"

#include "alerts/alert_body.hpp"
#include "exact.hpp"
#include "message/message_test.hpp"
#include "message/tone.hpp"
#include "text/json.hpp"
#include "text/utf8.hpp"

namespace hb::external_alert_test {
namespace {

std::vector<ExternalAlert> alerts_of(std::string_view body, const Severities& added = {}) {
  const Exact exact(body);
  const auto found = find_alerts(exact.view());
  if (const auto* error = std::get_if<Error>(&found)) FAIL(error->text);
  const auto& alerts = std::get<AlertBody>(found);
  std::vector<ExternalAlert> out;
  for (size_t i = 0; i < alerts.alerts.size(); ++i) out.push_back(alert_at(added, alerts, i));
  return out;
}

Alert history_entry(const ExternalAlert& alert, Time now) {
  return hb::history_entry(alert, std::nullopt, now);
}

std::vector<ExternalAlert> alerts_in(const std::string& file) {
  return alerts_of(test_file("alerts/" + file + ".json"));
}

ExternalAlert generic(const Json& more) {
  Json body = {{"title", "t"}, {"message", "m"}};
  if (more.is_object()) body.update(more);
  return alerts_of(body.dump()).at(0);
}

std::string error_of(std::string_view body) {
  const auto found = find_alerts(body);
  const auto* error = std::get_if<Error>(&found);
  if (error == nullptr) return "none";
  CHECK(error->status == 400);
  return error->text;
}

}  // namespace

TEST_CASE("a firing alert of Alertmanager is read with everything it says") {
  CHECK(
      alerts_in("alertmanager-firing") ==
      std::vector<ExternalAlert>{
          {.title = "HostDiskFull",
           .message = "Disk of web-1 is 91 % full\n/var has 2 GB left",
           .severity = "warning",
           .source = "alertmanager",
           .fingerprint = "1b0137ea1b8c08b6",
           .starts_at = parse_time("2026-11-22T05:58:30.123Z"),
           .url = "http://prometheus.example:9090/graph?g0.expr=node_filesystem_avail_bytes&g0.tab=1",
           .labels =
               R"({"alertname":"HostDiskFull","instance":"web-1:9100","job":"node","mountpoint":"/var","severity":"warning"})",
           .annotations =
               R"({"description":"/var has 2 GB left","runbook_url":"https://runbooks.example/disk","summary":"Disk of web-1 is 91 % full"})"}});
}

TEST_CASE("a resolved alert is the one that fired, in every form of Alertmanager and Grafana") {
  const std::tuple<const char*, const char*, Status> table[] = {
      {"alertmanager-firing", "alertmanager-resolved", Status::degraded},
      {"grafana-firing", "grafana-resolved", Status::down},
      {"grafana-legacy", "grafana-legacy-ok", Status::down}};
  for (const auto& [first, then, event] : table) {
    INFO(first);
    const ExternalAlert firing = alerts_in(first).at(0);
    const ExternalAlert resolved = alerts_in(then).at(0);
    CHECK_FALSE(firing.is_resolved);
    CHECK(resolved.is_resolved);
    CHECK(alert_key(resolved) == alert_key(firing));
    CHECK(event_of(firing) == event);
    CHECK(event_of(resolved) == Status::up);
  }
}

TEST_CASE("every alert of a group is handled, firing and resolved ones apart") {
  const auto alerts = alerts_in("alertmanager-mixed");
  REQUIRE(alerts.size() == 3);
  CHECK((alerts[0].message == "db-1 is down" && !alerts[0].is_resolved && alerts[0].severity == "critical"));
  CHECK(alerts[0].channels == std::vector<std::string>{"on-call", "SLACK"});
  CHECK((alerts[1].message == "db-2 is down" && alerts[1].is_resolved && alerts[1].channels.empty()));
  CHECK((alerts[2].message.empty() && alerts[2].severity == "critical" && alerts[2].url.empty()));
  CHECK(alerts_in("alertmanager-truncated").size() == 2);
  CHECK(alerts_in("alertmanager-truncated").at(1).severity == "critical");
}

TEST_CASE("a group of 500 alerts is 500 alerts") {
  Json group = *parse_json(test_file("alerts/alertmanager-firing.json"));
  const Json one = group["alerts"][0];
  for (int i = 1; i < 500; ++i) {
    group["alerts"].push_back(one);
    group["alerts"].back()["fingerprint"] = std::to_string(i);
  }
  const auto alerts = alerts_of(group.dump());
  REQUIRE(alerts.size() == 500);
  CHECK(alerts.back().fingerprint == "499");
}

TEST_CASE("Grafana's unified alerts are Grafana's, not Alertmanager's") {
  const ExternalAlert firing = alerts_in("grafana-firing").at(0);
  CHECK(firing.source == "grafana");
  CHECK(firing.title == "High memory usage");
  CHECK(firing.message == "Memory of web-2 at 93 %\nThe memory of web-2 has been above 90 % for 10 min");
  CHECK(firing.severity == "critical");
  CHECK(firing.starts_at == parse_time("2026-11-22T06:00:00Z"));
  CHECK(firing.url == "https://grafana.example/d/hosts?viewPanel=4");
  CHECK(alerts_in("grafana-resolved").at(0).url ==
        "https://grafana.example/alerting/grafana/ab12/view?orgId=1");
}

TEST_CASE("an alert of Grafana without data names its rule") {
  const ExternalAlert alert = alerts_in("grafana-no-data").at(0);
  CHECK(alert.title == "High memory usage: no data");
  CHECK(alert.message == "**Firing**\n\nValue: [no value]");
  CHECK(event_of(alert) == Status::down);
}

TEST_CASE("Grafana's legacy alerts are told apart by their rule") {
  const ExternalAlert firing = alerts_in("grafana-legacy").at(0);
  CHECK(firing.title == "[Alerting] Queue length");
  CHECK(firing.message == "The queue grows\nHigh value: 100\nHigher value: 200.5");
  CHECK(firing.severity == "error");
  CHECK(firing.source == "grafana");
  CHECK(firing.labels == R"({"severity":"error","team":"blue"})");
  const ExternalAlert no_data = alerts_in("grafana-legacy-no-data").at(0);
  CHECK_FALSE(no_data.is_resolved);
  CHECK(event_of(no_data) == Status::degraded);
}

TEST_CASE("a generic alert is read with everything it says") {
  CHECK(alerts_in("generic") ==
        std::vector<ExternalAlert>{
            {.title = "Backup failed",
             .message = "The nightly backup of db-1 ended with code 2",
             .severity = "critical",
             .source = "cron",
             .fingerprint = "backup-db-1",
             .url = "https://logs.example/backup",
             .labels = R"({"code":2,"host":"db-1","last":null,"more":{"a":[1]},"retried":false})",
             .annotations = R"({"log":"/var/log/backup.log"})",
             .channels = {"on-call", "Slack"}}});
  CHECK(generic({}) ==
        ExternalAlert{.title = "t", .message = "m", .severity = "critical", .source = "external"});
}

TEST_CASE("what people mean as page-worthy counts as down, and so does what has no severity") {
  const std::tuple<const char*, const char*, Status> table[] = {{"page", "critical", Status::down},
                                                                {"P1", "critical", Status::down},
                                                                {"Error", "error", Status::down},
                                                                {"high", "error", Status::down},
                                                                {"", "critical", Status::down},
                                                                {"whatever", "critical", Status::down},
                                                                {"warning", "warning", Status::degraded},
                                                                {"P3", "warning", Status::degraded},
                                                                {" info ", "info", Status::up},
                                                                {"P5", "info", Status::up},
                                                                {"none", "none", Status::up}};
  for (const auto& [given, known, event] : table) {
    INFO(given);
    const ExternalAlert alert = generic({{"severity", given}});
    CHECK(alert.severity == known);
    CHECK(event_of(alert) == event);
  }
  CHECK(generic({{"labels", {{"severity", "error"}}}}).severity == "error");
  CHECK(generic({{"annotations", {{"severity", "info"}}}}).severity == "info");
  CHECK(generic({{"severity", "info"}, {"labels", {{"severity", "error"}}}}).severity == "info");
  CHECK(generic({{"labels", {{"priority", "P4"}}}}).severity == "info");
  CHECK(generic({{"priority", "P4"}}).severity == "info");
  CHECK(generic({{"labels", {{"priority", "P4"}, {"severity", "page"}}}}).severity == "critical");
  CHECK(alerts_of(R"({"title":"t","message":"m","severity":"meh"})", {{"meh", "info"}}).at(0).severity ==
        "info");
}

TEST_CASE("an alert of severity none is information for those that it names, and for nobody else") {
  const ExternalAlert alert = generic({{"severity", "none"}});
  CHECK(is_for_nobody(alert));
  CHECK_FALSE(is_for_nobody(generic({{"severity", "none"}, {"channels", "ops"}})));
  CHECK_FALSE(is_for_nobody(generic({{"severity", "info"}})));
  CHECK(alert_message(alert, kTestTime).severity == "info");
  CHECK(history_entry(alert, kTestTime).severity == "info");
}

TEST_CASE("a legacy alert of Grafana that is alerting is critical unless it says what it is") {
  const std::string body = R"({"ruleName":"r","ruleId":1,"state":"alerting","tags":)";
  CHECK(alerts_of(body + "{}}").at(0).severity == "critical");
  CHECK(alerts_of(body + R"({"severity":"warning"}})").at(0).severity == "warning");
  CHECK(alerts_of(body + R"({"severity":"P2"}})").at(0).severity == "error");
  CHECK(alerts_of(R"({"ruleName":"r","state":"no_data","tags":{"severity":"page"}})").at(0).severity ==
        "critical");
}

TEST_CASE("a resolved alert is a recovery whatever its severity") {
  for (const char* status :
       {"resolved", "RESOLVED", "ok", "up", " Resolved ", "resolve", "Recovery", "CLEAR", "closed"}) {
    const ExternalAlert alert = generic({{"status", status}, {"severity", "critical"}});
    CHECK(alert.is_resolved);
    CHECK(event_of(alert) == Status::up);
    CHECK(alert_message(alert, kTestTime).severity == "info");
    CHECK(is_recovery(alert_message(alert, kTestTime)));
    CHECK(history_entry(alert, kTestTime).severity == "info");
  }
  for (const char* status : {"", "firing", "alerting", "problem", "open", "acknowledged", "down"})
    CHECK_FALSE(generic({{"status", status}}).is_resolved);
  CHECK(generic({{"severity", "ok"}}).is_resolved);
  CHECK_FALSE(generic({{"severity", "ok"}, {"status", "firing"}}).is_resolved);
  CHECK(generic({{"state", "ok"}}).is_resolved);
  CHECK_FALSE(generic({{"state", "ok"}, {"status", "firing"}}).is_resolved);
}

TEST_CASE("channels stand in a field, a label or an annotation, as a list or with commas") {
  using Names = std::vector<std::string>;
  CHECK(generic({{"channels", "a, b c ,,d "}}).channels == Names{"a", "b c", "d"});
  CHECK(generic({{"channels", {"a", " b ", 5, "", "c,d"}}}).channels == Names{"a", "b", "c,d"});
  CHECK(generic({{"channel", "a"}}).channels == Names{"a"});
  CHECK(generic({{"channels", "a"}, {"channel", "b"}, {"labels", {{"channels", "c"}}}}).channels ==
        Names{"a"});
  CHECK(generic({{"labels", {{"channels", "c"}}}, {"annotations", {{"channels", "d"}}}}).channels ==
        Names{"c"});
  CHECK(generic({{"annotations", {{"channels", "d"}}}}).channels == Names{"d"});
  CHECK(generic({{"labels", {{"channel", "5"}}}}).channels.empty());
  for (const Json& nothing : {Json(nullptr), Json(5), Json::object(), Json::array(), Json(""), Json(" , ")})
    CHECK(generic({{"channels", nothing}}).channels.empty());
}

TEST_CASE("labels keep their types and are bounded") {
  CHECK(generic({{"labels", nullptr}}).labels.empty());
  CHECK(generic({{"labels", Json::object()}}).labels.empty());
  CHECK(generic({{"labels", {{"a", std::string(500, 'x')}}}}).labels ==
        R"({"a":")" + std::string(500, 'x') + "\"}");
  CHECK(generic({{"labels", {{"a", std::string(501, 'x')}}}}).labels ==
        R"({"a":")" + std::string(499, 'x') + "…\"}");
  CHECK(generic({{"labels", {{"a", Json::array({std::string(600, 'x')})}}}})
            .labels.starts_with(R"({"a":"[\"xxx)"));
  Json labels;
  for (int i = 0; i < 1000; ++i) labels["label" + std::to_string(i)] = kHostile;
  const std::string bounded = generic({{"labels", labels}}).labels;
  CHECK(bounded.size() <= 4096);
  CHECK(bounded.size() > 4096 / 2);
  CHECK(parse_json(bounded)->size() > 5);
}

TEST_CASE("texts of an alert are bounded and never cut inside a character") {
  std::string emojis;
  for (int i = 0; i < 10'000; ++i) emojis += "😀";
  const ExternalAlert alert =
      generic({{"title", emojis + "\r\n"}, {"message", emojis}, {"source", emojis}, {"dedupKey", emojis}});
  CHECK(units(alert.title) <= 300);
  CHECK(units(alert.message) <= 4096);
  CHECK(units(alert.source) <= 100);
  CHECK(alert.fingerprint.size() == 64);
  CHECK(valid_utf8(alert.title + alert.message) == alert.title + alert.message);
  CHECK(generic({{"title", "a\r\nb"}}).title == "a b");
}

TEST_CASE("only an address of the web is a link of an alert") {
  CHECK(generic({{"url", "https://a.example/?x=<y>"}}).url == "https://a.example/?x=<y>");
  for (const char* url : {"javascript:alert(1)", "//a.example", "/x", "https://", "a b", ""})
    CHECK(generic({{"url", url}}).url.empty());
  CHECK(generic({{"url", "https://a.example/" + std::string(3000, 'x')}}).url.empty());
}

TEST_CASE("a body that is no alert is refused with what is wrong") {
  CHECK(error_of("") == "The body must be JSON");
  CHECK(error_of("{") == "The body must be JSON");
  CHECK(error_of("nope") == "The body must be JSON");
  CHECK(error_of("{} {}") == "The body must be JSON");
  for (const char* body : {"[]", "null", "5", "\"x\"", "[{\"title\":\"t\",\"message\":\"m\"}]"})
    CHECK(error_of(body) == "The body must be a JSON object");
  for (const char* body :
       {"{}", R"({"message":"m"})", R"({"title":"","message":"m"})", R"({"title":5,"message":"m"})"})
    CHECK(error_of(body) == "title must be text that is not empty");
  for (const char* body :
       {R"({"title":"t"})", R"({"title":"t","message":" "})", R"({"title":"t","message":null})"})
    CHECK(error_of(body) == "message must be text that is not empty");
  CHECK(error_of(R"({"title":"t","message":"m","labels":[]})") == "labels must be an object");
  CHECK(error_of(R"({"title":"t","message":"m","annotations":"x"})") == "annotations must be an object");
  CHECK(error_of(R"({"title":"t","message":"m","severity":{}})") == "severity must be text");
  CHECK(error_of(R"({"title":"t","message":"m","dedupKey":[1]})") == "dedupKey must be text");
  for (const char* alerts : {"[]", "{}", "null", "[1,null,\"x\"]"})
    CHECK(error_of(R"({"version":"4","alerts":)" + std::string(alerts) + "}") ==
          "alerts must be a list with at least one alert");
}

TEST_CASE("an alert of a group with nothing in it is still an alert") {
  const auto alerts = alerts_of(
      R"({"version":"4","status":"firing","alerts":[{},5,{"labels":null,"annotations":[],"startsAt":5}]})");
  REQUIRE(alerts.size() == 2);
  CHECK(alerts[0] == ExternalAlert{.title = "Alert", .severity = "critical", .source = "alertmanager"});
  CHECK(alerts[1] == alerts[0]);
}

TEST_CASE("alerts without a fingerprint are told apart by their labels") {
  const auto alerts = alerts_of(
      R"({"version":"4","alerts":[{"labels":{"alertname":"A","i":"1"}},{"labels":{"i":"1","alertname":"A"}},{"labels":{"alertname":"A","i":"2"}}]})");
  REQUIRE(alerts.size() == 3);
  CHECK(alerts[0].fingerprint == alerts[1].fingerprint);
  CHECK(alerts[0].fingerprint != alerts[2].fingerprint);
}

TEST_CASE("bytes that are no text are replaced, and a mark of the byte order is none of an alert") {
  CHECK(alerts_of("\xEF\xBB\xBF{\"title\":\"Gr\xF6\xDF"
                  "e\",\"message\":\"m\"}")
            .at(0)
            .title ==
        "Gr\xEF\xBF\xBD\xEF\xBF\xBD"
        "e");
}

TEST_CASE("a body may have 4 MiB, and what is longer names what bounds it") {
  const std::string start = R"({"title":"t","message":")";
  const std::string longest = start + std::string(kMostAlertBytes - start.size() - 2, 'x') + "\"}";
  CHECK(alerts_of(longest).at(0).message.size() <= 4100);
  const auto found = find_alerts(longest + " ");
  REQUIRE(std::holds_alternative<Error>(found));
  CHECK(std::get<Error>(found).status == 413);
  CHECK(std::get<Error>(found).text.find("max_alerts") != std::string::npos);
}

TEST_CASE("what the sender left out of a group is an alert of its own until the group is whole again") {
  const auto truncation = [](std::string_view body) {
    const auto found = find_alerts(body);
    return truncation_of({}, std::get<AlertBody>(found));
  };
  std::string body = test_file("alerts/alertmanager-truncated.json");
  const auto firing = truncation(body);
  REQUIRE(firing);
  CHECK(firing->title == "37 more alerts of TargetMissing were left out");
  CHECK((firing->severity == "critical" && !firing->is_resolved &&
         firing->url == "http://alertmanager.example:9093"));
  body.replace(body.find(":37}"), 4, ":0}");
  const auto over = truncation(body);
  REQUIRE(over);
  CHECK((over->is_resolved && alert_key(*over) == alert_key(*firing)));
  CHECK_FALSE(truncation(R"({"version":"4","alerts":[{}],"truncatedAlerts":5})"));
  CHECK_FALSE(truncation(R"({"title":"t","message":"m","groupKey":"g","truncatedAlerts":5})"));
}

TEST_CASE("any beginning of a body is read without harm") {
  for (const char* file : {"alertmanager-mixed", "grafana-firing", "grafana-legacy", "generic"}) {
    each_beginning(test_file("alerts/" + std::string(file) + ".json"), [](std::string_view cut) {
      const auto found = find_alerts(cut);
      if (const auto* body = std::get_if<AlertBody>(&found)) CHECK_FALSE(body->alerts.empty());
    });
  }
}

TEST_CASE("the key of an alert without a fingerprint is made of its source, title and labels") {
  const ExternalAlert alert = generic({{"labels", {{"a", 1}}}});
  CHECK(alert_key(alert) ==
        alert_key(generic({{"labels", {{"a", 1}}}, {"severity", "info"}, {"message", "other"}})));
  CHECK(alert_key(alert) != alert_key(generic({{"labels", {{"a", 2}}}})));
  CHECK(alert_key(alert) != alert_key(generic({{"labels", {{"a", 1}}}, {"source", "x"}})));
  CHECK(alert_key(generic({{"dedupKey", 5}})) == "alert:5");
}

TEST_CASE(
    "an alert's entry in the history has one id for repeats, and another when it is resolved or fires anew") {
  const ExternalAlert firing = alerts_in("alertmanager-firing").at(0);
  const Alert entry = history_entry(firing, kTestTime);
  CHECK(entry == Alert{.id = "alert:1b0137ea1b8c08b6:1795327110123:firing",
                       .title = firing.title,
                       .message = firing.message,
                       .severity = "warning",
                       .source = "alertmanager",
                       .status = "firing",
                       .timestamp = kTestTime,
                       .labels = firing.labels,
                       .url = firing.url});
  CHECK(history_entry(firing, kTestTime + 4h).id == entry.id);
  CHECK(history_entry(alerts_in("alertmanager-resolved").at(0), kTestTime).id != entry.id);
  ExternalAlert again = firing;
  again.starts_at = *again.starts_at + 1h;
  CHECK(history_entry(again, kTestTime).id != entry.id);

  const ExternalAlert legacy = alerts_in("grafana-legacy").at(0);
  CHECK(history_entry(legacy, kTestTime).id != history_entry(legacy, kTestTime + 1ms).id);
  CHECK(history_entry(legacy, kTestTime).severity == "critical");
}

TEST_CASE("the id of an entry says when its alert began, and when it fired again") {
  const ExternalAlert alert = alerts_in("alertmanager-firing").at(0);
  const std::string key = alert_key(alert);
  const Time again = kTestTime + 1h;
  const std::string id = hb::history_entry(alert, again, again).id;
  CHECK(id == "alert:1b0137ea1b8c08b6:1795327110123+" + std::to_string(to_ms(again)) + ":firing");
  CHECK(parse_entry_id(id, key)->again == again);
  CHECK(parse_entry_id(history_entry(alert, again).id, key)->starts_at == alert.starts_at);
  CHECK_FALSE(parse_entry_id(history_entry(alert, again).id, key)->again);
  for (const char* other : {"alert:1b0137ea1b8c08b", "alert:1b0137ea1b8c08b6:1795327110123", "alert:"})
    CHECK_FALSE(parse_entry_id(id, other));
  for (const char* broken : {"", ":", ":5:firing", ":1795327110123", ":1795327110123:", ":1795327110123:x",
                             ":17953271101x3:firing", ":1795327110123:5:firing", ":1795327110123+5:firing",
                             ":1795327110123:1795327110123:firing"})
    CHECK_FALSE(parse_entry_id(key + broken, key));
}

TEST_CASE("a resolved alert's message says how long it lasted") {
  const Message message = alert_message(alerts_in("alertmanager-resolved").at(0), kTestTime);
  const ExternalAlert resolved = alerts_in("alertmanager-resolved").at(0);
  REQUIRE(resolved.ends_at);
  CHECK(message.duration == *resolved.ends_at - *resolved.starts_at);
  ExternalAlert endless = resolved;
  for (const auto& end :
       {std::optional<Time>(), std::optional(kTestTime + 1ms), std::optional(*resolved.starts_at - 1ms)}) {
    endless.ends_at = end;
    CHECK(alert_message(endless, kTestTime).duration == kTestTime - *resolved.starts_at);
  }
  CHECK(message.status == "resolved");
  CHECK(message.dedup_key == "alert:1b0137ea1b8c08b6");
  CHECK_FALSE(alert_message(alerts_in("alertmanager-firing").at(0), kTestTime).duration);
  CHECK_FALSE(alert_message(alerts_in("alertmanager-resolved").at(0), kTestTime - 24h).duration);
  CHECK(read_message(write_message(message)) == message);
}

}  // namespace hb::external_alert_test
