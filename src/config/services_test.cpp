#include "config/config_test.hpp"

namespace hb::services_test {
namespace {

ParsedConfig parse_services(const std::string& text) {
  return parse({.services = text});
}

std::string service(const std::string& members) {
  return R"({"services":[{"id":"a",)" + members + "}]}";
}

// `count` services, with ids s0, s1, …; the last `disabled` of them are not enabled.
std::string many(size_t count, size_t disabled = 0) {
  std::string out = R"({"services":[)";
  for (size_t i = 0; i < count; ++i) {
    out += i == 0 ? "" : ",";
    out += R"({"id":"s)" + std::to_string(i) + (i + disabled >= count ? R"(","enabled":false})" : R"("})");
  }
  return out + "]}";
}

TEST_CASE("a service of which only the id is known has every default") {
  const auto parsed = parse_services(R"({"services":[{"id":"a"}]})");

  REQUIRE(parsed.faults.empty());
  CHECK(parsed.config.services == std::vector{Service{.id = "a", .name = "a"}});
}

TEST_CASE("a service takes over what its group says, and its own word counts more") {
  const auto parsed =
      parse({.services = R"({
    "groups": [{"id":"g","services":["a","b"],"stalenessThreshold":600,"uptimeThresholdSet":"strict",
                "auth":{"required":false},"failureThreshold":3,"successThreshold":4,"repeatAlertMinutes":30,
                "notifications":{"enabled":false,"channels":["ops"],"events":["down"]}}],
    "services": [{"id":"a"},
                 {"id":"b","name":"B","stalenessThreshold":120,"uptimeThresholdSet":"relaxed",
                  "auth":{"required":true},"failureThreshold":1,"successThreshold":1,"repeatAlertMinutes":0,
                  "notifications":{"enabled":true,"channels":[],"events":["up","degraded"]}}]})",
             .notifications = R"({"channels":[{"type":"slack","name":"ops","enabled":false}]})"});

  INFO(joined(parsed.faults));
  REQUIRE(parsed.faults.empty());
  const Events only_down{.down = true, .up = false, .degraded = false};
  const Events not_down{.down = false, .up = true, .degraded = true};
  CHECK(parsed.config.groups == std::vector{Group{.id = "g", .name = "g", .services = {0, 1}}});
  CHECK(parsed.config.services[0] ==
        Service{.id = "a",
                .name = "a",
                .group = 0,
                .staleness_threshold = 600s,
                .uptime_threshold_set = "strict",
                .auth_required = false,
                .failure_threshold = 3,
                .success_threshold = 4,
                .repeat_alert_minutes = 30,
                .notifications = {.enabled = false, .channels = {{"ops"}}, .events = only_down}});
  CHECK(parsed.config.services[1] ==
        Service{.id = "b",
                .name = "B",
                .group = 0,
                .staleness_threshold = 120s,
                .uptime_threshold_set = "relaxed",
                .notifications = {
                    .enabled = true, .channels = {std::vector<std::string>{}}, .events = not_down}});
}

TEST_CASE("notifications are inherited field by field") {
  const auto parsed = parse_services(R"({
    "groups": [{"id":"g","services":["a"],"notifications":{"enabled":false,"events":["down"]}}],
    "services": [{"id":"a","notifications":{"enabled":true}}]})");

  const Notifications& notifications = parsed.config.services[0].notifications;
  CHECK(notifications.enabled);
  CHECK(notifications.channels == std::nullopt);
  CHECK(notifications.events == Events{.down = true, .up = false, .degraded = false});
}

TEST_CASE("reminders come as often as notifications.json says, unless a group or a service says otherwise") {
  const auto parsed = parse({.services = R"({"groups":[{"id":"g","services":["b"],"repeatAlertMinutes":5}],
                                             "services":[{"id":"a"},{"id":"b"}]})",
                             .notifications = R"({"settings":{"repeatAlertMinutes":60}})"});

  CHECK(parsed.config.services[0].repeat_alert_minutes == 60);
  CHECK(parsed.config.services[1].repeat_alert_minutes == 5);
}

