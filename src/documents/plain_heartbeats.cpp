#include "documents/plain_heartbeats.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "text/cursor.hpp"

namespace hb {
namespace {

constexpr size_t kMostDigits = 15;           // a double has all of them
constexpr size_t kMostMetadataMembers = 16;  // more are not sorted here
constexpr size_t kShortestEntry = 4;         // bytes in a list of ids, with its comma

// Which members of an object have been read, as bits.
enum : unsigned { kServiceId = 1, kToken = 2, kStatus = 4, kMessageText = 8, kMetadata = 16, kDuration = 32 };

bool is_plain_text(std::string_view raw) {
  return std::all_of(raw.begin(), raw.end(),
                     [](char c) { return c >= ' ' && c <= '~' && c != '\\' && c != '<'; });
}

std::string_view end_of_message(std::string_view text) {
  return text.substr(text.size() - std::min(text.size(), kMaxMessage));
}

// One that is printed as it stands.
bool is_plain_number(std::string_view raw) {
  const bool has_digits = !raw.empty() && raw.size() <= kMostDigits;
  return has_digits && (raw[0] != '0' || raw.size() == 1) &&
         std::all_of(raw.begin(), raw.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_plain_value(std::string_view raw) {
  if (raw.starts_with('"')) return is_plain_text(raw.substr(1, raw.size() - 2));
  return is_plain_number(raw) || raw == "true" || raw == "false" || raw == "null";
}

struct PlainMember {
  std::string_view name;
  std::string_view value;
};

// As dump prints an object: the members sorted by their names. Absent when a name is there twice.
std::optional<std::string> print_sorted(std::span<PlainMember> members) {
  const auto by_name = [](const PlainMember& one, const PlainMember& other) { return one.name < other.name; };
  std::sort(members.begin(), members.end(), by_name);
  const auto is_same = [](const PlainMember& one, const PlainMember& other) {
    return one.name == other.name;
  };
  if (std::adjacent_find(members.begin(), members.end(), is_same) != members.end()) return std::nullopt;
  std::string out = "{";
  for (const auto& [name, value] : members) {
    if (out.size() > 1) out += ',';
    out.append("\"").append(name).append("\":").append(value);
  }
  return out += '}';
}

// Its cursor turns bad at what is not plain.
class PlainReader {
 public:
  explicit PlainReader(std::string_view body) : body_(body), cursor_(body) {}

  std::optional<HeartbeatRequest> read() {
    unsigned seen = kToken;  // only entries of a list have one of their own
    Heartbeat heartbeat;
    HeartbeatRequest request;
    const auto is_batch = [&] { return !request.heartbeats.empty(); };
    each_member(cursor_, [&](std::string_view name) {
      if (is_batch()) return cursor_.fail();
      if (name != "services") return read_member(name, heartbeat, seen);
      if ((seen & kServiceId) != 0) return cursor_.fail();
      read_entries(heartbeat, request.heartbeats);
    });
    if (cursor_.bad() || !cursor_.at_end()) return std::nullopt;
    return is_batch() ? batch(std::move(request), std::move(heartbeat)) : single(std::move(heartbeat));
  }

 private:
  static HeartbeatRequest batch(HeartbeatRequest request, Heartbeat for_all) {
    request.form = HeartbeatRequest::Form::batch;
    request.for_all = std::move(for_all);
    return request;
  }

  std::optional<HeartbeatRequest> single(Heartbeat heartbeat) const {
    if (heartbeat.service_id.empty() || body_.size() > kMaxSingleBody) return std::nullopt;
    HeartbeatRequest request{.service_id = heartbeat.service_id};
    request.heartbeats.emplace_back(std::move(heartbeat));
    return request;
  }

  void read_entries(const Heartbeat& for_all, std::vector<ParsedHeartbeat>& entries) {
    entries.reserve(std::min(kMaxBatchEntries, body_.size() / kShortestEntry));
    each_element(cursor_, [&] {
      auto& entry = std::get<Heartbeat>(entries.emplace_back(for_all));
      unsigned seen = 0;
      if (cursor_.peek('{')) {
        each_member(cursor_, [&](std::string_view name) { read_member(name, entry, seen); });
      } else {
        entry.service_id = text();
      }
      if (entry.service_id.empty() || entries.size() > kMaxBatchEntries) cursor_.fail();
    });
    if (entries.empty()) cursor_.fail();
  }

  void read_member(std::string_view name, Heartbeat& to, unsigned& seen) {
    if (name == "serviceId" && is_first(kServiceId, seen)) return void(to.service_id = text());
    if (name == "status" && is_first(kStatus, seen)) return read_status(to);
    if (name == "message" && is_first(kMessageText, seen)) return void(to.message = end_of_message(text()));
    if (name == "metadata" && is_first(kMetadata, seen)) return read_metadata(to);
    if (name == "durationMs" && is_first(kDuration, seen)) return read_duration(to);
    if (name == "token" && is_first(kToken, seen)) return void(to.token = text());
    cursor_.fail();
  }

  static bool is_first(unsigned one, unsigned& seen) {
    const bool is_first = (seen & one) == 0;
    seen |= one;
    return is_first;
  }

  std::string_view text() {
    const std::string_view raw = cursor_.string();
    if (!is_plain_text(raw)) cursor_.fail();
    return raw;
  }

  void read_status(Heartbeat& to) {
    const auto status = status_named(text());
    if (status != Status::up && status != Status::degraded && status != Status::down) return cursor_.fail();
    to.status = *status;
  }

  void read_duration(Heartbeat& to) {
    const std::string_view raw = cursor_.value();
    if (!is_plain_number(raw)) return cursor_.fail();
    int64_t whole = 0;
    for (const char digit : raw) whole = whole * 10 + (digit - '0');
    to.duration_ms = static_cast<double>(whole);
  }

  void read_metadata(Heartbeat& to) {
    std::array<PlainMember, kMostMetadataMembers> members;
    size_t count = 0;
    each_member(cursor_, [&](std::string_view name) {
      const std::string_view value = cursor_.value();
      if (count == members.size() || !is_plain_text(name) || !is_plain_value(value)) return cursor_.fail();
      members[count++] = {name, value};
    });
    auto metadata = print_sorted(std::span(members.data(), count));
    if (!metadata || metadata->size() > kMaxMetadata) return cursor_.fail();
    to.metadata = std::move(*metadata);
  }

  std::string_view body_;
  Cursor cursor_;
};

}  // namespace

std::optional<HeartbeatRequest> parse_plain_heartbeats(std::string_view body) {
  return body.size() > kMaxBatchBody ? std::nullopt : PlainReader(body).read();
}

}  // namespace hb
