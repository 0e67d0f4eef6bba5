#include "config/config_test.hpp"

namespace hb::config_timing_test {
namespace {

std::string service(const std::string& members) {
  return R"({"services":[{"id":"a",)" + members + "}]}";
}

std::string scheduled(const std::string& members, const std::string& more = "") {
  return service(R"("schedule":{)" + members + "}" + more);
}

Service only_service(const Files& files) {
  const ParsedConfig parsed = parse(files);
  INFO(joined(parsed.faults));
  REQUIRE(parsed.faults.empty());
  return parsed.config.services.at(0);
}

}  // namespace

TEST_CASE("a schedule is a period, or lines of cron or OnCalendar") {
  CHECK(only_service({.services = scheduled(R"("every":86400)")}).timing.schedule->every == 24h);
  const auto cron =
      *only_service({.services = scheduled(R"("cron":["0 3 * * *","0 5 * * 0"])")}).timing.schedule;
  REQUIRE(cron.lines.size() == 2);
  CHECK(cron.lines[1].text == "0 5 * * 0");
  const auto calendar = *only_service({.services = scheduled(R"("onCalendar":"Mon 03:30")")}).timing.schedule;
  REQUIRE(calendar.lines.size() == 1);
  CHECK(calendar.lines[0].clock_change == ClockChange::skips);
}

TEST_CASE("a schedule has its own zone, else that of the notifications, else UTC") {
  const std::string berlin = R"({"settings":{"timezone":"Europe/Berlin"}})";
  const auto zones = [](const Files& files) { return parse(files).config.zones; };
  CHECK(only_service({.services = scheduled(R"("cron":"0 3 * * *")")}).timing.schedule->zone == "UTC");
  CHECK(zones({.services = scheduled(R"("cron":"0 3 * * *")")}).empty());
  CHECK(only_service({.services = scheduled(R"("cron":"0 3 * * *")"), .notifications = berlin})
            .timing.schedule->zone == "Europe/Berlin");
  CHECK(zones({.services = scheduled(R"("cron":"0 3 * * *")"), .notifications = berlin}) ==
        std::vector<std::string>{"Europe/Berlin"});
  CHECK(zones({.services = scheduled(R"("every":600)"), .notifications = berlin}).empty());
  const Files several{.services = R"({"services":[
      {"id":"a","schedule":{"cron":"0 3 * * *","timezone":"Asia/Tokyo"}},
      {"id":"b","schedule":{"onCalendar":["daily","daily Africa/Cairo","daily UTC"],"timezone":"Europe/Berlin"}},
      {"id":"c","schedule":{"cron":"0 4 * * *","timezone":"Asia/Tokyo"}}]})"};
  const ParsedConfig parsed = parse(several);
  CHECK(parsed.config.zones == std::vector<std::string>{"Asia/Tokyo", "Europe/Berlin", "Africa/Cairo"});
  const auto& lines = parsed.config.services[1].timing.schedule->lines;
  CHECK(lines[0].zone_index == 1);
  CHECK(lines[1].zone_index == 2);
  CHECK(lines[2].zone_index == kUtcZone);
  CHECK(parsed.config.services[2].timing.schedule->lines[0].zone_index == 0);
}

TEST_CASE("what belongs to a schedule is taken over from the group, and a service's own word counts more") {
  const ParsedConfig parsed = parse({.services = R"({
    "groups":[{"id":"g","services":["a","b"],"schedule":{"cron":"0 3 * * *"},"grace":3600,"early":120,"startGrace":600,
               "maxRuntime":14400,"minRuntime":30,"expectFrom":"deploy"}],
    "services":[{"id":"a"},{"id":"b","schedule":{"every":600},"grace":60,"early":0,"startGrace":0,"maxRuntime":100,
                 "minRuntime":1,"expectFrom":"2026-12-01"}]})"});
  INFO(joined(parsed.faults));
  REQUIRE(parsed.faults.empty());
  const Timing& inherited = parsed.config.services[0].timing;
  CHECK(inherited.schedule->lines.size() == 1);
  CHECK(inherited.grace == 1h);
  CHECK(inherited.early == 120s);
  CHECK(inherited.start_grace == 600s);
  CHECK(inherited.max_runtime == 4h);
  CHECK(inherited.min_runtime == 30s);
  CHECK(inherited.expect_from == Time{});
  const Timing& own = parsed.config.services[1].timing;
  CHECK(own.schedule->every == 600s);
  CHECK(own.schedule->lines.empty());
  CHECK(own.grace == 60s);
  CHECK(own.early == 0s);
  CHECK(own.start_grace == 0s);
  CHECK(own.max_runtime == 100s);
  CHECK(own.min_runtime == 1s);
  CHECK(own.expect_from == parse_time("2026-12-01"));
}

TEST_CASE("grace is five minutes, and early a minute before slots and nothing before the end of a period") {
  const Timing slots = only_service({.services = scheduled(R"("cron":"0 3 * * *")")}).timing;
  CHECK(slots.grace_or_usual() == 5min);
  CHECK(slots.early_or_usual() == 1min);
  CHECK(only_service({.services = scheduled(R"("every":600)")}).timing.early_or_usual() == 0s);
}