TEST_CASE("groups keep the order of their own lists") {
  const auto parsed = parse_services(R"({"groups":[{"id":"g","name":"G","services":["c","a"]}],
                                         "services":[{"id":"a"},{"id":"b"},{"id":"c"}]})");

  CHECK(parsed.config.groups == std::vector{Group{.id = "g", .name = "G", .services = {2, 0}}});
  CHECK(parsed.config.services[1].group == std::nullopt);
}

TEST_CASE("services are found by their ids and by earlier ones, disabled ones too") {
  ParsedConfig parsed = parse_services(R"({"services":[{"id":"a","formerly":"x"},
    {"id":"b","enabled":false,"formerly":["y","a-rather-long-earlier-id-of-the-service"]}]})");
  REQUIRE(parsed.faults.empty());

  const Config config = std::move(parsed.config);
  for (const auto& [id, found] :
       {std::pair{"a", 0}, {"x", 0}, {"b", 1}, {"y", 1}, {"a-rather-long-earlier-id-of-the-service", 1}}) {
    INFO(id);
    CHECK(config.find(id) == &config.services[found]);
  }
  CHECK(config.find("z") == nullptr);
  CHECK(config.find("") == nullptr);
}

TEST_CASE("ids have 1 to 100 characters out of letters, digits and . _ : -") {
  const std::string longest(100, 'x');
  check_sound(&Files::services, {R"({"services":[{"id":"A-z.0_9:"}]})",
                                 R"({"services":[{"id":")" + longest + R"("}],"groups":[{"id":")" + longest +
                                     R"(","services":[")" + longest + R"("]}]})"});
  for (const std::string id : {"\"\"", "\"a b\"", "\"a/b\"", "\"$reports\"", "\"\\u00e4\"", "\"*\"", "5",
                               "null", "[]", "{}", "true"}) {
    check_faults(&Files::services, {{R"({"services":[{"id":)" + id + "}]}", "services[0].id", "A-Z a-z 0-9"},
                                    {R"({"groups":[{"id":)" + id + "}]}", "groups[0].id", "A-Z a-z 0-9"}});
  }
  check_faults(&Files::services,
               {{R"({"services":[{"id":")" + longest + R"(x"}]})", "services[0].id", "1 to 100 characters"},
                {R"({"services":[{"name":"a"}]})", "services[0].id", "is missing"},
                {R"({"groups":[{"services":[]}]})", "groups[0].id", "is missing"}});
}

TEST_CASE("ids, groups and previous ids that contradict each other are faults") {
  check_faults(
      &Files::services,
      {{R"({"services":[{"id":"a"},{"id":"a"}]})", "services[1].id", "is used twice"},
       {R"({"groups":[{"id":"g"},{"id":"h"},{"id":"g"}]})", "groups[2].id", "is used twice"},
       {R"({"groups":[{"id":"g","services":["a"]},{"id":"h","services":["a"]}],"services":[{"id":"a"}]})",
        "groups[1].services[0]", "groups[0] lists already"},
       {R"({"groups":[{"id":"g","services":["a","a"]}],"services":[{"id":"a"}]})", "groups[0].services[1]",
        "a second time"},
       {R"({"groups":[{"id":"g","services":["a","b"]}],"services":[{"id":"a"}]})", "groups[0].services[1]",
        "not the id of a service"},
       {R"({"groups":[{"id":"g","services":["x"]}],"services":[{"id":"a","formerly":"x"}]})",
        "groups[0].services[0]", "not the id of a service"},
       {R"({"services":[{"id":"a"},{"id":"b","formerly":"a"}]})", "services[1].formerly",
        "is the id of services[0]"},
       {R"({"services":[{"id":"a","formerly":"a"}]})", "services[0].formerly", "is the id of services[0]"},
       {R"({"services":[{"id":"a","formerly":"x"},{"id":"b","formerly":["y","x"]}]})", "services[1].formerly",
        "is claimed by services[0]"},
       {R"({"services":[{"id":"a","formerly":["x","x"]}]})", "services[0].formerly",
        "is claimed by services[0]"},
       {R"({"services":[{"id":"a","formerly":["a b"]}]})", "services[0].formerly[0]", "must be an id"},
       {R"({"services":[{"id":"a","formerly":7}]})", "services[0].formerly", "must be a list"}});
}

