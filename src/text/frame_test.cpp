#include "text/frame.hpp"

#include <limits>

#include "catch.hpp"
#include "exact.hpp"

namespace hb::frame_test {
namespace {

std::string of_double(double value) {
  std::string bytes(sizeof value, '\0');
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

}  // namespace

TEST_CASE("what was written into a frame is read from it, in its order") {
  const std::string bytes = FrameWriter()
                                .u8(200)
                                .u32(70'000)
                                .number(-1'795'327'200'123)
                                .text("caf\u00e9")
                                .text("")
                                .rest("end")
                                .take();
  CHECK(bytes.size() == 1 + 4 + 8 + 4 + 5 + 4 + 3);
  FrameReader reader(bytes);
  CHECK(reader.u8() == 200);
  CHECK(reader.u32() == 70'000);
  CHECK(reader.number() == -1'795'327'200'123);
  CHECK(reader.text() == "caf\u00e9");
  CHECK(reader.text().empty());
  CHECK(reader.rest() == "end");
  CHECK_FALSE(reader.bad());
}

TEST_CASE("a frame that is cut anywhere turns bad and then answers nothing") {
  const std::string bytes = FrameWriter().u8(1).u32(2).number(3).text("four").take();
  each_beginning(bytes, [&](std::string_view cut) {
    FrameReader reader(cut);
    reader.u8();
    reader.u32();
    reader.number();
    const std::string_view text = reader.text();
    CHECK(reader.bad() == (cut.size() < bytes.size()));
    if (!reader.bad()) return;
    CHECK(text.empty());
    CHECK(reader.u8() == 0);
    CHECK(reader.take(0).empty());
  });
}

TEST_CASE("a number that is none, or not exact, turns a frame bad") {
  const double kMost = 9007199254740992;
  for (const double sound : {0.0, kMost, -kMost, 0.5}) {
    const std::string bytes = of_double(sound);
    FrameReader reader(bytes);
    CHECK(reader.number() == static_cast<int64_t>(sound));
    CHECK_FALSE(reader.bad());
  }
  for (const double unsound : {kMost * 2, -kMost * 2, std::numeric_limits<double>::infinity(),
                               std::numeric_limits<double>::quiet_NaN(), 1e300}) {
    const std::string bytes = of_double(unsound);
    FrameReader reader(bytes);
    CHECK(reader.number() == 0);
    CHECK(reader.bad());
  }
}

}  // namespace hb::frame_test
