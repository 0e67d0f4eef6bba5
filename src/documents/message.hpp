// One message to people: a change of a service, a digest, a reminder, an alert from outside, a test.
//
// It is kept in the outbox until every channel has accepted it, so it has a stored form.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/outage.hpp"
#include "text/json_fwd.hpp"
#include "text/time.hpp"

namespace hb {

enum class MessageKind {
  down,
  up,
  degraded,
  reminder,             // that a problem lasts
  resolved_by_removal,  // that a service with a problem is not monitored any more
  digest,               // of several messages, as lines
  alert,                // from outside
  notice,               // of the monitor itself
  test,
};

// Plain: short, and without any template, for a provider that refused the full form.
enum class Form { full, plain };

std::string_view kind_name(MessageKind kind);
std::optional<MessageKind> kind_named(std::string_view name);

// All texts are valid UTF-8. Those that are empty are not known, or do not apply.
struct Message {
  MessageKind kind = MessageKind::notice;
  std::string title{};     // one line: "Website is down"; empty: made of the service and its status
  std::string text{};      // why, and what else there is to say
  std::string severity{};  // critical, error, warning or info; empty: as the kind and the status say
  std::string status{};    // up, degraded, down, unknown; of alerts, notices and tests also firing, resolved
  std::string source{};    // where an alert comes from
  Time timestamp{};

  std::string service_id{};
  std::string service_name{};
  std::string group_name{};
  std::string also_down{};           // of the others in the group: "2 of 11 others: Database, Cache"
  std::string previous{};            // the status before
  std::optional<Time> since{};       // when the present status began
  std::optional<Millis> duration{};  // of what is over; of a reminder, of what lasts
  std::optional<Time> last_seen{};
  std::string heartbeat_message{};  // of the last heartbeat
  std::string metadata{};           // of the last heartbeat: a JSON object

  std::string url{};          // of an alert
  std::string labels{};       // of an alert: a JSON object
  std::string annotations{};  // of an alert: a JSON object

  // Problems that were over before they were told, oldest first, and how many more there were before these.
  // They are not in the text: words are made of them when the message is sent.
  std::vector<UnreportedOutage> outages{};
  int more_outages = 0;

  std::vector<std::string> lines{};  // of a digest
  int more = 0;                      // how many a digest leaves out

  std::string dedup_key{};  // the same from the first message about a problem to the last

  bool operator==(const Message&) const = default;
};

// Compact JSON; what is empty is left out.
std::string write_message(const Message& message);
class JsonWriter;
void print_message(JsonWriter& json, const Message& message);

// Absent when it is not an object with a known kind and a time. Members of another type read as empty.
std::optional<Message> read_message(std::string_view text);
std::optional<Message> message_from(const Json& json);

// The same for every attempt to send this message, and for no other: letters, digits and an underscore.
std::string message_id(const Message& message);

}  // namespace hb
