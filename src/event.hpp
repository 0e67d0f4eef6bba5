// What comes into the core and what comes out of it, as values.
//
// Everything the core knows of the world is in the Event; everything it wants done is in the Outcome.
#pragma once

#include <array>
#include <chrono>
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

// Where a step runs: in a Worker that has only KV, in one that has the collector, or in the collector.
enum class Place { alone, edge, collector };

// Rows of the collector from one key up to, and without, another. An empty `until` means just the one row.
struct Range {
  std::string from{};
  std::string until{};

  bool operator==(const Range&) const = default;
};

struct Row {
  std::string key{};
  std::string_view bytes{};

  bool operator==(const Row&) const = default;
};

// What the collector has done since it started.
struct Work {
  int64_t requests = 0;  // this one too
  int64_t errors = 0;    // that were logged
  int64_t rows_written = 0;
  int64_t rows_read = 0;

  bool operator==(const Work&) const = default;
};

// What became of a put that the collector ordered.
struct PutResult {
  Key key{};
  bool is_stored = false;

  bool operator==(const PutResult&) const = default;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

// How a call leaves: as a request, or through Cloudflare's `send_email` binding.
enum class Via { request, email_binding };

// A call to others. The binding takes `body`, the JSON of {from: {email, name?}, to: [email, …], subject,
// text, html?}; nothing else of the value counts then.
struct Send {
  Via via = Via::request;
  std::string url{};  // may have a secret in it
  std::string method = "POST";
  Headers headers{};
  std::string body{};

  bool operator==(const Send&) const = default;
};

// What came of a call.
struct Answer {
  int status = 0;             // 0: there was none, and `error` says why
  std::string error{};        // "TimeoutError", or the code of Cloudflare's e-mail binding; kNotSent
  std::string retry_after{};  // the header as it came
  std::string_view body{};    // its beginning

  bool operator==(const Answer&) const = default;
};

// The call was not made at all, for want of time.
inline constexpr std::string_view kNotSent = "NotSent";

// Raised when an older edge or collector could misread what the other one says; what it does not know it
// ignores.
inline constexpr int64_t kProtocol = 1;

// What the edge has decided of a request that it forwards. The collector does not decide it again: for a
// while after a deploy, or a change of secrets, the two have different configurations and keys.
struct Decided {
  int64_t protocol = kProtocol;
  bool sees_metadata = false;      // of the logs, which the key of alerts or the settings allow
  bool is_origin_allowed = false;  // a page of that origin may read the answer

  bool operator==(const Decided&) const = default;
};

// Its views point into the input, which outlives the step.
struct Event {
  std::string_view method{};  // of the request, or CRON, TELL, PUBLISH or MERGE
  std::string path{};         // still percent-encoded; of a MERGE the document's name
  std::string query{};        // without the question mark
  std::string base_url{};     // scheme and host that the request came to
  std::string authorization{};
  std::string origin{};
  std::string colo{};     // where the request entered, as far as the platform says
  std::string country{};  // and where it came from
  Time now{};
  Time scheduled{};  // CRON: which run of the check it is
  Place place = Place::alone;
  std::optional<Decided> decided{};   // in the collector; absent: of an edge that does not tell
  std::chrono::minutes utc_offset{};  // of the configured time zone, now
  std::string memo{};                 // what the last outcome in this place said; empty after a start
  std::string carry{};                // what the outcome of the round before said, if there was one
  std::string_view body{};
  std::array<Document, kKeys.size()> documents{};
  std::vector<std::string_view> parts{};  // MERGE into KV: copies of one document, the stored one first
  std::vector<Range> ranges{};            // the rows that were read
  std::vector<Row> rows{};                // those of them that there are, in the order of the ranges
  Work work{};                            // in the collector
  std::vector<PutResult> results{};       // not empty: this is the round after the puts
  std::vector<Answer> answers{};          // not empty: this is the round after the sends, in their order

  const Document& document(Key key) const { return documents[static_cast<size_t>(key)]; }
  bool has_read(const Range& range) const;
  std::string_view row(std::string_view key) const;  // empty when there is none
};

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
  std::string text{};   // one sentence; never a secret or a URL of a channel
  std::string event{};  // what kind of event it is, as in "down"; empty: none of its own

  bool operator==(const Log&) const = default;
};

// A row to be written in the collector.
struct RowPut {
  std::string key{};
  std::string bytes{};

  bool operator==(const RowPut&) const = default;
};

// What should follow a check in the collector, as an event of its own each.
enum class Sequel { tell, publish };

// What the collector is to be asked.
struct Forward {
  Decided decided{};
  std::optional<std::string> body{};  // instead of the request's

  bool operator==(const Forward&) const = default;
};

struct Outcome {
  // Either is not empty: read these and step again; but for the memo and rows, which are written first,
  // nothing else is set.
  std::vector<Key> needs{};
  std::vector<Range> needs_rows{};

  std::optional<Forward> forward{};  // the collector has the answer; nothing but `refused` is set
  std::vector<Merge> merges{};
  std::vector<RowPut> rows{};  // all of them or none
  // After the merges and rows, and only when those succeeded. The collector steps again with what became of
  // them, with nothing read.
  std::vector<Put> puts{};
  // Made together, after all that is written, and only when that succeeded. The same event comes again with
  // the answers: alone with the documents that were read, in the collector with nothing read.
  std::vector<Send> sends{};
  std::string carry{};            // to be handed back in that round
  std::vector<Sequel> sequels{};  // in any order
  Reply reply{};
  std::optional<Reply> refused{};     // instead of `reply` when a write failed, or the collector did
  std::optional<Reply> limited{};     // instead of `reply` for a client that was refused too often
  std::optional<std::string> memo{};  // to be handed back with the next event in this place
  std::vector<Log> logs{};

  bool is_asking() const { return !needs.empty() || !needs_rows.empty(); }

  bool operator==(const Outcome&) const = default;
};

}  // namespace hb
