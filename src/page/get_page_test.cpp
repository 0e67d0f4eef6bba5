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
  std::string last_day{};  // the members of the object
  std::string channels{};  // that fail, the elements of the array
  std::string checked = "2026-11-22T06:00:00.000Z";
  int days = 30;
  Document::State missing = Document::State::absent;
  std::string api_keys = R"({"*":"k"})";

  Reply reply(std::string_view page) const {
    const std::string data = R"({"version":1,"revision":1,"summary":{"timestamp":")" + checked +
                             R"(","lastDay":{)" + last_day + R"(},"channels":[)" + channels +
                             R"(],"states":{)" + states +
                             R"(}},"check":{},"uptime":{"lastDay":"2026-11-22","days":)" +
                             std::to_string(days) + R"(,"cells":{)" + cells + "}}}";
    const auto document = [&](std::string_view bytes) {
      return bytes.empty() ? Document{missing} : Document{Document::State::found, bytes};
    };
    Event event{.trigger = Request{.method = "GET", .path = "/", .base_url = "https://monitor.example"}};
    event.now = *parse_iso("2026-11-22T06:01:00.000Z");
    event.documents = {document(latest), states.empty() ? Document{missing} : document(data),
                       document(alerts)};
    ParsedConfig parsed = parse_config({.services = services,
                                        .notifications = "{}",
                                        .settings = settings,
                                        .dashboard = dashboard,
                                        .env = {{"API_KEYS", api_keys}}});
    REQUIRE(parsed.faults.empty());
    return std::get<Done>(Core(std::move(parsed), parse_page(page)).step(event)).reply;
  }
  std::string fill(std::string_view page) const { return reply(page).body; }
  Json data() const { return *parse_json(fill("{{data}}")); }
};

std::string state(std::string_view id, std::string_view status, std::string_view message = "null",
                  std::string_view since = "2026-11-22T05:00:00.000Z") {
  return '"' + std::string(id) + R"(":[")" + std::string(status) + R"(",")" + std::string(since) + R"(",)" +
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
Site site_of(const Json& last_seen) {
  Site site{.services = "", .states = R"("nobody":["up",null,null])"};
  for (const char* status : {"up", "degraded", "down", "unknown"}) {
    for (int i = 0; i < last_seen[status]; ++i) {
      const std::string id = std::string(status) + std::to_string(i);
      site.services += (site.services.empty() ? R"({"id":")" : R"(,{"id":")") + id + R"("})";
      site.states += ',' + state(id, status);
    }
  }
  site.services = R"({"services":[)" + site.services + "]}";
  const bool is_readable = last_seen.value("isReadable", true);
  if (!is_readable || !last_seen.value("isChecked", true)) site.states.clear();
  if (!is_readable) site.missing = Document::State::failed;
  const Time now = *parse_iso("2026-11-22T06:01:00.000Z");
  site.checked = iso(now - std::chrono::seconds{last_seen.value("ageSeconds", 60)});
  return site;
}

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

// No tags, no times' attributes, one line for each entry.
std::string text_of(std::string_view html) {
  std::string out;
  bool in_tag = false;
  for (const char c : html) {
    in_tag = c == '<' || (in_tag && c != '>');
    const bool is_text = !in_tag && c != '>';
    if (is_text && !(c == '\n' && (out.empty() || out.back() == '\n'))) out += c;
  }
  return out;
}

std::string lists(const Site& site) {
  return text_of(site.fill("{{failing}}{{services}}"));
}

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

TEST_CASE("what fails is listed worst first, then every service as configured") {
  CHECK(lists(Site{.states = states("degraded", "down", "paused")}) ==
        "What fails\nb: Down since 22 Nov, 05:00 UTC\na: Degraded since 22 Nov, 05:00 UTC\n"
        "All services\na: Degraded\nb: Down\nc: Paused\n");
  CHECK(lists(Site{.states = states("up", "unknown", "up")}) == "All services\na: Up\nb: Unknown\nc: Up\n");
}

TEST_CASE("channels that fail or lack their credential are named, also without JavaScript") {
  Site site{.states = states("up", "up", "up")};
  CHECK(site.fill("{{notices}}").find("channel") == std::string::npos);
  site.channels = R"({"name":"<ops>","failingSince":"2026-11-22T05:51:00.000Z"},
                      {"name":"boss","failingSince":null})";
  const std::string page = site.fill("{{notices}}");
  CHECK(page.find("The channel &lt;ops&gt; takes no messages <span class=\"faint\">since ") !=
        std::string::npos);
  CHECK(page.find("The channel boss takes no messages: it is not set up") != std::string::npos);
}

