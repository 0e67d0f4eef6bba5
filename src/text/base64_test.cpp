#include "text/base64.hpp"

#include "catch.hpp"
#include "exact.hpp"

namespace hb::base64_test {

TEST_CASE("bytes become the text of RFC 4648, section 10, and come back") {
  const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"},
                                                                   {"\xFB\xFF\xFE", "+//+"}};
  for (const auto& [bytes, text] : vectors) {
    INFO(text);
    CHECK(base64(Exact(bytes).view()) == text);
    CHECK(base64_decoded(Exact(text).view()) == std::string(bytes));
  }
}

TEST_CASE("all bytes survive the way to text and back") {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  for (size_t size = 0; size <= bytes.size(); ++size)
    CHECK(base64_decoded(base64(bytes.substr(0, size))) == bytes.substr(0, size));
}

TEST_CASE("padding may be left out of base64") {
  CHECK(base64_decoded("Zg") == "f");
  CHECK(base64_decoded("Zm8") == "fo");
}

TEST_CASE("text that is not base64 has no bytes") {
  for (const char* text :
       {"Z", "Zm9vY", "Zg=", "=", "====", "Zg==Zg==", "Zm9v\n", "Zm-_", "Zh==", "Zm9=", "Z g="}) {
    INFO(text);
    CHECK_FALSE(base64_decoded(Exact(text).view()));
  }
}

}  // namespace hb::base64_test
