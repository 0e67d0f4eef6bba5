#include <algorithm>
#include <fstream>
#include <sstream>

#include "app/core.hpp"
#include "catch.hpp"
#include "documents/alerts.hpp"
#include "documents/history.hpp"
#include "text/json.hpp"

namespace hb::get_page_test {
namespace {

std::string shipped_page() {
  const std::string data = TEST_DATA;
  std::ifstream file(data.substr(0, data.rfind("/tests/")) + "/dashboard/page.html");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// A monitor whose page is asked for; every document is absent unless set.
struct Site {
  std::string services = R"({"groups":[{"id":"g","name":"Group","services":["b","a"]}],
                             "services":[{"id":"a"},{"id":"b"},{"id":"c"}]})";
  std::string settings = "{}";
  std::string dashboard = "{}";
  std::string states{};  // the members of the object
  std::string latest{};
  std::string cells{};  // the members of the object
  std::string alerts{};
  int days = 30;
  Document::State missing = Document::State::absent;
  std::string api_keys = R"({"*":"k"})";

  Reply reply(std::string_view page) const {
    const std::string data =
        R"({"version":1,"revision":1,"summary":{"timestamp":"2026-11-22T06:00:00.000Z","states":{)" + states +
        R"(}},"check":{},"uptime":{"lastDay":"2026-11-22","days":)" + std::to_string(days) + R"(,"cells":{)" +
        cells + "}}}";
    const auto document = [&](std::string_view bytes) {
      return bytes.empty() ? Document{missing} : Document{Document::State::found, bytes};
    };
    Event event{.method = "GET", .path = "/", .base_url = "https://monitor.example"};
    event.now = *parse_iso("2026-11-22T06:01:00.000Z");
    event.documents = {document(latest), states.empty() ? Document{missing} : document(data),
                       document(alerts)};
    ParsedConfig parsed = parse_config({.services = services,
                                        .notifications = "{}",
                                        .settings = settings,
                                        .dashboard = dashboard,
                                        .env = {{"API_KEYS", api_keys}}});
    REQUIRE(parsed.faults.empty());
    return Core(std::move(parsed), parse_page(page)).step(event).reply;
  }
  std::string fill(std::string_view page) const { return reply(page).body; }
  Json data() const { return *parse_json(fill("{{data}}")); }
};

std::string state(std::string_view id, std::string_view status, std::string_view message = "null") {
  return '"' + std::string(id) + R"(":[")" + std::string(status) + R"(","2026-11-22T05:00:00.000Z",)" +
         std::string(message) + ']';
}

std::string states(std::string_view a, std::string_view b, std::string_view c) {
  return state("a", a) + ',' + state("b", b) + ',' + state("c", c);
}

std::string alert(std::string_view minute, std::string_view more) {
  return R"({"id":")" + std::string(minute) + R"(","timestamp":"2026-11-22T05:)" + std::string(minute) +
         R"(:00.000Z",)" + std::string(more) + '}';
}

// A site with so many services of each status; `isChecked` and `isReadable` are true unless they are there.
Site site_of(const Json& seen) {
  Site site{.services = "", .states = R"("nobody":["up",null,null])"};
  for (const char* status : {"up", "degraded", "down", "unknown"}) {
    for (int i = 0; i < seen[status]; ++i) {
      const std::string id = std::string(status) + std::to_string(i);
      site.services += (site.services.empty() ? R"({"id":")" : R"(,{"id":")") + id + R"("})";
      site.states += ',' + state(id, status);
    }
  }
  site.services = R"({"services":[)" + site.services + "]}";
  const bool is_readable = seen.value("isReadable", true);
  if (!is_readable || !seen.value("isChecked", true)) site.states.clear();
  if (!is_readable) site.missing = Document::State::failed;
  return site;
}

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

const std::string kRows =
    "<!-- group -->[{{group_name}}:<!-- service --> {{name}} {{status_word}}<!-- /service -->]<!-- /group "
    "-->";

}  // namespace

// The table that holds the page's script as well (tests/browser/overall.test.js).
TEST_CASE("one sentence says how everything is") {
  std::ifstream file(std::string(TEST_DATA) + "/overall.json");
  const Json cases = Json::parse(file);
  REQUIRE(cases.size() > 10);
  for (const Json& one : cases) {
    INFO(one);
    CHECK(site_of(one).fill("{{overall_status}} {{overall}}") ==
          one["status"].get<std::string>() + " " + one["sentence"].get<std::string>());
  }
}