TEST_CASE("what fails is listed newest first, the down before the degraded") {
  const auto at = [](std::string_view minute) { return "2026-11-22T05:" + std::string(minute) + ":00.000Z"; };
  const Site site{
      .services = R"({"services":[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d"}]})",
      .states = state("a", "degraded", "null", at("59")) + ',' + state("b", "down", "null", at("01")) + ',' +
                state("c", "down", "null", at("30")) + ',' + state("d", "degraded", "null", at("58"))};
  CHECK(
      lists(site).starts_with("What fails\nc: Down since 22 Nov, 05:30 UTC\nb: Down since 22 Nov, 05:01 UTC\n"
                              "a: Degraded since 22 Nov, 05:59 UTC\nd: Degraded since"));
}

TEST_CASE("what else changed within a day is listed newest first, and no more than can be read") {
  const Site site{.states = state("a", "up", "null", "2026-11-21T06:01:00.000Z") + ',' +
                            state("b", "paused", "null", "2026-11-22T05:30:00.000Z") + ',' +
                            state("c", "down")};
  const auto changed = [](const Site& of) { return text_of(of.fill("{{changed}}")); };
  CHECK(
      changed(site) ==
      "What else changed in the last 24 hours\nb: Paused since 22 Nov, 05:30 UTC\na: Up since 21 Nov, 06:01 "
      "UTC\n");
  CHECK(changed({.states = state("a", "up", "null", "2026-11-21T06:00:59.000Z")}).empty());
  CHECK(changed({.states = "", .missing = Document::State::failed}).empty());
  std::string services, states;
  for (int i = 0; i < 1052; ++i) {
    services += (i == 0 ? R"({"id":"s)" : R"(,{"id":"s)") + std::to_string(i) + R"("})";
    states += (i == 0 ? "" : ",") + state("s" + std::to_string(i), "up");
  }
  const std::string many = changed({.services = R"({"services":[)" + services + "]}", .states = states});
  CHECK(holds(many, "s49: Up since"));
  CHECK_FALSE(holds(many, "s50: Up since"));
  CHECK(many.ends_with("and 1,002 more\n"));
}

TEST_CASE("a page whose last check is too old, or that cannot be read, does not look fresh") {
  const auto freshness = [](const Site& site) { return site.fill("{{freshness}}"); };
  CHECK(freshness({.states = state("a", "up"), .checked = "2026-11-22T05:52:00.000Z"}).empty());
  CHECK(freshness({.states = state("a", "up"), .checked = "2026-11-22T05:51:59.999Z"}) == "old");
  CHECK(freshness({.missing = Document::State::failed}) == "old");
  CHECK(freshness({}).empty());
}

