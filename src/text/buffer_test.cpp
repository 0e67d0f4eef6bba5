#include "text/buffer.hpp"

#include "catch.hpp"

namespace hb::buffer_test {

TEST_CASE("a buffer is what was appended to it, however it had to grow") {
  Buffer buffer;
  std::string expected;
  for (int i = 0; i < 300; ++i) {
    const std::string piece(static_cast<size_t>(i % 41), static_cast<char>('a' + i % 26));
    (buffer += piece) += ',';
    expected += piece + ',';
    REQUIRE(buffer.view() == expected);
  }
  CHECK(buffer.take() == expected);
}

TEST_CASE("what is reserved is not yet there") {
  Buffer buffer("ab");
  buffer.reserve(100);
  CHECK(buffer.view() == "ab");
  buffer += 'c';
  CHECK(buffer.take() == "abc");
}

TEST_CASE("the end of a buffer can be written where it stands") {
  Buffer buffer("12345");
  buffer.last(2)[0] = 'x';
  *buffer.extend(1) = 'y';
  CHECK(buffer.take() == "123x5y");
}

TEST_CASE("a buffer that was taken is empty") {
  Buffer buffer("a text that is too long for what a string keeps inside itself");
  (void)buffer.take();
  CHECK(buffer.view().empty());
  buffer += "b";
  CHECK(buffer.take() == "b");
}

}  // namespace hb::buffer_test