TEST_CASE("groups come as configured, what has none last, failing services first") {
  CHECK(Site{.states = states("up", "up", "up")}.fill(kRows) == "[Group: b Up a Up][Ungrouped: c Up]");
  CHECK(Site{.states = states("down", "up", "up")}.fill(kRows) == "[Group: a Down b Up][Ungrouped: c Up]");
  CHECK(Site{.states = states("degraded", "down", "paused")}.fill(kRows) ==
        "[Group: b Down a Degraded][Ungrouped: c Paused]");
}

TEST_CASE("a disabled service is not on the page, nor is its group without others") {
  const Site site{
      .services =
          R"({"groups":[{"id":"g","services":["a"]}],"services":[{"id":"a","enabled":false},{"id":"c"}]})",
      .states = states("up", "up", "up")};
  CHECK(site.fill(kRows) == "[Ungrouped: c Up]");
  CHECK(site.fill("{{total}} {{up}} {{degraded}} {{down}} {{unknown}}") == "1 1 0 0 0");
}

TEST_CASE("a service has its times, its threshold and its message") {
  const Site site{.services = R"({"services":[{"id":"a","description":"R&D","stalenessThreshold":90}]})",
                  .states = state("a", "down", R"("no \"beat\"")"),
                  .latest = R"({"a":"2026-11-21T05:58:30.000Z"})"};
  const auto in_row = [&](const std::string& text) {
    return site.fill("<!-- group --><!-- service -->" + text + "<!-- /service --><!-- /group -->");
  };
  CHECK(in_row("{{since}} {{since_text}}") == "2026-11-22T05:00:00.000Z 22 Nov, 05:00 UTC");
  CHECK(in_row("<!-- heard -->{{last_seen_text}}, {{last_seen_ago}}<!-- /heard -->") ==
        "21 Nov, 05:58 UTC, 1 d ago");
  CHECK(in_row("<!-- never_heard -->never<!-- /never_heard -->") == "");
  CHECK(in_row("{{threshold}} {{description}}") == "1 min 30 s R&amp;D");
  CHECK(in_row("<!-- explained -->{{message}}<!-- /explained -->") == "no &quot;beat&quot;");
}

TEST_CASE("the data say when they were so, and what the settings are") {
  const Site site{.settings = R"({"features":{"autoRefreshSeconds":30,"showExportButton":false},
                                  "api":{"enableLogsEndpoint":false},
                                  "alertNotifications":{"severityFilter":["critical"]},
                                  "uptimeThresholds":{"x":[{"name":"ok","min":50,"color":"#00f"}]},
                                  "monitoring":{"recordSeconds":600}})",
                  .dashboard = R"({"theme":{"showToggle":false}})",
                  .states = states("up", "up", "up")};
  const Json data = site.data();
  CHECK(data["now"] == "2026-11-22T06:01:00.000Z");
  const Json& settings = data["settings"];
  CHECK(settings["features"] == Json::parse(R"({"showRefreshButton":true,"showLastUpdated":true,
      "autoRefreshSeconds":30,"showUptimePercentage":true,"showUptimeHistory":true,"showExportButton":false,
      "showAlertHistoryButton":true})"));
  CHECK(settings["api"]["enableLogsEndpoint"] == false);
  CHECK(settings["api"]["enableUptimeEndpoint"] == true);
  CHECK(settings["alertNotifications"]["severityFilter"] == Json::parse(R"(["critical"])"));
  CHECK(settings["alertNotifications"]["pollingIntervalSeconds"] == 60);
  CHECK(settings["uptimeThresholds"]["x"] == Json::parse(R"([{"min":50,"color":"#00f","label":"ok"}])"));
  CHECK(settings["uptimeThresholds"]["default"].size() == 4);
  CHECK(settings["recordSeconds"] == 600);
  CHECK(settings["showToggle"] == false);
}

TEST_CASE("the data of a service are those that are not the usual ones") {
  const Site site{
      .services = R"({"services":[{"id":"a"},{"id":"b","description":"R&D","auth":{"required":false},
                                  "uptimeThresholdSet":"strict"},{"id":"c","enabled":false,"description":"x"}]})",
      .states = states("up", "up", "up")};
  CHECK(
      site.data()["services"] ==
      Json::parse(R"({"b":{"description":"R&D","uptimeThresholdSet":"strict","auth":{"required":false}}})"));
}

