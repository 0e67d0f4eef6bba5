#include "message/wording.hpp"

#include "message/message_test.hpp"
#include "text/html.hpp"
#include "text/utf8.hpp"

namespace hb::wording_test {
namespace {

std::vector<Fact> facts_of(const Message& message, const Config& config, std::chrono::minutes offset = 0min) {
  const SendOptions options{.at = kTestTime, .utc_offset = offset};
  return facts({config, config.notifications.channels.front(), message, options});
}

std::string value_of(const std::vector<Fact>& all, std::string_view name) {
  for (const Fact& fact : all) {
    if (fact.name == name) return fact.value;
  }
  return "absent";
}

}  // namespace

TEST_CASE("the headline is the title in one line, at most 200 characters") {
  CHECK(headline({.title = "Website is down"}) == "Website is down");
  CHECK(headline({.title = "a\r\nBcc: b\x01"}) == "a Bcc: b");
  CHECK(headline({.title = std::string(200, 'a')}) == std::string(200, 'a'));
  CHECK(headline({.title = std::string(201, 'a')}) == std::string(199, 'a') + "…");
}

TEST_CASE("the headline of a resolved alert says so") {
  CHECK(headline({.kind = MessageKind::alert, .title = "Disk full", .status = "resolved"}) ==
        "Resolved: Disk full");
  CHECK(headline({.kind = MessageKind::alert, .title = "Disk full", .status = "firing"}) == "Disk full");
}

TEST_CASE("without a title the headline is made of the service and its status") {
  CHECK(headline({.kind = MessageKind::reminder, .status = "down", .service_id = "web"}) == "web is down");
  CHECK(headline({.kind = MessageKind::up, .service_id = "web", .service_name = "Website"}) ==
        "Website is up");
  CHECK(headline({}) == "Heartbeat monitor");
}

TEST_CASE("the body of a digest has its lines and says how many more there are") {
  CHECK(body_text({.text = "Seven services are down", .lines = {"web is down", "db\nis down"}, .more = 5}) ==
        "Seven services are down\n• web is down\n• db is down\nand 5 more");
  CHECK(body_text({.lines = {"web"}}) == "• web");
  CHECK(body_text({.text = "a\x01\x7f\r\n\tb"}) == "a\n\tb");
  CHECK(body_text({}).empty());
}

TEST_CASE("facts are what is known beside headline and body") {
  CHECK(facts_of(down_message(), channel_config()) ==
        std::vector<Fact>{{"Group", "Production"},
                          {"Since", "2026-11-22 06:05:12 UTC"},
                          {"Before", "up"},
                          {"Last heartbeat", "2026-11-22 06:00:12 UTC"},
                          {"Last message", "all well"},
                          {"hostname", "server-1"},
                          {"load", "0.5"}});
  Message reminder = down_message();
  reminder.timestamp += 1h;
  CHECK(value_of(facts_of(reminder, channel_config()), "Time") == "2026-11-22 07:05:12 UTC");
  CHECK(value_of(facts_of(up_message(), channel_config()), "Duration") == "6 min");
  CHECK(value_of(facts_of(up_message(), channel_config()), "Since") == "absent");
}

TEST_CASE("metadata stay unsaid when the configuration says so") {
  Config config = channel_config();
  config.notifications.include_metadata = false;
  CHECK(value_of(facts_of(down_message(), config), "hostname") == "absent");
  CHECK(value_of(facts_of(down_message(), config), "Last message") == "absent");
  CHECK(value_of(facts_of(down_message(), config), "Group") == "Production");
}

TEST_CASE("labels of any type become facts, but for null and what is told elsewhere") {
  const Message message{
      .kind = MessageKind::alert,
      .severity = "warning",
      .source = "grafana",
      .labels =
          R"({"alertname":"A","n":5,"null":null,"nested":{"a":[1,"b"]},"flag":true,"severity":"warning"})",
      .annotations = R"({"runbook":"https://r.example","summary":"s"})"};
  const auto all = facts_of(message, channel_config());
  CHECK(value_of(all, "n") == "5");
  CHECK(value_of(all, "flag") == "true");
  CHECK(value_of(all, "nested") == R"({"a":[1,"b"]})");
  CHECK(value_of(all, "runbook") == "https://r.example");
  CHECK(value_of(all, "Severity") == "warning");
  for (const char* name : {"null", "alertname", "severity", "summary"})
    CHECK(value_of(all, name) == "absent");
}

TEST_CASE("facts are bounded in number and length") {
  const auto all = facts_of(long_message(MessageKind::alert, 10'000), channel_config());
  CHECK(all.size() <= 20);
  for (const auto& [name, value] : all) {
    CHECK(units(name) <= 100);
    CHECK(units(value) <= 500);
    CHECK(valid_utf8(name + value) == name + value);
  }
}

TEST_CASE("an alert is told from others of its name by its labels") {
  const Message message{.labels =
                            R"({"alertname":"Disk","instance":"db-1","job":"node","severity":"page","n":5})"};
  CHECK(telling_labels(message) == std::map<std::string, std::string>{{"instance", "db-1"}, {"job", "node"}});
  CHECK(telling_labels({.labels = R"({"alertname":"Disk"})"}).empty());
  CHECK(telling_labels({.labels = "x"}).empty());
}

TEST_CASE("labels that are no JSON are no facts") {
  for (const char* labels : {"x", "[1]", "{", "\xFF"}) {
    const Message message{.kind = MessageKind::alert, .labels = labels, .annotations = labels};
    CHECK(facts_of(message, channel_config()) == std::vector<Fact>{{"Time", "1970-01-01 00:00:00 UTC"}});
  }
}

TEST_CASE("times are told in the configured zone") {
  CHECK(local_time(kTestTime, 0min) == "2026-11-22 06:05:12 UTC");
  CHECK(local_time(kTestTime, 60min) == "2026-11-22 07:05:12 +01:00");
  CHECK(local_time(kTestTime, -570min) == "2026-11-21 20:35:12 -09:30");
  CHECK(local_time(kTestTime, 345min) == "2026-11-22 11:50:12 +05:45");
  const UtcOffsets changed(UtcOffsets::Changes{{Time{}, 120min}, {kTestTime, 60min}});
  CHECK(local_time(kTestTime, changed) == "2026-11-22 07:05:12 +01:00");
  CHECK(local_time(kTestTime - 1s, changed) == "2026-11-22 08:05:11 +02:00");
  CHECK(value_of(facts_of(down_message(), channel_config(), 60min), "Last heartbeat") ==
        "2026-11-22 07:00:12 +01:00");
}

TEST_CASE("plain text has headline and body and is cut at its limit") {
  CHECK(plain_text(down_message(), 100) == "Website is down\nNo heartbeat for 6 min, limit 5 min");
  CHECK(plain_text({.title = "a", .text = "bcd"}, 5) == "a\nbcd");
  CHECK(plain_text({.title = "a", .text = "bcde"}, 5) == "a\nbc…");
  CHECK(units(plain_text(long_message(MessageKind::digest, 10'000), 500)) <= 500);
}

TEST_CASE("escaped text fits its limit without a broken escape") {
  CHECK(escaped("a&b", append_html, 7) == "a&amp;b");
  CHECK(escaped("a&b", append_html, 6) == "a…");
  CHECK(escaped("abc", nullptr, 3) == "abc");
  CHECK(escaped("abcd", nullptr, 3) == "ab…");
  CHECK(escaped("abcd", nullptr, 0).empty());
  const std::string many(10'000, '&');
  const std::string out = escaped(many, append_html, 4096);
  CHECK(units(out) <= 4096);
  CHECK(units(out) > 3500);
  CHECK(out.ends_with("&amp;…"));
}

}  // namespace hb::wording_test
