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
  // Whether an object comes next, its brace perhaps damaged.
  bool peek_object();
  // Steps over the brace of such an object; false when it is damaged.
  bool enter_object();
  // A bad one is good again, and in front of the next member, where a value that ends so is followed by one.
  bool resume_behind(char end_of_value);

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

template <class Visit>
void each_further_member(Cursor& cursor, Visit visit) {
  do {
    const std::string_view key = cursor.string();
    cursor.expect(':');
    if (cursor.bad()) return;
    visit(key);
  } while (!cursor.bad() && cursor.eat(','));
  cursor.expect('}');
}

// Visits the members of the object that comes next: `visit(raw_key)` consumes the value. What was visited
// before the cursor turned bad is sound.
template <class Visit>
void each_member(Cursor& cursor, Visit visit) {
  cursor.expect('{');
  if (cursor.bad() || cursor.eat('}')) return;
  each_further_member(cursor, visit);
}

// The same where one damaged member must not hide those behind it, and all values end alike, as texts or arrays
// do. What follows the damage may be none of them: `visit` has to look at what it is given. Whether all was sound.
template <class Visit>
bool each_member_past_damage(Cursor& cursor, char end_of_value, Visit visit) {
  bool is_sound = cursor.enter_object();
  if (is_sound && cursor.eat('}')) return true;
  each_further_member(cursor, visit);
  while (cursor.bad()) {
    is_sound = false;
    if (!cursor.resume_behind(end_of_value)) return false;
    each_further_member(cursor, visit);
  }
  return is_sound;
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
