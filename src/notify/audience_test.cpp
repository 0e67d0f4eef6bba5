#include "notify/audience.hpp"

#include "catch.hpp"
#include "config_of.hpp"

namespace hb::audience_test {
namespace {

using Names = std::vector<std::string>;

Names names(const Config& config, std::optional<Names> entries) {
  Service service{.id = "web"};
  service.notifications.channels = std::move(entries);
  Names out;
  for (const Channel* channel : channels_of(config, service)) out.push_back(channel->name);
  return out;
}

Config config_of_channels() {
  Config config = config_with({"web"});
  config.notifications.channels = {{.type = "slack", .name = "slack"},
                                   {.type = "slack", .name = "Night"},
                                   {.type = "email", .name = "Team"},
                                   {.type = "email", .name = "Boss"},
                                   {.type = "discord", .name = "Off", .enabled = false}};
  return config;
}

}  // namespace

TEST_CASE("a service without a list is announced on all enabled channels, one with an empty list on none") {
  const Config config = config_of_channels();
  CHECK(names(config, std::nullopt) == Names{"slack", "Night", "Team", "Boss"});
  CHECK(names(config, Names{}) == Names{});
}

TEST_CASE("an exact name goes before a type, and a type before a name in other letters") {
  const Config config = config_of_channels();
  CHECK(names(config, Names{"slack"}) == Names{"slack"});
  CHECK(names(config, Names{"SLACK"}) == Names{"slack", "Night"});
  CHECK(names(config, Names{"Email"}) == Names{"Team", "Boss"});
  CHECK(names(config, Names{"night", "BOSS"}) == Names{"Night", "Boss"});
  CHECK(names(config, Names{"Off", "nobody"}) == Names{});
}

TEST_CASE("a service's own events go before its channel's") {
  const Channel channel{.events = {.down = false, .up = true, .degraded = true}};
  Service service;
  CHECK(!takes(service, channel, Status::down));
  CHECK(takes(service, channel, Status::degraded));
  service.notifications.events = Events{.down = true, .up = false, .degraded = false};
  CHECK(takes(service, channel, Status::down));
  CHECK(!takes(service, channel, Status::up));
}

}  // namespace hb::audience_test
