#include "text/bytes.hpp"

#include <string>

#include "catch.hpp"
#include "exact.hpp"

namespace hb::bytes_test {

TEST_CASE("texts are the same when every byte is, wherever the one that differs stands") {
  for (size_t size = 0; size < 40; ++size) {
    const std::string text = std::string("a text that is as long as it has to be for this").substr(0, size);
    CHECK(is_same(Exact(text).view(), Exact(text).view()));
    CHECK_FALSE(is_same(Exact(text).view(), Exact(text + "x").view()));
    for (size_t i = 0; i < size; ++i) {
      std::string other = text;
      other[i] = '\x01';
      INFO(size << ", " << i);
      CHECK_FALSE(is_same(Exact(text).view(), Exact(other).view()));
    }
  }
}

TEST_CASE(
    "a byte is found wherever it stands, and neither its neighbours in value nor others are taken for it") {
  for (size_t size = 0; size < 40; ++size) {
    const std::string text(size, '!');  // one below the quote
    CHECK_FALSE(contains(Exact(text).view(), '"'));
    CHECK_FALSE(contains(Exact(std::string(size, '#')).view(), '"'));
    CHECK_FALSE(contains(Exact(std::string(size, '\xA2')).view(), '"'));
    for (size_t i = 0; i < size; ++i) {
      std::string with = text;
      with[i] = '"';
      INFO(size << ", " << i);
      CHECK(contains(Exact(with).view(), '"'));
      CHECK(position_of('"', Exact(with).view()) == i);
      CHECK(position_of('"', Exact(with).view(), i) == i);
      CHECK(position_of('"', Exact(with).view(), i + 1) == size);
    }
  }
}

}  // namespace hb::bytes_test