TEST_CASE("up to a hundred services have their history in the page, more only its last day") {
  const std::string first = pack({.up = 1430, .down = 10}), last = pack({.up = 5});
  for (const int count : {100, 101}) {
    INFO(count);
    std::string services, cells;
    for (int i = 0; i < count; ++i) {
      const std::string id = "\"s" + std::to_string(i) + '"';
      services += (i == 0 ? R"({"id":)" : R"(,{"id":)") + id + "}";
      cells += (i == 0 ? "" : ",") + id + R"(:")" + first + last + '"';
    }
    Site site{.services = R"({"services":[)" + services + "]}", .states = state("s0", "up"), .cells = cells};
    site.days = 2;
    const Json history = site.data()["history"];
    CHECK(history["lastDay"] == "2026-11-22");
    CHECK(history["days"] == (count == 100 ? 2 : 1));
    CHECK(history["cells"].size() == static_cast<size_t>(count));
    CHECK(history["cells"]["s99"] == (count == 100 ? first + last : last));
  }
}

TEST_CASE("without percentages and bars there is no history in the page") {
  const Site site{.settings = R"({"features":{"showUptimePercentage":false,"showUptimeHistory":false}})",
                  .states = states("up", "up", "up")};
  CHECK(site.data()["history"].is_null());
}

TEST_CASE("recent alerts are those of the period, at most so many") {
  const Site site{.settings = R"({"alertHistory":{"defaultLimit":2,"defaultRecentPeriodHours":1}})",
                  .alerts = '[' + alert("59", R"("title":"one")") + ',' + alert("01", R"("title":"two")") +
                            ',' + alert("00", R"("title":"three")") + ']'};
  const std::string list =
      "<!-- recent_alerts --><!-- alert -->{{alert_title}};<!-- /alert --><!-- /recent_alerts -->";
  CHECK(site.fill(list) == "one;two;");
  Site later = site;
  later.settings = R"({"alertHistory":{"defaultLimit":20,"defaultRecentPeriodHours":1}})";
  CHECK(later.fill(list) == "one;two;");
  later.settings = R"({"features":{"showAlertHistoryButton":false}})";
  CHECK(later.fill(list) == "");
  later.settings = R"({"api":{"enableAlertHistoryEndpoint":false}})";
  CHECK(later.fill(list + "{{data}}").find("two") == std::string::npos);
}

TEST_CASE("an alert is told with its status, severity and where it came from") {
  const Site site{.alerts = '[' + alert("59", R"("serviceId":"a","status":"up","severity":"info")") + ',' +
                            alert("58", R"("source":"grafana","status":"firing","severity":"warning")") +
                            ',' + alert("57", R"("url":"javascript:alert`1`","severity":"critical")") + ']'};
  CHECK(
      site.fill("<!-- alert -->{{alert_status}} {{alert_severity}}<!-- alert_has_origin --> {{alert_origin}}"
                "<!-- /alert_has_origin --><!-- alert_linked -->{{alert_url}}<!-- /alert_linked -->;"
                "<!-- /alert -->") == "up Info a;degraded Warning grafana;down Critical;");
}

TEST_CASE("the switches of the features leave parts of the page out") {
  const auto shown = [](const std::string& features, const std::string& section) {
    const Site site{.settings = R"({"features":)" + features + "}", .states = states("up", "up", "up")};
    return holds(site.fill("<!-- " + section + " -->x<!-- /" + section + " -->"), "x");
  };
  CHECK(shown("{}", "last_updated"));
  CHECK_FALSE(shown(R"({"showLastUpdated":false})", "last_updated"));
  CHECK(shown("{}", "recent_alerts"));
  CHECK_FALSE(shown(R"({"showAlertHistoryButton":false})", "recent_alerts"));
}

