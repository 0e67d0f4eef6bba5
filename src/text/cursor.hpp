// Reads large JSON documents in place, front to back, without building anything.
//
// The stored documents are walked on every check and every merge; a DOM of them would cost a hundred times
// the walk. A cursor never runs past the end: at the first thing it does not expect it turns bad, stays where
// it was, and answers empty values from then on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hb {

class Cursor {
 public:
  explicit Cursor(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  bool bad() const { return bad_; }
  const char* position() const { return at_; }

  // Whether only white space is left.
  bool at_end();
  // Whether `symbol`, one of {}[],:" comes next; `eat` also steps over it.
  bool peek(char symbol);
  bool eat(char symbol);
  // Turns bad unless `symbol` comes next.
  void expect(char symbol);
  // Turns bad: what was read is not what the caller takes.
  void fail() { bad_ = true; }

  // The content of a string as it stands between its quotes, escapes included (see unescaped).
  std::string_view string();
  // A whole number of up to 18 digits.
  int64_t integer();
  // The text of one whole value of any kind, at most kMaxDepth deep.
  std::string_view value();
  // The same as string() and integer(), but a value of another kind is stepped over and reads as empty, or 0.
  std::string_view string_or_skip();
  // That for a string that is mostly `length` bytes long: its end is looked up there first.
  std::string_view string_or_skip(size_t length);
  int64_t integer_or_skip();

 private:
  void skip_space();
  void skip_container();
  void skip_scalar();

  const char* at_;
  const char* end_;
  bool bad_ = false;
};

// The text that a raw string stands for, as valid UTF-8.
std::string unescaped(std::string_view raw);

// Visits the members of the object that comes next: `visit(raw_key)` consumes the value. What was visited
// before the cursor turned bad is sound.
template <class Visit>
void each_member(Cursor& cursor, Visit visit) {
  cursor.expect('{');
  if (cursor.bad() || cursor.eat('}')) return;
  do {
    const std::string_view key = cursor.string();
    cursor.expect(':');
    if (cursor.bad()) return;
    visit(key);
  } while (!cursor.bad() && cursor.eat(','));
  cursor.expect('}');
}

// Visits the elements of the array that comes next: `visit()` consumes one.
template <class Visit>
void each_element(Cursor& cursor, Visit visit) {
  cursor.expect('[');
  if (cursor.bad() || cursor.eat(']')) return;
  do visit();
  while (!cursor.bad() && cursor.eat(','));
  cursor.expect(']');
}

}  // namespace hb
