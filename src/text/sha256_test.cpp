#include "text/sha256.hpp"

#include "catch.hpp"
#include "exact.hpp"

namespace hb::sha256_test {
namespace {

std::string repeated(char c, size_t count) {
  return std::string(count, c);
}

}  // namespace

TEST_CASE("SHA-256 gives what NIST's examples say") {
  const std::pair<std::string, std::string_view> vectors[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopq"
       "rst"
       "nopqrstu",
       "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
      {repeated('a', 1'000'000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"}};
  for (const auto& [text, digest] : vectors) CHECK(hex(sha256(Exact(text).view())) == digest);
}

TEST_CASE("SHA-256 pads right on both sides of a block") {
  CHECK(hex(sha256(repeated('a', 55))) == "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
  CHECK(hex(sha256(repeated('a', 56))) == "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
  CHECK(hex(sha256(repeated('a', 64))) == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}

TEST_CASE("HMAC-SHA256 gives what RFC 4231 says") {
  const std::tuple<std::string, std::string, std::string_view> vectors[] = {
      {repeated('\x0b', 20), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {repeated('\xaa', 20), repeated('\xdd', 50),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {repeated('\xaa', 131), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {repeated('\xaa', 131),
       "This is a test using a larger than block-size key and a larger than block-size data. The key needs "
       "to be "
       "hashed before being used by the HMAC algorithm.",
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"}};
  for (const auto& [key, text, mac] : vectors)
    CHECK(hex(hmac_sha256(Exact(key).view(), Exact(text).view())) == mac);
}

TEST_CASE("a key of exactly one block is not hashed first") {
  CHECK(hmac_sha256(repeated('k', 64), "x") != hmac_sha256(sha256(repeated('k', 64)), "x"));
  CHECK(hmac_sha256(repeated('k', 65), "x") == hmac_sha256(sha256(repeated('k', 65)), "x"));
}

}  // namespace hb::sha256_test