TEST_CASE("a threshold counts beside a schedule that it stands with, or that is the group's") {
  const auto has_threshold = [](const std::string& group, const std::string& own) {
    return only_service({.services = R"({"groups":[{"id":"g","services":["a"])" + group +
                                     R"(}],"services":[{"id":"a")" + own + "}]}"})
        .timing.has_threshold;
  };
  const std::string schedule = R"(,"schedule":{"cron":"0 3 * * *"})";
  const std::string threshold = R"(,"stalenessThreshold":100000)";
  CHECK(has_threshold("", ""));
  CHECK_FALSE(has_threshold("", schedule));
  CHECK_FALSE(has_threshold(threshold, schedule));
  CHECK_FALSE(has_threshold(schedule, ""));
  CHECK(has_threshold("", schedule + threshold));
  CHECK(has_threshold(schedule, threshold));
  CHECK(has_threshold(schedule + threshold, ""));
}

TEST_CASE("a service with a schedule may be looked at less often than the usual threshold") {
  const Files files{.services = scheduled(R"("cron":"0 3 * * *")", R"(,"grace":3600)"),
                    .settings = R"({"monitoring":{"checkIntervalSeconds":1800,"recordSeconds":1800}})"};
  CHECK(only_service(files).timing.grace == 1h);
}

TEST_CASE("a fault of a schedule stands where it is written, with what to write instead") {
  check_faults(
      &Files::services,
      {{scheduled(""), "services[0].schedule", R"(must have one of "every", "cron" and "onCalendar")"},
       {scheduled(R"("every":60,"cron":"0 3 * * *")"), "services[0].schedule", "must have one of"},
       {service(R"("schedule":"0 3 * * *")"), "services[0].schedule", "must be an object"},
       {scheduled(R"("cron":"0 22-2 * * *")"), "services[0].schedule.cron", R"(write "22-23,0-2")"},
       {scheduled(R"("cron":["0 3 * * *","@reboot"])"), "services[0].schedule.cron[1]", "names no time"},
       {scheduled(R"("cron":[])"), "services[0].schedule.cron", "must have 1 to 20 lines"},
       {scheduled(R"("cron":7)"), "services[0].schedule.cron", "must be one line of text"},
       {scheduled(R"("onCalendar":"*:*/5")"), "services[0].schedule.onCalendar", R"(write "0/5")"},
       {scheduled(R"("every":0)"), "services[0].schedule.every", "from 1 to 31536000"},
       {scheduled(R"("cron":"0 3 * * *","timezone":"7")"), "services[0].schedule.timezone", "IANA name"},
       {scheduled(R"("crn":"0 3 * * *","every":600)"), "services[0].schedule.crn", R"(did you mean "cron"?)"},
       {scheduled(R"("every":600)", R"(,"grace":-1)"), "services[0].grace", "from 0 to 31536000"},
       {scheduled(R"("every":600)", R"(,"early":86401)"), "services[0].early", "from 0 to 86400"},
       {scheduled(R"("every":600)", R"(,"startGrace":-1)"), "services[0].startGrace", "from 0 to 31536000"},
       {scheduled(R"("every":600)", R"(,"maxRuntime":0)"), "services[0].maxRuntime", "from 1 to 31536000"},
       {scheduled(R"("every":600)", R"(,"minRuntime":60,"maxRuntime":60)"), "services[0].minRuntime",
        "must be less than maxRuntime"},
       {scheduled(R"("every":600)", R"(,"expectFrom":"soon")"), "services[0].expectFrom",
        R"(must be "deploy" or a time)"}});
}

TEST_CASE("slots that are closer than two checks need a grace of one at least") {
  const std::string minutely = R"("cron":"* * * * *")";
  check_faults(
      &Files::services,
      {{scheduled(minutely), "services[0].schedule", R"("grace" must be 60 or more)"},
       {scheduled(minutely, R"(,"grace":59)"), "services[0].grace", R"("grace" must be 60 or more)"},
       {scheduled(R"("every":119)"), "services[0].schedule", R"("grace" must be 60 or more)"},
       {scheduled(R"("onCalendar":["03:00","03:01"])"), "services[0].schedule", "closer than two checks"}});
  check_sound(&Files::services,
              {scheduled(minutely, R"(,"grace":60)"), scheduled(R"("every":120)", R"(,"grace":0)"),
               scheduled(R"("cron":"*/2 * * * *")")});
}

TEST_CASE(
    "a zone that nobody knows is a fault with the one that was meant, once somebody says which there are") {
  const std::string kKnown = "Europe/Berlin\nAsia/Tokyo";
  const auto faults = [&](const std::string& services, const std::string& notifications,
                          std::string_view known) {
    return sentences(parse_config({.services = services,
                                   .notifications = notifications,
                                   .settings = "{}",
                                   .dashboard = "{}",
                                   .known_zones = known})
                         .faults);
  };
  const std::string typed = scheduled(R"("cron":"0 3 * * *","timezone":"Europe/Berln")");
  CHECK(faults(typed, "{}", kKnown) ==
        std::vector<std::string>{
            "services.json: services[0].schedule.timezone: names the time zone \"Europe/Berln\", "
            "which is not known; did you mean \"Europe/Berlin\"?"});
  CHECK(faults(typed, "{}", "").empty());
  CHECK(faults(scheduled(R"("onCalendar":"daily Mars/Olympus")"), "{}", kKnown) ==
        std::vector<std::string>{
            "services.json: services[0].schedule.onCalendar: names the time zone \"Mars/Olympus\", "
            "which is not known; write one as in Europe/Berlin"});
  CHECK(faults("{}", R"({"settings":{"timezone":"Asia/Tokio"}})", kKnown) ==
        std::vector<std::string>{
            "notifications.json: settings.timezone: names the time zone \"Asia/Tokio\", which is "
            "not known; did you mean \"Asia/Tokyo\"?"});
  CHECK(faults(scheduled(R"("cron":"0 3 * * *","timezone":"Asia/Tokyo")"), "{}", kKnown).empty());
}

}  // namespace hb::config_timing_test