TEST_CASE("of more than five hundred services only the failing ones are listed, and the page says so") {
  for (const int count : {500, 501}) {
    INFO(count);
    std::string services;
    for (int i = 0; i < count; ++i)
      services += (i == 0 ? R"({"id":"s)" : R"(,{"id":"s)") + std::to_string(i) + R"("})";
    const Site site{.services = R"({"services":[)" + services + "]}",
                    .states = state("s7", "down") + ',' + state("s8", "up") + ',' + state("s9", "degraded")};
    CHECK(site.fill("<!-- only_failing -->x<!-- /only_failing -->") == (count == 500 ? "" : "x"));
    const std::string rows = site.fill(kRows);
    CHECK(rows.starts_with("[Ungrouped: s7 Down s9 Degraded"));
    CHECK(holds(rows, "s8 Up") == (count == 500));
    CHECK(holds(rows, "Unknown") == (count == 500));
  }
}

TEST_CASE("a store that cannot be read gives a page that says so") {
  const Site site{.missing = Document::State::failed};
  const Reply reply = site.reply(shipped_page());
  CHECK(reply.status == 503);
  CHECK(std::count(reply.headers.begin(), reply.headers.end(),
                   std::pair<std::string, std::string>("Retry-After", "60")) == 1);
  CHECK(holds(reply.body, "cannot be read right now"));
  CHECK_FALSE(holds(reply.body, "Group"));
  CHECK(holds(reply.body, R"("status":null)"));
}

TEST_CASE("before anything was heard the page shows how to send a heartbeat") {
  const std::string page = Site{}.fill(shipped_page());
  CHECK(holds(page, "Waiting for the first check"));
  CHECK(holds(page, "https://monitor.example/api/heartbeat/a"));
  CHECK_FALSE(
      holds(Site{.latest = R"({"a":"2026-11-22T06:00:30.000Z"})"}.fill(shipped_page()), "/api/heartbeat/"));
}

TEST_CASE("the shipped page uses only names that there are") {
  const std::string page = Site{.states = states("up", "down", "degraded")}.fill(shipped_page());
  CHECK_FALSE(holds(page, "{{"));
  CHECK_FALSE(holds(page, "<!-- "));
}

TEST_CASE("hostile texts stay texts") {
  const std::string hostile = R"(</script><img src=x onerror=alert(1)>'\"{{data}}<!-- service -->)";
  // With the text for every @.
  const auto with = [&](std::string json) {
    for (size_t at = json.find('@'); at != json.npos; at = json.find('@', at)) json.replace(at, 1, hostile);
    return json;
  };
  const Site site{
      .services = with(R"({"groups":[{"id":"g","name":"@","services":["a"]}],
                           "services":[{"id":"a","name":"@","description":"@"}]})"),
      .dashboard = with(R"({"header":{"title":"@"},"footer":{"text":"@"}})"),
      .states = state("a", "down", with(R"("@")")),
      .alerts =
          '[' +
          alert("59",
                with(R"("title":"@","message":"@","source":"@","url":"/\" onclick=x","labels":{"@":"@"})")) +
          ']'};
  const std::string page = site.fill(shipped_page());
  const size_t begin = page.find('>', page.find(R"(id="data")")) + 1;
  CHECK_FALSE(holds(page, "<img src=x"));
  CHECK_FALSE(holds(page.substr(0, begin), "onclick="));

  const std::string data = page.substr(begin, page.find("</script>", begin) - begin);
  CHECK_FALSE(holds(data, "<"));
  const auto json = parse_json(data);
  REQUIRE(json);
  CHECK((*json)["status"]["summary"]["results"][0]["status"] == "down");
  CHECK((*json)["alerts"][0]["title"] == "</script><img src=x onerror=alert(1)>'\"{{data}}<!-- service -->");
}

TEST_CASE("the page forbids everything that is not its own") {
  const Reply reply = Site{}.reply("");
  const auto found = std::find_if(reply.headers.begin(), reply.headers.end(), [](const auto& header) {
    return header.first == "Content-Security-Policy";
  });
  REQUIRE(found != reply.headers.end());
  CHECK(holds(found->second, "default-src 'none'"));
  CHECK(holds(found->second, "frame-ancestors 'none'"));
  CHECK_FALSE(holds(found->second, "unsafe"));
}

TEST_CASE("without any key the page says how to make one, also without JavaScript") {
  Site site{.api_keys = ""};
  CHECK(holds(site.fill(shipped_page()),
              "because there is none: where the monitor is deployed from, run npm run keys -- --put"));
  site.api_keys = R"({"*":"k"})";
  CHECK_FALSE(holds(site.fill(shipped_page()), "there is none"));
}

}  // namespace hb::get_page_test
