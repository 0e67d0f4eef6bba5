#include "documents/packed_history.hpp"

#include <array>

#include "catch.hpp"
#include "config_of.hpp"
#include "exact.hpp"

namespace hb::packed_history_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

// The cells of one service as they are printed.
std::string printed(std::string_view cells, int days, int wanted) {
  const Config config = config_with({"a"});
  const std::string stored = R"({"a":")" + std::string(cells) + R"("})";
  const Exact exact(stored);
  const History history{.last_day = day_of(kNow), .days = days, .cells = exact.view()};
  JsonWriter json;
  print_packed_history(json, config, history, read_history(config, history), kNow, std::array<size_t, 1>{0},
                       wanted);
  const std::string text = json.take();
  const std::string start =
      R"({"lastDay":"2026-11-22","days":)" + std::to_string(wanted) + R"(,"cells":{"a":")";
  REQUIRE(text.starts_with(start));
  return text.substr(start.size(), text.size() - start.size() - 3);
}

}  // namespace

TEST_CASE("cells are copied as they stand, the last days of them") {
  const std::string first = pack({.up = 1440}), second = pack({.up = 3, .down = 2}), third = "+/09azAZ";
  CHECK(printed(first + second + third, 3, 3) == first + second + third);
  CHECK(printed(first + second + third, 3, 1) == third);
  CHECK(printed(first + second + third, 3, 0).empty());
}

TEST_CASE("a cell is sound when each of its characters is of the alphabet, and an empty one otherwise") {
  static constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string sound = "WgAAAAAA";
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    if (c == '"' || c == '\\') continue;  // ends the text of cells, or takes the next one along
    for (size_t at = 0; at < kCellLength; ++at) {
      INFO(byte << " at " << at);
      std::string cell = sound;
      cell[at] = c;
      const bool is_sound = kAlphabet.find(c) != kAlphabet.npos;
      CHECK(printed(cell + sound, 2, 2) == (is_sound ? cell : "AAAAAAAA") + sound);
    }
  }
}

}  // namespace hb::packed_history_test