TEST_CASE("a threshold lies between the check interval and 365 days, both included") {
  check_sound(&Files::services,
              {service(R"("stalenessThreshold":60)"), service(R"("stalenessThreshold":31536000)"),
               service(R"("stalenessThreshold":60.0)")});
  for (const std::string value :
       {"59", "31536001", "0", "-60", "60.5", "\"60\"", "null", "1e300", "true", "[]"}) {
    check_faults(&Files::services, {{service(R"("stalenessThreshold":)" + value),
                                     "services[0].stalenessThreshold", "whole number from 60 to 31536000"},
                                    {R"({"groups":[{"id":"g","stalenessThreshold":)" + value + "}]}",
                                     "groups[0].stalenessThreshold", "whole number from 60 to 31536000"}});
  }
}

TEST_CASE("the least threshold moves with the check interval") {
  const Files slow{.settings = R"({"monitoring":{"checkIntervalSeconds":600}})"};
  check_sound(&Files::services, {service(R"("stalenessThreshold":600)")}, slow);
  check_faults(&Files::services,
               {{service(R"("stalenessThreshold":599)"), "services[0].stalenessThreshold", "from 600 to"},
                {R"({"services":[{"id":"a","stalenessThreshold":600},{"id":"b"},{"id":"c"}]})",
                 "services[1].stalenessThreshold", "is missing here and for 1 more"}},
               slow);
}