TEST_CASE("a disabled service is not on the page") {
  const Site site{.services = R"({"services":[{"id":"a","enabled":false},{"id":"c"}]})",
                  .states = states("down", "up", "up")};
  CHECK(lists(site) == "All services\nc: Up\n");
  const std::string cards = site.fill("{{cards}}");
  CHECK(holds(cards, R"(<p class="card total"><b>1</b> <span>Services</span></p>)"));
  CHECK(holds(cards, R"(<p class="card up" data-count="1"><b>1</b> <span>Up</span></p>)"));
  for (const char* status : {"down", "degraded", "unknown"})
    CHECK(holds(cards, std::string(R"(<p class="card )") + status + R"(" data-count="0"><b>0</b>)"));
}

TEST_CASE("what fails has its times and its message") {
  const Site site{.services = R"({"services":[{"id":"a","name":"R&D"}]})",
                  .states = state("a", "down", R"("no \"beat\"")"),
                  .latest = R"({"a":"2026-11-21T05:58:30.000Z"})"};
  CHECK(site.fill("{{failing}}") ==
        "<section class=\"group\">\n<h2>What fails</h2>\n<ul>\n"
        "<li><svg class=\"shape down\" aria-hidden=\"true\"><use href=\"#down\" /></svg>\n"
        "<bdi>R&amp;D</bdi>: <b>Down</b> since <time datetime=\"2026-11-22T05:00:00.000Z\">22 Nov, 05:00 "
        "UTC</time> (last heartbeat <time datetime=\"2026-11-21T05:58:30.000Z\">21 Nov, 05:58 UTC</time>) – "
        "<bdi>no &quot;beat&quot;</bdi></li>\n</ul>\n</section>\n");
}

TEST_CASE("every service has the uptime of thirty days, which is never rounded up to all of it") {
  const auto listed = [](const std::string& cells, int days, const std::string& settings = "{}") {
    Site site{.services = R"({"services":[{"id":"a"}]})",
              .settings = settings,
              .states = state("a", "up"),
              .cells = cells.empty() ? "" : R"("a":")" + cells + '"'};
    site.days = days;
    return lists(site);
  };
  CHECK(listed(pack({.up = 1440}), 1) == "All services\na: Up, up 100 %\n");
  CHECK(listed(pack({.up = 75, .down = 25}), 1) == "All services\na: Up, up 75 %\n");
  CHECK(listed(pack({.up = 2, .down = 1}), 1) == "All services\na: Up, up 66.67 %\n");
  CHECK(listed(pack({.up = 1001, .down = 1999}), 1) == "All services\na: Up, up 33.37 %\n");
  CHECK(listed(pack({.unknown = 9}), 1) == "All services\na: Up\n");
  CHECK(listed("", 1) == "All services\na: Up\n");
  std::string month = pack({.down = 1440});
  for (int i = 0; i < 30; ++i) month += pack({.up = 1440});
  CHECK(listed(month, 31) == "All services\na: Up, up 100 %\n");
  month.replace(kCellLength, kCellLength, pack({.up = 1439, .down = 1}));
  CHECK(listed(month, 31) == "All services\na: Up, up 99.99 %\n");
  CHECK(listed(month, 31, R"({"features":{"showUptimePercentage":false}})") == "All services\na: Up\n");
}

TEST_CASE("the data say when they were so, and what the settings are") {
  const Site site{.settings = R"({"features":{"autoRefreshSeconds":30,"showExportButton":false},
                                  "api":{"enableLogsEndpoint":false},
                                  "alertNotifications":{"severityFilter":["critical"]},
                                  "uptimeThresholds":{"x":[{"name":"ok","min":50,"color":"#00f"}]}})",
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
  CHECK(settings["showToggle"] == false);
}

TEST_CASE("the data of a service are a row, with what is unusual at its end") {
  const Site site{.services = R"({"groups":[{"id":"g","name":"Group","services":["b"]}],
          "services":[{"id":"a","stalenessThreshold":600},
                      {"id":"b","name":"R&D","description":"x","auth":{"required":false},
                       "uptimeThresholdSet":"strict"},{"id":"c","enabled":false,"description":"x"},{"id":"d"}]})",
                  .states = state("a", "down", R"("no beat")") + ',' + state("b", "up"),
                  .latest = R"({"b":"2026-11-22T06:00:30.000Z"})"};
  CHECK(site.data()["services"] == Json::parse(R"([
      ["a","a",1,"down",3660000,null,600000,"no beat"],
      ["b","R&D",0,"up",3660000,30000,300000,"",
       {"description":"x","uptimeThresholdSet":"strict","auth":{"required":false}}],
      ["d","d",1,"unknown",null,null,300000]])"));
}

TEST_CASE("the data have the groups, and the uptime of each and of everything") {
  Site site{.states = states("up", "up", "up"),
            .cells = R"("a":")" + pack({.up = 9, .down = 1}) + R"(","c":")" + pack({.up = 99'99 / 9}) + '"',
            .last_day = R"("g":[1,2],"":[0,8])"};
  site.days = 1;
  const Json data = site.data();
  CHECK(data["groups"] == Json::parse(R"([["g","Group",[75,90,90,90]],["","Ungrouped",[100,100,100,100]]])"));
  CHECK(data["uptimes"] == Json::parse("[95,99.91,99.91,99.91]"));
  site.last_day.clear();
  site.cells = R"("a":")" + pack({.up = 1440}) + R"(","b":")" + pack({.up = 1440, .down = 0}) + '"';
  CHECK(site.data()["groups"][1] == Json::parse(R"(["","Ungrouped",[null,null,null,null]])"));
  site.settings = R"({"features":{"showUptimePercentage":false}})";
  CHECK(site.data()["groups"] == Json::parse(R"([["g","Group"],["","Ungrouped"]])"));
  CHECK(site.data()["uptimes"].is_null());
}

