// What people were last told of a service, and what they are still owed.
//
// It is stored as the member `notified` of a service's row, as in
//
//   {"at":ms,"channels":{"ops":"down"},"flips":[["down",from,to]],"key":"web:ms","more":2,"since":ms,
//    "status":"down","worst":"down"}
//
// where whatever is as by default is left out. The members are in the order of their names, so that the text
// stays the same when a reader prints it again.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/heard.hpp"

namespace hb {

inline constexpr size_t kMaxFlips = 10;

// A trouble that nobody was told of before it was over.
struct Flip {
  Status status = Status::down;
  Time from{};
  Time to{};

  bool operator==(const Flip&) const = default;
};

struct Notified {
  Status status = Status::up;  // up, degraded or down
  std::optional<Time> at{};    // of the last message
  // Of the trouble that people know of:
  Time since{};
  std::string key{};                                      // for dedup
  std::map<std::string, Status, std::less<>> channels{};  // by name, and what each was last told of it
  // Untold:
  std::vector<Flip> flips{};         // the last kMaxFlips, oldest first
  int more = 0;                      // flips before them
  Status worst_before = Status::up;  // of those
  std::optional<Time> bad_since{};   // of a trouble that changed its status since, else that of the status
  bool is_known_as_unheard = false;  // the notice that it was never heard is out

  bool operator==(const Notified&) const = default;
  bool empty() const { return *this == Notified{}; }  // there is nothing to remember
};

// Nothing when the text is empty or damaged. Times that are not believable at `now` are absent.
Notified read_notified(std::string_view text, Time now);

// Empty when it is.
std::string write_notified(const Notified& notified);

void add_flip(Notified& notified, const Flip& flip);
Status worst_flip(const Notified& notified);  // up when there is none

}  // namespace hb
