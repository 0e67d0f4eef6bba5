#include "documents/last_day.hpp"

#include "catch.hpp"
#include "text/time.hpp"

namespace hb::last_day_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:59:00.000Z");

Config two_groups() {
  Config config;
  config.groups = {{.id = "prod"}, {.id = "r\"d"}};
  return config;
}

std::string printed(const Config& config, const LastDay& last_day) {
  JsonWriter json;
  print_last_day(json, config, last_day);
  return json.take();
}

std::string printed(const Config& config, const Shares& shares) {
  JsonWriter json;
  print_shares(json, config, shares);
  return json.take();
}

}  // namespace

TEST_CASE("an hour counts until 24 others have begun behind it") {
  LastDay last_day;
  add(last_day, kNow, {{.lost = 7, .known = 60}});
  add(last_day, kNow + 24h, {{.lost = 1, .known = 10}});
  CHECK(sums(last_day) == Shares{{.lost = 8, .known = 70}});
  add(last_day, kNow + 24h + 1min, {{.known = 5}});
  CHECK(sums(last_day) == Shares{{.lost = 1, .known = 15}});
  add(last_day, kNow + 50h, {{.known = 2}});
  CHECK(sums(last_day) == Shares{{.known = 2}});
}

TEST_CASE("an hour that lies ahead, as damage may have it, is forgotten with what it held") {
  LastDay last_day;
  add(last_day, kNow + 1h, {{.lost = 7, .known = 60}});
  add(last_day, kNow, {{.known = 3}});
  CHECK(sums(last_day) == Shares{{.known = 3}});
}

TEST_CASE("a degraded minute is half lost, an unknown one neither lost nor known") {
  const Share share = share_of({.up = 7, .degraded = 2, .down = 1, .unknown = 99});
  CHECK(share == Share{.lost = 4, .known = 10});
  CHECK(uptime_of(share) == 80);
  CHECK_FALSE(uptime_of(share_of({.unknown = 99})));
}

TEST_CASE("the last day is read as it was written, by the ids of groups") {
  const Config config = two_groups();
  LastDay last_day;
  add(last_day, kNow - 3h, {{.lost = 1, .known = 2}, {}, {.known = 4}});
  add(last_day, kNow, {{.lost = 3, .known = 3}, {.known = 5}, {}});
  CHECK(read_last_day(config, printed(config, last_day)) == last_day);
  const Shares shares = sums(last_day);
  CHECK(printed(config, shares) == R"({"prod":[4,5],"r\"d":[0,5],"":[0,4]})");
  CHECK(read_shares(config, printed(config, shares)) == shares);
  Config other = two_groups();
  other.groups = {{.id = "new"}, {.id = "prod"}};
  CHECK(read_shares(other, printed(config, shares)) == Shares{{}, {.lost = 4, .known = 5}, {.known = 4}});
}

TEST_CASE("shares that cannot be are none, and cost the others nothing") {
  const Config config = two_groups();
  for (const char* bad : {"[-1,5]", "[11,5]", "[0,-1]", "[1]", "[\"x\",{}]", "[0,1000000000001]"}) {
    INFO(bad);
    const std::string text = std::string(R"({"prod":)") + bad + R"(,"r\"d":[10,5]})";
    CHECK(read_shares(config, text) == Shares{{}, {.lost = 10, .known = 5}, {}});
  }
  CHECK(read_shares(config, "[]") == Shares(3));
  CHECK(read_last_day(config, "7") == LastDay{});
}

}  // namespace hb::last_day_test