TEST_CASE("10,000 services can be enabled, and not one more") {
  const Files files{.settings = R"({"uptime":{"retentionDays":1}})"};
  check_sound(&Files::services, {many(10'000), many(10'001, 1)}, files);
  check_faults(&Files::services, {{many(10'001), "services", "has 10001 enabled services"}}, files);
}

TEST_CASE("16 MB of history fit, and not one service more") {
  const Files files{.settings = R"({"uptime":{"retentionDays":400}})"};
  check_sound(&Files::services, {many(5'000)}, files);
  check_faults(&Files::services, {{many(5'001), "services", "may be 399 at most"}}, files);
}

TEST_CASE("what a service may not say is a fault with its place") {
  check_faults(
      &Files::services,
      {{service(R"("name":5)"), "services[0].name", "one line of text"},
       {service(R"("name":"")"), "services[0].name", "not empty"},
       {service(R"("name":"a\nb")"), "services[0].name", "one line"},
       {service(R"("description":[])"), "services[0].description", "must be text"},
       {service(R"("enabled":"yes")"), "services[0].enabled", "true or false"},
       {service(R"("enabled":null)"), "services[0].enabled", "true or false"},
       {service(R"("auth":true)"), "services[0].auth", "an object"},
       {service(R"("auth":{"required":1})"), "services[0].auth.required", "true or false"},
       {service(R"("uptimeThresholdSet":"odd")"), "services[0].uptimeThresholdSet", "\"odd\""},
       {service(R"("uptimeThresholdSet":3)"), "services[0].uptimeThresholdSet", "text"},
       {service(R"("failureThreshold":0)"), "services[0].failureThreshold", "from 1 to 1440"},
       {service(R"("failureThreshold":1441)"), "services[0].failureThreshold", "from 1 to 1440"},
       {service(R"("successThreshold":0)"), "services[0].successThreshold", "from 1 to 1440"},
       {service(R"("successThreshold":1441)"), "services[0].successThreshold", "from 1 to 1440"},
       {service(R"("repeatAlertMinutes":-1)"), "services[0].repeatAlertMinutes", "from 0 to 43200"},
       {service(R"("repeatAlertMinutes":43201)"), "services[0].repeatAlertMinutes", "from 0 to 43200"},
       {service(R"("notifications":[])"), "services[0].notifications", "an object"},
       {service(R"("notifications":{"enabled":0})"), "services[0].notifications.enabled", "true or false"},
       {service(R"("notifications":{"events":"down"})"), "services[0].notifications.events", "a list"},
       {service(R"("notifications":{"events":["gone"]})"), "services[0].notifications.events[0]", "\"up\""},
       {service(R"("notifications":{"channels":["odd"]})"), "services[0].notifications.channels[0]",
        "neither a channel nor a type"},
       {service(R"("notifications":{"channels":"all"})"), "services[0].notifications.channels", "a list"},
       {R"({"services":{}})", "services", "a list"},
       {R"({"services":["a"]})", "services[0]", "an object"},
       {R"({"groups":7})", "groups", "a list"},
       {R"({"groups":[null]})", "groups[0]", "an object"},
       {R"({"groups":[{"id":"g","services":"a"}]})", "groups[0].services", "a list"},
       {R"({"groups":[{"id":"g","services":[1]}]})", "groups[0].services[0]", "must be text"},
       {"[]", "", "an object"}});
}

TEST_CASE("every fault of a file is told at once, in its order") {
  const auto parsed = parse_services(R"({"services":[{"id":"a","enabled":1},{"name":""},{"id":"a"}]})");

  CHECK(
      sentences(parsed.faults) ==
      std::vector<std::string>{"services.json: services[0].enabled: must be true or false, but is 1",
                               "services.json: services[1].id: is missing: an id: 1 to 100 "
                               "characters out of A-Z a-z "
                               "0-9 . _ : -",
                               "services.json: services[1].name: must be one line of text that is not empty",
                               "services.json: services[2].id: is used twice; \"a\" is also services[0]"});
}

TEST_CASE(
    "a channel may be named by type or name in any case of letters, and is kept as the channel writes it") {
  const std::string channels = R"({"channels":[{"type":"slack","name":"Ops","enabled":false},
                                               {"type":"discord","name":"telegram","enabled":false}]})";
  for (const auto& [written, kept] : {std::pair{"Ops", "Ops"},
                                      {"ops", "Ops"},
                                      {"SLACK", "slack"},
                                      {"telegram", "telegram"},
                                      {"Discord", "discord"}}) {
    const auto parsed =
        parse({.services = service(R"("notifications":{"channels":[")" + std::string(written) + "\"]}"),
               .notifications = channels});
    INFO(written);
    CHECK(joined(parsed.faults) + joined(parsed.warnings) == "");
    CHECK(parsed.config.services[0].notifications.channels == std::vector<std::string>{kept});
  }
}

TEST_CASE("a type of which there is no channel is only a warning") {
  const auto parsed = parse_services(service(R"("notifications":{"channels":["pagerduty"]})"));

  CHECK(parsed.faults.empty());
  CHECK(has(parsed.warnings, "services[0].notifications.channels[0]", "has no channel of it"));
}

TEST_CASE("unknown fields are warnings, at every depth") {
  const auto parsed = parse_services(R"({"$schema":"./x","colour":1,
    "groups":[{"id":"g","colour":1,"notifications":{"colour":1}}],
    "services":[{"id":"a","colour":1,"auth":{"colour":1}}]})");

  CHECK(parsed.faults.empty());
  for (const char* path : {"colour", "groups[0].colour", "groups[0].notifications.colour",
                           "services[0].colour", "services[0].auth.colour"}) {
    INFO(path);
    CHECK(has(parsed.warnings, path, "is not a known field"));
  }
  CHECK(parsed.warnings.size() == 5);
}

TEST_CASE("a file that cannot be read is not held against services.json") {
  const std::string text = service(R"("uptimeThresholdSet":"mine","notifications":{"channels":["ops"]})");
  const auto parsed = parse({.services = text, .notifications = "{", .settings = "{"});

  CHECK(parsed.faults.size() == 2);
  CHECK(has(parsed.faults, "line 1, column 2", "the text ends here"));
}

TEST_CASE("a service without a group is shown as ungrouped") {
  const auto parsed = parse_services(
      R"({"groups":[{"id":"g","name":"Group","services":["b"]}],"services":[{"id":"a"},{"id":"b"}]})");
  const auto& [a, b] = std::tie(parsed.config.services[0], parsed.config.services[1]);
  CHECK(group_name(parsed.config, a) == "Ungrouped");
  CHECK(group_of(parsed.config, a) == nullptr);
  CHECK(group_name(parsed.config, b) == "Group");
  CHECK(group_of(parsed.config, b)->id == "g");
}

}  // namespace
}  // namespace hb::services_test
