#include "alerts/external_channels.hpp"

#include "catch.hpp"

namespace hb::external_channels_test {
namespace {

using Positions = std::vector<size_t>;

Config config_of_channels(std::vector<Channel> channels) {
  Config config;
  config.notifications.channels = std::move(channels);
  return config;
}

Config usual() {
  return config_of_channels({{.type = "discord", .name = "On-Call"},
                             {.type = "slack", .name = "ops", .events = {.up = false, .degraded = false}},
                             {.type = "slack", .name = "off", .enabled = false},
                             {.type = "telegram", .name = "inside", .external_alerts = false},
                             {.type = "pagerduty", .name = "pager", .events = {.up = false}}});
}

ExternalAlert alert(std::string severity, std::vector<std::string> channels = {}) {
  return {.title = "t", .severity = std::move(severity), .channels = std::move(channels)};
}

}  // namespace

TEST_CASE("an alert that names no channel goes to those that take its event and alerts from outside") {
  CHECK(external_channels(usual(), alert("critical")) == ExternalChannels{{0, 1, 4}, {}});
  CHECK(external_channels(usual(), alert("warning")) == ExternalChannels{{0, 4}, {}});
  CHECK(external_channels(usual(), alert("info")) == ExternalChannels{{0}, {}});
}

TEST_CASE("PagerDuty gets every recovery whatever its events") {
  ExternalAlert resolved = alert("critical");
  resolved.is_resolved = true;
  CHECK(external_channels(usual(), resolved).channels == Positions{0, 4});
}

TEST_CASE("named channels get the alert whatever their events, in any case of letters, once") {
  CHECK(external_channels(usual(), alert("info", {"OPS"})).channels == Positions{1});
  CHECK(external_channels(usual(), alert("info", {"pager", "on-call", "Discord"})).channels ==
        Positions{0, 4});
  CHECK(external_channels(usual(), alert("info", {"slack"})) == ExternalChannels{{1}, {}});
}

TEST_CASE("a name goes before a type, and a type before a name in other letters") {
  const Config config = config_of_channels({{.type = "discord", .name = "slack"},
                                            {.type = "slack", .name = "DISCORD"},
                                            {.type = "discord", .name = "x"}});
  CHECK(external_channels(config, alert("info", {"slack"})).channels == Positions{0});
  CHECK(external_channels(config, alert("info", {"discord"})).channels == Positions{0, 2});
  CHECK(external_channels(config, alert("info", {"DISCORD"})).channels == Positions{1});
}

TEST_CASE("a channel that cannot have the alert is reported and the others still get it") {
  CHECK(external_channels(usual(), alert("info", {"nobody", "off", "inside", "ops"})) ==
        ExternalChannels{{1},
                         {{"nobody", "There is no such channel"},
                          {"off", "The channel is disabled"},
                          {"inside", "The channel does not take alerts from outside"}}});
}

TEST_CASE("an alert goes nowhere while notifications are switched off") {
  Config config = usual();
  config.notifications.enabled = false;
  CHECK(external_channels(config, alert("critical")) == ExternalChannels{});
  CHECK(external_channels(config, alert("critical", {"ops", "nobody"})) == ExternalChannels{});
}

}  // namespace hb::external_channels_test
