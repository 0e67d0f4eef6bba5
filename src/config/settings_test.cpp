#include "config/config_test.hpp"

namespace hb::settings_test {
namespace {

Settings read(const std::string& text) {
  ParsedConfig parsed = parse({.settings = text});
  INFO(joined(parsed.faults));
  CHECK(parsed.faults.empty());
  return std::move(parsed.config.settings);
}

std::string monitoring(const std::string& members) {
  return R"({"monitoring":{)" + members + "}}";
}
std::string sets(const std::string& grades) {
  return R"({"uptimeThresholds":{"mine":[)" + grades + "]}}";
}
std::string origin(const std::string& text) {
  return R"({"allowedOrigins":[")" + text + "\"]}";
}

TEST_CASE("without a word the settings have their defaults") {
  const Settings usual = read("{}");

  CHECK(usual.features.refresh_button);
  CHECK(usual.features.auto_refresh_seconds == 0);
  CHECK(usual.api.heartbeat);
  CHECK_FALSE(usual.api.test_notification);
  CHECK_FALSE(usual.api.public_log_metadata);
  CHECK(usual.default_recent_period == std::chrono::hours{24});
  CHECK(usual.default_recent_limit == 20);
  CHECK(usual.alert_notifications.polling_interval_seconds == 60);
  CHECK(usual.retention_days == 120);
  CHECK(usual.allowed_origins.empty());
  CHECK(usual.monitoring.check_interval == 60s);
  CHECK(usual.monitoring.record_interval == 300s);
  CHECK(usual.monitoring.kv_lag == 60s);
  CHECK(usual.monitoring.kv_writes_per_day == 1000);
  CHECK(usual.monitoring.log_retention_days == 7);
  CHECK(usual.monitoring.public_url == "");
}

TEST_CASE("words for severities are added as they are plain, and each wrong one is a fault") {
  CHECK(read("{}").severities.empty());
  CHECK(read(R"({"alerts":{"severities":{"Wake-Up":"critical","high":"warning","*":"info"}}})").severities ==
        Severities{{"*", "info"}, {"high", "warning"}, {"wakeup", "critical"}});
  const std::pair<const char*, const char*> faults[] = {
      {R"({"x":"bad"})", "settings.json: alerts.severities.x: must be \"critical\""},
      {R"({"x":1})", "settings.json: alerts.severities.x: must be \"critical\""},
      {R"({"-":"info"})", "settings.json: alerts.severities.-: must be a word with letters or digits"},
      {R"({"a b":"info","A-B":"info"})", "is there twice, as case"},
      {"[]", "settings.json: alerts.severities: must be an object"}};
  for (const auto& [severities, text] : faults) {
    const std::string all =
        joined(parse({.settings = R"({"alerts":{"severities":)" + std::string(severities) + "}}"}).faults);
    INFO(all);
    CHECK(all.find(text) != all.npos);
  }
}

TEST_CASE("each switch of an endpoint turns its own") {
  struct Row {
    const char* name;
    bool Api::*member;
  };
  for (const Row& row : {Row{"enableHeartbeatEndpoint", &Api::heartbeat},
                         {"enableStatusEndpoint", &Api::status},
                         {"enableUptimeEndpoint", &Api::uptime},
                         {"enableLogsEndpoint", &Api::logs},
                         {"enableServicesEndpoint", &Api::services},
                         {"enableExportEndpoint", &Api::export_csv},
                         {"enableAlertEndpoint", &Api::alert},
                         {"enableAlertHistoryEndpoint", &Api::alert_history},
                         {"enableTestNotificationEndpoint", &Api::test_notification},
                         {"publicLogMetadata", &Api::public_log_metadata}}) {
    INFO(row.name);
    const std::string start = R"({"api":{")" + std::string(row.name);
    CHECK(read(start + "\":true}}").api.*row.member);
    CHECK_FALSE(read(start + "\":false}}").api.*row.member);
    check_faults(&Files::settings, {{start + "\":1}}", "api." + std::string(row.name), "true or false"}});
  }
}

TEST_CASE("each feature of the page has its own switch") {
  struct Row {
    const char* name;
    bool Features::*member;
  };
  for (const Row& row : {Row{"showRefreshButton", &Features::refresh_button},
                         {"showLastUpdated", &Features::last_updated},
                         {"showUptimePercentage", &Features::uptime_percentage},
                         {"showUptimeHistory", &Features::uptime_history},
                         {"showExportButton", &Features::export_button},
                         {"showAlertHistoryButton", &Features::alert_history_button}}) {
    INFO(row.name);
    CHECK_FALSE(read(R"({"features":{")" + std::string(row.name) + "\":false}}").features.*row.member);
  }
  CHECK(read(R"({"features":{"autoRefreshSeconds":30}})").features.auto_refresh_seconds == 30);
}

