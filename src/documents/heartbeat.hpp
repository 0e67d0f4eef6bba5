// A heartbeat as a client sends it, in any of its forms.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "documents/last_heartbeat.hpp"
#include "event/http.hpp"

namespace hb {

inline constexpr size_t kMaxSingleBody = 65'536;    // bytes
inline constexpr size_t kMaxBatchBody = 1'048'576;  // bytes
inline constexpr size_t kMaxBatchEntries = 5'000;
inline constexpr size_t kMaxMessage = 500;     // characters; of longer ones the end is kept
inline constexpr size_t kMaxRunId = 100;       // characters
inline constexpr size_t kMaxMetadata = 4'096;  // bytes of JSON; more is left out

struct Heartbeat {
  std::string service_id{};
  std::optional<std::string> token{};  // instead of the key in the request's header
  Status status = Status::up;          // up, degraded or down
  std::string message{};
  std::string metadata{};  // a JSON object, or empty
  bool metadata_left_out = false;
  std::optional<double> duration_ms{};
  Signal signal = Signal::end;
  std::string run_id{};  // empty: none
  std::optional<int64_t> exit_code{};

  bool operator==(const Heartbeat&) const = default;
};

using ParsedHeartbeat = std::variant<Heartbeat, Error>;

// A batch has one for each of its entries, in their order.
struct HeartbeatRequest {
  enum class Form { single, batch };

  Form form = Form::single;
  std::string service_id{};  // of a single one, also when the rest of it is wrong
  Heartbeat for_all{};       // of a batch, what holds for entries that do not say otherwise
  std::vector<ParsedHeartbeat> heartbeats{};
  std::map<size_t, std::string>
      named{};  // by position the ids of entries that are wrong, as far as they have one

  bool operator==(const HeartbeatRequest&) const = default;
};

// The body of POST /api/heartbeat. The error is one of the whole request. The second is the same without the fast
// path for plain bodies (plain_heartbeats.hpp).
std::variant<HeartbeatRequest, Error> parse_heartbeats(std::string_view body);
std::variant<HeartbeatRequest, Error> parse_any_heartbeats(std::string_view body);

// The body of POST /api/heartbeat/<serviceId>: empty, a JSON object, or else the message, of which the end is kept,
// however long it is: there logs say why. What begins like an object and is none this program can read is refused,
// so that a `down` in it is not taken for an `up`.
ParsedHeartbeat parse_one_line(std::string_view service_id, std::string_view body);

}  // namespace hb
