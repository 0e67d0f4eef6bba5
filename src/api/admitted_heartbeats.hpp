// The heartbeats of a request: who is it, may they, and what is answered.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "documents/accepted.hpp"
#include "documents/heartbeat.hpp"
#include "event/context.hpp"
#include "text/json_writer.hpp"

namespace hb {

// One entry of a request and what became of it.
struct EntryResult {
  std::string service_id{};
  std::optional<Error> error{};
};

// Of a single heartbeat the one, of a batch any number. It may be moved, not copied.
struct AdmittedHeartbeats {
  HeartbeatRequest request{};
  std::vector<Admitted> admitted{};    // into `request`
  std::vector<EntryResult> results{};  // in the order of the request
  std::vector<std::string> without_metadata{};

  AdmittedHeartbeats() = default;
  AdmittedHeartbeats(AdmittedHeartbeats&&) = default;
  AdmittedHeartbeats& operator=(AdmittedHeartbeats&&) = default;
  AdmittedHeartbeats(const AdmittedHeartbeats&) = delete;
};

// Of a body of POST /api/heartbeat, or of POST /api/heartbeat/<serviceId>. What is refused as a whole has its
// answer.
std::variant<AdmittedHeartbeats, Done> admit_in_body(const Context& context);
std::variant<AdmittedHeartbeats, Done> admit_one_line(const Context& context, const std::string& id);

// 200 when all are admitted, 207 when some; when none is, what all were refused for, else 400.
int status_of(const AdmittedHeartbeats& heartbeats);

// "2 succeeded, 1 failed", and so on.
std::string partial_message(const AdmittedHeartbeats& heartbeats);

// The members `warning`, if there is something to warn of, and `results`.
void print_warning(JsonWriter& json, const AdmittedHeartbeats& heartbeats);
void print_results(JsonWriter& json, const AdmittedHeartbeats& heartbeats, Time now);

}  // namespace hb
