// The rounds of an event, the twin of shim/rounds.js: the core steps, what it asks for is read, what it orders is
// done, and the same event comes again with what came of it, until nothing more is to come.
//
// Nothing waits in here. `next` goes on until something has to be waited for and says what; whoever plays the event
// gives it, at once or much later, and calls `next` again. So events can overlap, and end between any two rounds.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "frames.hpp"

namespace hb {

// A document as it was read, with bytes of its own.
struct ReadDocument {
  Document::State state = Document::State::absent;
  std::string bytes{};
};

// Found, with all its bytes, or with the first so many of them; 0: all.
ReadDocument head_of(const std::string& bytes, size_t most);

using StoredRows = std::map<std::string, std::string>;

std::vector<std::pair<std::string, std::string>> rows_within(const StoredRows& rows, const Range& range);

class EventRounds {
 public:
  // Who plays the event, and does at once what takes no time.
  struct Host {
    virtual ~Host() = default;
    virtual Time now() const = 0;
    virtual DecodedOutcome step(const Event& event, const std::string& trigger) = 0;
    virtual void keep(const DecodedOutcome& decoded) = 0;  // rows, session and logs
    virtual std::vector<std::pair<std::string, std::string>> rows_in(const Range& range) = 0;
    virtual std::string session() const = 0;
    virtual Work work() const { return {}; }
    virtual std::string_view zones() { return {}; }  // of the configuration, as inputs have them
  };

  struct Read {
    const std::vector<Key>& keys;
    size_t head = 0;  // of monitor:data so many bytes will do; 0: all of it
    bool reader_rate = false;
  };
  // To be forwarded to the collector, to an answer that is this event's own.
  struct Call {
    std::string event{};
  };
  // To be stored. `event` is what the collector is to keep, when there is something to append.
  struct Store {
    const Done& done;
    const std::string& event;
  };
  struct MakeCalls {
    const std::vector<Send>& sends;
  };
  struct End {
    Reply reply{};
    std::vector<std::string> follow_ups{};
  };
  using Wait = std::variant<Read, Call, Store, MakeCalls, End>;

  EventRounds(Host& host, Role role, std::string trigger);

  Wait next();

  void give(Key key, ReadDocument document);
  void give_rate(ReaderRate rate) { event_.reader_rate = rate; }
  // What became of what was to be stored. The results are those of the collector's puts.
  void give_stored(std::vector<PutResult> results);
  void give_answers(std::vector<Answer> answers);
  // What was to be stored, or forwarded, failed.
  void refuse();

 private:
  enum class Stage { stepping, storing, calling };

  Wait after_step();
  Wait begin_storing();
  Wait begin_calls();
  Wait begin_again();
  void read_rows(const Range& range);
  void forget_rows();

  Host& host_;
  Event event_;
  std::string trigger_;
  std::string session_{};
  std::string continuation_{};
  std::deque<std::string> read_{};  // what the event has views of
  DecodedOutcome decoded_{};
  std::vector<Range> asked_rows_{};
  std::vector<PutResult> results_{};
  std::vector<Answer> answers_{};
  std::vector<std::string> follow_ups_{};
  Stage stage_ = Stage::stepping;
};

}  // namespace hb
