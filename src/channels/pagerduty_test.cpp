#include "channels/pagerduty.hpp"

#include "message/message_test.hpp"
#include "text/utf8.hpp"

namespace hb::pagerduty_test {
namespace {

Json event_of(const Message& message, Form form = Form::full, const Config& config = channel_config()) {
  return body_json(send_through(config, "pagerduty", message, {.at = kTestTime, .form = form}));
}

// https://developer.pagerduty.com/docs/send-alert-event#parameters
void check_trigger(const Json& event) {
  INFO(event.dump(1));
  CHECK(event["event_action"] == "trigger");
  const size_t key = units(string_member(event, "dedup_key").value_or(""));
  CHECK((key >= 1 && key <= 255));
  const Json payload = event["payload"];
  const size_t summary = units(string_member(payload, "summary").value_or(""));
  CHECK((summary >= 1 && summary <= 1024));
  CHECK(units(string_member(payload, "source").value_or("")) >= 1);
  const std::string severity = string_member(payload, "severity").value_or("");
  CHECK((severity == "critical" || severity == "error" || severity == "warning" || severity == "info"));
}

Message with_kind(MessageKind kind) {
  Message message = down_message();
  message.kind = kind;
  message.severity = message.status = "";
  return message;
}

}  // namespace

TEST_CASE("down and degraded trigger, a degraded service as a warning, and only what is over resolves") {
  CHECK(event_of(with_kind(MessageKind::down))["payload"]["severity"] == "critical");
  CHECK(event_of(with_kind(MessageKind::degraded))["payload"]["severity"] == "warning");
  CHECK(event_of(with_kind(MessageKind::degraded))["event_action"] == "trigger");
  CHECK(event_of(with_kind(MessageKind::reminder))["event_action"] == "trigger");
  for (const MessageKind kind : {MessageKind::up, MessageKind::resolved_by_removal}) {
    CHECK(event_of(with_kind(kind)) == Json{{"routing_key", "0123456789abcdef0123456789abcdef"},
                                            {"event_action", "resolve"},
                                            {"dedup_key", "service:web:1795327200000"}});
  }
}

TEST_CASE("an alert triggers with its own severity and resolves when it is resolved") {
  Message alert{
      .kind = MessageKind::alert, .title = "a", .severity = "error", .status = "firing", .dedup_key = "k"};
  CHECK(event_of(alert)["payload"]["severity"] == "error");
  alert.status = "resolved";
  CHECK(event_of(alert)["event_action"] == "resolve");
  CHECK(event_of(alert)["dedup_key"] == "k");
}

TEST_CASE("events keep PagerDuty's limits whatever the texts") {
  for (const size_t size : {size_t{1}, size_t{255}, size_t{1024}, size_t{10'000}}) {
    for (const Form form : {Form::full, Form::plain}) {
      check_trigger(event_of(long_message(MessageKind::down, size), form));
      check_trigger(event_of(hostile_message(MessageKind::alert), form));
    }
  }
  check_trigger(event_of({}));
}

TEST_CASE("a dedup key is kept up to 255 characters, and a longer one stays unique") {
  Message message = down_message();
  message.dedup_key = std::string(255, 'a');
  CHECK(incident_key(message) == message.dedup_key);
  message.dedup_key += 'b';
  const std::string one = incident_key(message);
  CHECK(units(one) <= 255);
  message.dedup_key.back() = 'c';
  CHECK(incident_key(message) != one);
  message.dedup_key.clear();
  CHECK(incident_key(message) == message_id(message));
}

TEST_CASE("a PagerDuty template gives the summary, and a severity only when PagerDuty knows it") {
  Config config = channel_config();
  config.notifications.templates["pagerduty"] = {{"summary", "{{serviceName}}\nis {{eventType}}"},
                                                 {"severity", "info"}};
  Json payload = event_of(down_message(), Form::full, config)["payload"];
  CHECK(payload["summary"] == "Website is down");
  CHECK(payload["severity"] == "info");
  CHECK(event_of(down_message(), Form::plain, config)["payload"]["severity"] == "critical");

  config.notifications.templates["pagerduty"] = {{"summary", "{{duration}} "}, {"severity", "{{eventType}}"}};
  payload = event_of(down_message(), Form::full, config)["payload"];
  CHECK(payload["summary"] == "Website is down: No heartbeat for 6 min, limit 5 min");
  CHECK(payload["severity"] == "critical");
}

}  // namespace hb::pagerduty_test