TEST_CASE("the data have when was last checked, and the lag where there is only KV") {
  const Json status = Site{.states = states("up", "up", "up")}.data()["status"];
  CHECK(status["checked"] == "2026-11-22T06:00:00.000Z");
  CHECK(status["channels"] == Json::array());
  CHECK(status["notices"] == Json::array());
  CHECK(status["staleAfterSeconds"] == 540);
  CHECK(Site{}.data()["status"]["checked"].is_null());
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
  const auto titles = [](const Site& of) {
    std::string out;
    const Json data = of.data();
    for (const Json& one : elements(data["alerts"])) out += one["title"].get<std::string>() + ";";
    return out;
  };
  CHECK(titles(site) == "one;two;");
  Site later = site;
  later.settings = R"({"alertHistory":{"defaultLimit":20,"defaultRecentPeriodHours":1}})";
  CHECK(titles(later) == "one;two;");
  later.settings = R"({"api":{"enableAlertHistoryEndpoint":false}})";
  CHECK(later.data()["alerts"].is_null());
}

TEST_CASE("the last check is told unless it is switched off, or there was none") {
  const auto checked = [](const std::string& features, const std::string& states) {
    return Site{.settings = R"({"features":)" + features + "}", .states = states}.fill("{{checked}}");
  };
  CHECK(
      checked("{}", states("up", "up", "up")) ==
      R"(<p class="checked">Last checked <time datetime="2026-11-22T06:00:00.000Z">22 Nov, 06:00 UTC</time></p>)");
  CHECK(checked(R"({"showLastUpdated":false})", states("up", "up", "up")).empty());
  CHECK(checked("{}", "").empty());
}

TEST_CASE("the head and the foot have what is configured, and only links that are safe") {
  const Site site{.dashboard = R"({"header":{"title":"T","subtitle":"S<","logoUrl":"/l.png","logoAlt":"\"L\"",
      "showLogo":true,"links":[{"text":"A&B","url":"https://a.example"}]}})"};
  CHECK(site.fill("{{logo}}") ==
        R"(<img class="logo" src="/l.png" alt="&quot;L&quot;" width="40" height="40" />)");
  CHECK(site.fill("{{title}}{{subtitle}}") == R"(T<p dir="auto">S&lt;</p>)");
  CHECK(site.fill("{{header_links}}") == "<a href=\"https://a.example\">A&amp;B</a>\n");
  CHECK(Site{}.fill("{{logo}}{{subtitle}}{{header_links}}{{footer_links}}").empty());
}

TEST_CASE("of more than five hundred services only the failing ones are listed, and the page says so") {
  for (const int count : {500, 501}) {
    INFO(count);
    std::string services;
    for (int i = 0; i < count; ++i)
      services += (i == 0 ? R"({"id":"s)" : R"(,{"id":"s)") + std::to_string(i) + R"("})";
    const Site site{.services = R"({"services":[)" + services + "]}",
                    .states = state("s7", "down") + ',' + state("s8", "up") + ',' + state("s9", "degraded")};
    const std::string text = lists(site);
    CHECK(text.starts_with("What fails\ns7: Down since 22 Nov, 05:00 UTC\ns9: Degraded since"));
    CHECK(holds(text, "only those that are down or degraded are listed") == (count == 501));
    CHECK(holds(text, "s8: Up") == (count == 500));
    CHECK(holds(text, "Unknown") == (count == 500));
  }
}

TEST_CASE("a store that cannot be read gives a page that says so") {
  const Site site{.missing = Document::State::failed};
  const Reply reply = site.reply(shipped_page());
  CHECK(reply.status == 503);
  CHECK(std::count(reply.headers.begin(), reply.headers.end(),
                   std::pair<std::string, std::string>("Retry-After", "60")) == 1);
  CHECK(holds(reply.body, "cannot be read right now"));
  CHECK_FALSE(holds(reply.body, "All services"));
  CHECK_FALSE(holds(reply.body, "class=\"cards\""));
  CHECK(holds(reply.body, R"("status":null)"));
}

TEST_CASE("before the first check the page says so") {
  const std::string page = Site{}.fill(shipped_page());
  CHECK(holds(page, "Waiting for the first check"));
  CHECK(holds(page, "<bdi>a</bdi>: <b>Unknown</b></li>"));
}

TEST_CASE("the shipped page uses only names that there are") {
  const std::string page = Site{.states = states("up", "down", "degraded")}.fill(shipped_page());
  CHECK_FALSE(holds(page, "{{"));
  CHECK_FALSE(holds(page, "<!-- "));
}

TEST_CASE("hostile texts stay texts") {
  const std::string hostile = R"(</script><img src=x onerror=alert(1)>'\"{{data}}{{services}})";
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
  CHECK((*json)["services"][0][3] == "down");
  CHECK((*json)["alerts"][0]["title"] == "</script><img src=x onerror=alert(1)>'\"{{data}}{{services}}");
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