TEST_CASE("checks come in whole minutes that divide an hour, or whole hours that divide a day") {
  for (const int minutes : {1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440}) {
    INFO(minutes);
    CHECK(read(monitoring("\"checkIntervalSeconds\":" + std::to_string(minutes * 60)))
              .monitoring.check_interval == std::chrono::minutes{minutes});
  }
  for (const std::string value : {"0", "-60", "1", "59", "61", "90", "420", "2700", "5400", "18000", "25200",
                                  "172800", "\"60\"", "null", "60.5", "1e99"}) {
    check_faults(&Files::settings, {{monitoring("\"checkIntervalSeconds\":" + value),
                                     "monitoring.checkIntervalSeconds", "divide an hour"}});
  }
}

TEST_CASE("the numbers of the settings have bounds, both included") {
  struct Row {
    const char* section;
    const char* name;
    int64_t min;
    int64_t max;
  };
  for (const Row& row : {Row{"features", "autoRefreshSeconds", 0, 86'400},
                         {"alertHistory", "defaultRecentPeriodHours", 1, 8'760},
                         {"alertHistory", "defaultLimit", 1, 1'000},
                         {"uptime", "retentionDays", 1, 400},
                         {"monitoring", "recordSeconds", 60, 86'400},
                         {"monitoring", "kvLagSeconds", 0, 3'600},
                         {"monitoring", "kvWritesPerDay", 0, 1'000'000'000},
                         {"monitoring", "logRetentionDays", 1, 400}}) {
    const auto file = [&row](const std::string& value) {
      return R"({")" + std::string(row.section) + R"(":{")" + row.name + "\":" + value + "}}";
    };
    const std::string path = std::string(row.section) + '.' + row.name;
    const std::string range = "from " + std::to_string(row.min) + " to " + std::to_string(row.max);
    check_sound(&Files::settings, {file(std::to_string(row.min)), file(std::to_string(row.max))});
    for (const std::string& value :
         {std::to_string(row.min - 1), std::to_string(row.max + 1), std::string("null"), std::string("\"5\""),
          std::string("1e300"), std::string("70.5")}) {
      check_faults(&Files::settings, {{file(value), path, range}});
    }
  }
}

TEST_CASE("looking for alerts more often than every minute is a warning, and not to look is none") {
  const auto polling = [](const std::string& value) {
    return R"({"alertNotifications":{"pollingIntervalSeconds":)" + value + "}}";
  };
  check_sound(&Files::settings, {polling("0"), polling("60"), polling("86400")});
  for (const char* value : {"1", "59"}) {
    const auto parsed = parse({.settings = polling(value)});
    CHECK(parsed.faults.empty());
    CHECK(has(parsed.warnings, "alertNotifications.pollingIntervalSeconds", "below 60"));
    CHECK(parsed.config.settings.alert_notifications.polling_interval_seconds == std::stoi(value));
  }
  check_faults(&Files::settings,
               {{polling("-1"), "alertNotifications.pollingIntervalSeconds", "from 0 to 86400"},
                {polling("86401"), "alertNotifications.pollingIntervalSeconds", "from 0 to 86400"}});
}

TEST_CASE("what the browser does about alerts is read") {
  const BrowserAlerts alerts = read(R"({"alertNotifications":{"severityFilter":["critical","error"],
    "enableToastNotifications":false,"enableBrowserNotifications":true}})")
                                   .alert_notifications;

  CHECK(alerts.severity_filter == std::vector<std::string>{"critical", "error"});
  CHECK_FALSE(alerts.toasts);
  CHECK(alerts.browser_notifications);
}

TEST_CASE(
    "three sets of uptime thresholds are there from the start, each ends at 0 and begins with its best") {
  const auto shipped = read("{}").uptime_thresholds;
  CHECK(shipped.size() == 3);
  for (const char* name : {"default", "strict", "relaxed"}) {
    INFO(name);
    REQUIRE(shipped.count(name) == 1);
    const UptimeThresholds& set = shipped.at(name);
    CHECK(set.back().min == 0);
    CHECK(std::is_sorted(set.begin(), set.end(), [](const auto& a, const auto& b) { return a.min > b.min; }));
  }
}

TEST_CASE("a set of uptime thresholds is sorted, replaces one of its name, and leaves the others") {
  const auto mine = read(R"json({"uptimeThresholds":{"strict":[
    {"name":"bad","min":0,"color":"red","label":"Bad"},
    {"name":"good","min":99.95,"color":"rgb(0, 128, 0)","label":"Good"}]}})json")
                        .uptime_thresholds;

  CHECK(mine.at("strict") ==
        UptimeThresholds{{"good", 99.95, "rgb(0, 128, 0)", "Good"}, {"bad", 0, "red", "Bad"}});
  CHECK(mine.at("default") == read("{}").uptime_thresholds.at("default"));
}

