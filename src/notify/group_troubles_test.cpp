#include "notify/announcements_test.hpp"

namespace hb::group_troubles_test {
namespace {

// Services a to f in one group, and g and h in none.
Config with_group() {
  Config config = config_for({"a", "b", "c", "d", "e", "f", "g", "h"}, {"slack"});
  config.groups = {{.id = "prod", .name = "Production"}};
  for (size_t i = 0; i < 6; ++i) {
    config.services[i].group = 0;
    config.groups[0].services.push_back(i);
  }
  return config;
}

std::string also_down_of(const Play& play, std::string_view service) {
  for (auto one = play.notified.rbegin(); one != play.notified.rend(); ++one) {
    if (one->message.service_id == service) return one->message.also_down;
  }
  return "no message";
}

}  // namespace

TEST_CASE("a message says how many others of the group are down, and names three of them") {
  Play play(with_group());
  play.play_all("u");
  play.play("d", 1);
  CHECK(also_down_of(play, "b").empty());
  play.play("d", 0);
  CHECK(also_down_of(play, "a") == "1 of 5 others: b");
  for (const size_t other : {2u, 3u, 4u}) play.hear('d', other);
  play.play("g", 0);
  CHECK(also_down_of(play, "a") == "4 of 5 others: b, c, d and 1 more");
  CHECK(also_down_of(play, "e") == "3 of 5 others: b, c, d");
  play.play("u", 0);
  CHECK(play.last().kind == MessageKind::up);
  CHECK(also_down_of(play, "a") == "4 of 5 others: b, c, d and 1 more");
}

TEST_CASE("what is in no group, disabled or only degraded is nothing that is down in a group") {
  Config config = with_group();
  config.services[1].enabled = false;
  config.services[5].enabled = false;
  Play play(std::move(config));
  play.play_all("u");
  for (const size_t other : {1u, 6u, 7u}) play.hear('d', other);
  play.hear('g', 2);
  play.play("d", 0);
  CHECK(also_down_of(play, "a").empty());
  CHECK(also_down_of(play, "g").empty());
  play.play("d", 3);
  CHECK(also_down_of(play, "d") == "1 of 3 others: a");
}

}  // namespace hb::group_troubles_test
