// What comes into the core and what comes out of it, as values.
//
// Everything the core knows of the world is in the Event; everything it wants done is in the Outcome.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "time.hpp"

namespace hb {

// The three documents in KV.
enum class Key { latest, data, alerts };
inline constexpr std::array kKeys{Key::latest, Key::data, Key::alerts};

std::string_view key_name(Key key);
std::optional<Key> key_named(std::string_view name);

struct Document {
  enum class State { unread, absent, found, failed };

  State state = State::unread;
  std::string_view bytes{};  // empty unless found

  bool operator==(const Document&) const = default;
};

// Where documents are kept: without the collector KV, whose readers may be behind its writers.
enum class Store { kv, collector };

// Its views point into the input, which outlives the step.
struct Event {
  std::string_view method{};  // of the request, or CRON or MERGE
  std::string path{};         // still percent-encoded; of a MERGE the document's name
  std::string query{};        // without the question mark
  std::string base_url{};     // scheme and host that the request came to
  std::string authorization{};
  std::string origin{};
  Time now{};
  Time scheduled{};  // CRON: which run of the check it is
  Store store = Store::kv;
  std::string_view body{};
  std::array<Document, kKeys.size()> documents{};
  std::vector<std::string_view> parts{};  // MERGE: copies of one document, the stored one (or none) first

  const Document& document(Key key) const { return documents[static_cast<size_t>(key)]; }
};

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Reply {
  int status = 200;
  Headers headers{};
  std::string body{};

  bool operator==(const Reply&) const = default;
};

// Bytes to be merged into a document; they have the document's own shape.
struct Merge {
  Key key{};
  std::string addition{};

  bool operator==(const Merge&) const = default;
};

struct Put {
  Key key{};
  std::string bytes{};

  bool operator==(const Put&) const = default;
};

enum class Level { info, warn, error };

struct Log {
  Level level = Level::info;
  std::string text{};  // one sentence; never a secret or a URL of a channel

  bool operator==(const Log&) const = default;
};

struct Outcome {
  std::vector<Key> needs{};  // not empty: read these and step again; nothing else is set
  std::vector<Merge> merges{};
  std::vector<Put> puts{};  // after the merges, and only when they succeeded
  Reply reply{};
  std::optional<Reply> refused{};  // instead of `reply` when a write failed
  std::vector<Log> logs{};

  bool operator==(const Outcome&) const = default;
};

}  // namespace hb
