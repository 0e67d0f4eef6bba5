#include "page/uptimes.hpp"

#include "catch.hpp"

namespace hb::uptimes_test {
namespace {

const Day kToday = *parse_day("2026-11-22");

Config config_of(size_t groups, std::vector<Service> services) {
  Config config;
  config.groups.resize(groups);
  config.services = std::move(services);
  return config;
}

UptimesOfGroups uptimes_in(const Config& config, std::string_view json, int days, Day today = kToday) {
  const History history{kToday, days, json};
  return uptimes_of_groups(config, {}, history, read_history(config, history), today);
}

std::string days(int count, const Minutes& each) {
  std::string out;
  for (int i = 0; i < count; ++i) out += pack(each);
  return out;
}

}  // namespace

TEST_CASE("the uptime of a group is that of all its services' minutes, over each span") {
  const Config config = config_of(2, {{.id = "a", .group = 0},
                                      {.id = "b", .group = 0},
                                      {.id = "c"},
                                      {.id = "off", .enabled = false, .group = 1}});
  const std::string json = R"({"a":")" + days(89, {.down = 1000}) + pack({.up = 1000}) + R"(","b":")" +
                           days(83, {}) + days(7, {.up = 500, .degraded = 500}) + R"(","c":")" +
                           days(90, {.unknown = 1440}) + R"(","off":")" + days(90, {.down = 1440}) + "\"}";
  const auto [all, groups] = uptimes_in(config, json, 90);
  REQUIRE(groups.size() == 3);
  CHECK_FALSE(groups[0][0]);
  CHECK(groups[0][1] == uptime_of(Share{.lost = 2 * (6000 + 1750), .known = 14'000}));
  CHECK(groups[0][2] == uptime_of(Share{.lost = 2 * (29'000 + 1750), .known = 37'000}));
  CHECK(groups[0][3] == uptime_of(Share{.lost = 2 * (89'000 + 1750), .known = 97'000}));
  CHECK(groups[1] == Uptimes{});
  CHECK(groups[2] == Uptimes{});
  CHECK(all == groups[0]);
}

TEST_CASE("days that are not in the history count nowhere, and bad cells neither") {
  const Config config = config_of(0, {{.id = "a"}});
  const std::string json = R"({"a":")" + pack({.up = 9, .down = 1}) + R"(!!!!!!!!"})";
  const auto at = [&](Day today) { return uptimes_in(config, json, 2, today).all; };
  CHECK(at(kToday + std::chrono::days{5}) == Uptimes{std::nullopt, 90, 90, 90});
  CHECK(at(kToday + std::chrono::days{6}) == Uptimes{std::nullopt, std::nullopt, 90, 90});
  CHECK(at(kToday + std::chrono::days{90}) == Uptimes{});
}

TEST_CASE("the minutes of thousands of services are counted") {
  std::vector<Service> services;
  std::string json;
  for (int i = 0; i < 20'000; ++i) {
    services.push_back({.id = 's' + std::to_string(i)});
    json += (i == 0 ? "{\"s" : ",\"s") + std::to_string(i) + "\":\"" + days(90, {.up = 1440}) + '"';
  }
  json += '}';
  const Config config = config_of(0, std::move(services));
  CHECK(uptimes_in(config, json, 90).all == Uptimes{std::nullopt, 100, 100, 100});
}

TEST_CASE("the uptime of the last 24 hours is that of the check, and everything's that of all groups") {
  const Config config = config_of(1, {{.id = "a", .group = 0}});
  const Shares last_day{{.lost = 20, .known = 100}, {.known = 100}};
  const auto [all, groups] =
      uptimes_of_groups(config, last_day, {}, std::vector<std::string_view>{""}, kToday);
  CHECK(groups[0] == Uptimes{90});
  CHECK(groups[1] == Uptimes{100});
  CHECK(all == Uptimes{95});
}

}  // namespace hb::uptimes_test
