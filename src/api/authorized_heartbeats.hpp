// The heartbeats of a request: which services they are of, whether the keys are right, and what is answered.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "documents/heartbeat.hpp"
#include "documents/heartbeat_batch.hpp"
#include "event/context.hpp"
#include "text/json_writer.hpp"

namespace hb {

// One entry of a request and what became of it.
struct EntryResult {
  std::string_view service_id{};
  std::optional<Error> error{};
};

// Of a single heartbeat the one, of a batch any number. It may be moved, not copied.
struct AuthorizedHeartbeats {
  HeartbeatRequest request{};
  std::vector<AuthorizedHeartbeat> authorized{};  // into `request`
  std::vector<EntryResult> results{};             // in the order of the request, and into it
  std::vector<std::string> without_metadata{};

  AuthorizedHeartbeats() = default;
  AuthorizedHeartbeats(AuthorizedHeartbeats&&) = default;
  AuthorizedHeartbeats& operator=(AuthorizedHeartbeats&&) = default;
  AuthorizedHeartbeats(const AuthorizedHeartbeats&) = delete;
};

// Of POST /api/heartbeat/<serviceId>, whose body was not read yet: what is wrong with the id or the key.
std::optional<Error> refuse_before_the_body(const Context& context);

// Of a body of POST /api/heartbeat, or of POST /api/heartbeat/<serviceId>. What is refused as a whole has its
// answer.
std::variant<AuthorizedHeartbeats, Done> authorize_body(const Context& context);
std::variant<AuthorizedHeartbeats, Done> authorize_one_line(const Context& context, const std::string& id);

// 200 when all are authorized, 207 when some; when none is, what all were refused for, else 400.
int status_of(const AuthorizedHeartbeats& heartbeats);

// "2 succeeded, 1 failed", and so on.
std::string partial_message(const AuthorizedHeartbeats& heartbeats);

// The members `warning`, if there is something to warn of, and `results`.
void print_warning(JsonWriter& json, const AuthorizedHeartbeats& heartbeats);
void print_results(JsonWriter& json, const AuthorizedHeartbeats& heartbeats, Time now);

}  // namespace hb