TEST_CASE("a set of uptime thresholds that leaves the lowest uptimes without a colour is a warning") {
  const auto parsed = parse({.settings = sets(R"({"min":50,"color":"lime"},{"min":0.1,"color":"red"})")});

  CHECK(parsed.faults.empty());
  CHECK(has(parsed.warnings, "uptimeThresholds.mine", "no threshold with min 0"));
}

TEST_CASE("a service may use a set that the settings add") {
  check_sound(&Files::services, {R"({"services":[{"id":"a","uptimeThresholdSet":"mine"}]})"},
              {.settings = sets(R"({"min":100,"color":"lime"},{"min":0,"color":"red"})")});
}

TEST_CASE("what settings may not say is a fault with its place") {
  check_faults(
      &Files::settings,
      {{sets(R"({"name":"x","color":"red"})"), "uptimeThresholds.mine[0].min", "is missing"},
       {sets(R"({"min":-0.1,"color":"red"})"), "uptimeThresholds.mine[0].min", "from 0 to 100"},
       {sets(R"({"min":100.1,"color":"red"})"), "uptimeThresholds.mine[0].min", "from 0 to 100"},
       {sets(R"({"min":"99","color":"red"})"), "uptimeThresholds.mine[0].min", "a number"},
       {sets(R"({"min":1,"color":"red;}"})"), "uptimeThresholds.mine[0].color", "a CSS colour"},
       {sets(R"({"min":1,"color":""})"), "uptimeThresholds.mine[0].color", "a CSS colour"},
       {sets(R"({"min":1,"color":"red","label":9})"), "uptimeThresholds.mine[0].label", "text"},
       {sets(R"({"min":1})"), "uptimeThresholds.mine[0].color", "is missing"},
       {R"({"uptimeThresholds":{"":[{"min":0,"color":"red"}]}})", "uptimeThresholds.", "must have a name"},
       {sets("7"), "uptimeThresholds.mine[0]", "an object"},
       {sets(""), "uptimeThresholds.mine", "at least one"},
       {R"({"uptimeThresholds":{"mine":{}}})", "uptimeThresholds.mine", "a list"},
       {R"({"uptimeThresholds":[]})", "uptimeThresholds", "an object"},
       {R"({"allowedOrigins":"*"})", "allowedOrigins", "a list"},
       {R"({"features":null})", "features", "an object"},
       {R"({"api":[]})", "api", "an object"},
       {R"({"alertNotifications":{"severityFilter":"critical"}})", "alertNotifications.severityFilter",
        "a list"},
       {R"({"alertNotifications":{"severityFilter":[1]}})", "alertNotifications.severityFilter[0]", "text"},
       {"null", "", "an object"},
       {"17", "", "an object"}});
}

TEST_CASE("an origin is written as a browser sends it") {
  check_sound(&Files::settings, {origin("https://status.example.com"), origin("http://localhost:8787"),
                                 origin("https://[::1]:8080"), R"({"allowedOrigins":[]})"});
  for (const char* text :
       {"*", "null", "", "example.com", "https://", "https://x.example/", "https://X.example",
        "https://x.example/path", "https://u@x.example", "ftp://x.example", "https://x y"}) {
    check_faults(&Files::settings, {{origin(text), "allowedOrigins[0]", "an origin"}});
  }
}

TEST_CASE("the public address is a whole URL or nothing") {
  const auto address = [](const std::string& text) { return monitoring("\"publicUrl\":\"" + text + "\""); };
  check_sound(&Files::settings,
              {address(""), address("https://status.example.com"), address("http://localhost:8787/x")});
  for (const char* text :
       {"status.example.com", "/", "javascript:alert(1)", "https://", "https:// x", "https:\\\\\\\\x"}) {
    check_faults(&Files::settings, {{address(text), "monitoring.publicUrl", "a whole URL"}});
  }
}

TEST_CASE("unknown settings are warnings") {
  const auto parsed = parse({.settings = R"({"$schema":"x","odd":1,"api":{"odd":1},"uptime":{"odd":1},
    "monitoring":{"odd":{}},"features":{"odd":[]},"alertHistory":{"odd":1},"alertNotifications":{"odd":1},
    "uptimeThresholds":{"x":[{"min":0,"color":"red","odd":1}]}})"});

  CHECK(parsed.faults.empty());
  CHECK(parsed.warnings.size() == 8);
}

}  // namespace
}  // namespace hb::settings_test
