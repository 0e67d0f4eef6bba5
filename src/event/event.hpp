// What comes into the core and what comes out of it, as values.
//
// Everything the core knows of the world is in the Event; everything it wants done is in the Outcome. One
// event may take several steps, its rounds: what is asked for is read, what is ordered is done, and the same
// event comes again with what came of it.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "text/time.hpp"
#include "text/utc_offsets.hpp"

namespace hb {

// The three documents in KV.
enum class Key { latest, data, alerts };
inline constexpr std::array kKeys{Key::latest, Key::data, Key::alerts};

std::string_view key_name(Key key);
std::optional<Key> key_named(std::string_view name);

struct Document {
  // Of `head` only the first bytes were read, as many as were asked for, and there may be more.
  enum class State { unread, absent, found, failed, head };

  State state = State::unread;
  std::string_view bytes{};  // empty unless it, or its head, was found

  bool operator==(const Document&) const = default;
};

bool has_bytes(const Document& document);

// As what a step runs: a Worker that has only KV, one that has the collector, or the collector.
enum class Role { kv_only, edge, collector };

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

// The version of what the edge says to the collector. Raised when an older edge or collector could misread
// it.
inline constexpr uint8_t kProtocol = 2;

// What the edge has decided of a request that it forwards. The collector does not decide it again: for a
// while after a deploy, or a change of secrets, the two have different configurations and keys.
struct Decided {
  bool sees_metadata = false;      // of the logs, which the key of alerts or the settings allow
  bool is_origin_allowed = false;  // a page of that origin may read the answer
  bool has_key = false;            // of alerts: it is no stranger who asks
  bool is_reader = false;          // who only reads, and has no key

  bool operator==(const Decided&) const = default;
};

// Views into the input, as all that an event has.
struct Request {
  std::string_view method{};
  std::string_view path{};      // still percent-encoded
  std::string_view query{};     // without the question mark
  std::string_view base_url{};  // scheme and host that the request came to
  std::string_view authorization{};
  std::string_view origin{};
  std::string_view colo{};     // where the request entered, as far as the platform says
  std::string_view country{};  // and where it came from
  std::string_view body{};
  bool is_body_unread =
      false;  // at the edge: unless it is answered without, the same request comes again with it
  std::optional<Decided> decided{};  // in the collector: always

  bool operator==(const Request&) const = default;
};

// The check of one minute.
struct Cron {
  Time scheduled{};

  bool operator==(const Cron&) const = default;
};

// What a check in the collector orders: messages to be sent, and documents to be put to KV.
struct Tell {
  bool operator==(const Tell&) const = default;
};
struct Publish {
  bool operator==(const Publish&) const = default;
};

// And alerts from outside to be taken in that were stored only.
struct TakeBacklog {
  bool operator==(const TakeBacklog&) const = default;
};

// Authorized heartbeats of one request, for the collector to keep; documents/heartbeat_batch.hpp has their
// shape.
struct Append {
  std::string_view batch{};

  bool operator==(const Append&) const = default;
};

// Copies of one document of KV to be joined, the stored one first; empty when there is none.
struct MergeCopies {
  Key key{};
  std::vector<std::string_view> copies{};

  bool operator==(const MergeCopies&) const = default;
};

using Trigger = std::variant<Request, Cron, Tell, Publish, Append, MergeCopies, TakeBacklog>;

// How often a client has asked lately for what costs a request to the collector, as the platform counts it.
enum class ReaderRate { unasked, within, beyond };

// Its views point into the input, which outlives the step.
struct Event {
  Trigger trigger{};
  Time now{};
  Role role = Role::kv_only;
  UtcOffsets utc_offset{};     // of the configured time zone, for times of the last year
  std::string_view zones{};    // once asked for: of those that the configuration names (read_utc_offsets)
  std::string_view session{};  // what the last outcome of this role said; empty after a start
  std::string_view continuation{};  // what the outcome of the round before left, if there was one
  std::array<Document, kKeys.size()> documents{};
  std::vector<Range> ranges{};       // the rows that were read
  std::vector<Row> rows{};           // those of them that there are, in the order of the ranges
  Work work{};                       // in the collector
  std::vector<PutResult> results{};  // not empty: this is the round after the puts
  std::vector<Answer> answers{};     // not empty: this is the round after the sends, in their order
  bool is_refused = false;           // what the round before ordered to be stored, or to be forwarded, failed
  ReaderRate reader_rate = ReaderRate::unasked;

  const Request& request() const { return std::get<Request>(trigger); }
  Time scheduled() const { return std::get<Cron>(trigger).scheduled; }
  const Document& document(Key key) const { return documents[static_cast<size_t>(key)]; }
  bool has_read(const Range& range) const;
  std::string_view row(std::string_view key) const;  // empty when there is none

  bool operator==(const Event&) const = default;
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

// Of so many bytes at a place: those in front leave, the others move up, and these come last.
struct Edit {
  size_t at = 0;  // in what is kept
  size_t size = 0;
  size_t dropped = 0;  // at most as many as come last
  std::array<char, 16> last{};

  bool operator==(const Edit&) const = default;
};

// A part of a document that was read, edited where it stands: what is large is not printed anew.
struct Kept {
  std::string_view bytes{};
  std::vector<Edit> edits{};

  bool operator==(const Kept&) const = default;
};

void apply(const Edit& edit, char* bytes);

// Its three parts, one after another.
struct Put {
  Key key{};
  std::string bytes{};
  Kept kept{};
  std::string rest{};

  std::string text() const;

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
enum class FollowUp { tell, publish, take_backlog };

// Read these, and step again.
struct Ask {
  std::vector<Key> documents{};
  size_t head = 0;               // of monitor:data so many bytes will do; 0: all of it
  std::vector<Range> rows{};     // of the collector, once the documents are read
  std::vector<RowPut> writes{};  // to be written before any of it is read
  bool reader_rate = false;      // of the client
  bool zones = false;            // the changes of clocks of those that the configuration names
  std::optional<std::string> session{};

  bool is_empty() const { return documents.empty() && rows.empty() && !reader_rate && !zones; }

  bool operator==(const Ask&) const = default;
};

// The collector has the answer to this request or cron. When it cannot be reached the event comes again,
// refused.
struct Forward {
  Decided decided{};
  std::optional<std::string> body{};  // instead of the request's
  std::optional<std::string> session{};

  bool operator==(const Forward&) const = default;
};

// What is to be done, in this order, each only when what stands before it succeeded.
struct Done {
  // At the edge: heartbeats that the collector is to keep. When one of these two fails, the event comes
  // again, refused.
  std::optional<std::string> append{};
  std::vector<Merge> merges{};  // KV only
  std::vector<RowPut> rows{};   // in the collector: all of them or none
  // The collector steps again with what became of them, with nothing read.
  std::vector<Put> puts{};
  // Made together. The same event comes again with the answers: with KV only with the documents that were
  // read, in the collector with nothing read.
  std::vector<Send> sends{};
  std::string continuation{};          // to be handed back in that round
  std::vector<FollowUp> follow_ups{};  // in any order
  Reply reply{};
  std::optional<Reply> limited{};        // instead of `reply` for a client that was refused too often
  std::optional<std::string> session{};  // to be handed back with the next event of this role
  std::vector<Log> logs{};

  bool operator==(const Done&) const = default;
};

using Outcome = std::variant<Ask, Forward, Done>;

}  // namespace hb
