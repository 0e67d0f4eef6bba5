#include "api/past.hpp"

#include "catch.hpp"
#include "collector/session.hpp"
#include "page/page.hpp"

namespace hb::past_test {
namespace {

Time at(int minute) {
  return *parse_iso("2026-11-22T06:00:00.000Z") + std::chrono::minutes{minute};
}

Config two() {
  ParsedConfig parsed = parse_config(
      {.services = R"({"services": [{"id": "web", "formerly": "www"}, {"id": "db", "enabled": false}]})",
       .notifications = "{}",
       .settings = "{}",
       .dashboard = "{}"});
  return std::move(parsed.config);
}

std::variant<PastRequest, Error> parse(std::string_view query, std::optional<Decided> decided = {}) {
  const Config config = two();
  const PageTemplate page = parse_page("");
  const Event event{.trigger = Request{.query = query, .decided = decided}};
  Session session;
  return parse_past_request({config, page, event, session});
}
PastRequest parsed(std::string_view query) {
  return std::get<PastRequest>(parse(query));
}
Error refused(std::string_view query) {
  return std::get<Error>(parse(query));
}

}  // namespace

TEST_CASE("a hundred items are asked for unless a limit says otherwise") {
  CHECK(parsed("serviceId=db") == PastRequest{"db", 1, 100, std::nullopt});
  CHECK(parsed("serviceId=www&limit=1&before=2026-11-22T06:05Z") == PastRequest{"web", 0, 1, at(5)});
  CHECK(parsed("serviceId=web&limit=1000").limit == 1000);
}

TEST_CASE("a bad parameter of a past is named") {
  for (const char* limit : {"0", "1001", "-1", "", "ten"}) {
    INFO(limit);
    CHECK(refused("serviceId=web&limit=" + std::string(limit)) ==
          Error{400, "limit must be a whole number from 1 to 1000"});
  }
  for (const char* before : {"", "now", "1795327200000", "2026-11-22T25:00Z"}) {
    INFO(before);
    CHECK(refused("serviceId=web&before=" + std::string(before)).text.starts_with("before must be a time"));
  }
  CHECK(refused("limit=5").status == 400);
  CHECK(refused("serviceId=x&limit=ten").status == 404);
}

TEST_CASE("a service that the edge knows is asked for by its id where it is not configured") {
  CHECK(std::get<PastRequest>(parse("serviceId=new", Decided{})) ==
        PastRequest{"new", std::nullopt, 100, std::nullopt});
  CHECK(std::get<PastRequest>(parse("serviceId=www", Decided{})).id == "web");
}

TEST_CASE("an alert is of the service that it names, also by a previous id") {
  const Config config = two();
  const std::vector<Alert> alerts{{.id = "1", .timestamp = at(1), .service_id = "www"},
                                  {.id = "2", .timestamp = at(2), .service_id = "db"},
                                  {.id = "3", .timestamp = at(3)},
                                  {.id = "4", .timestamp = at(4), .service_id = "gone"},
                                  {.id = "5", .timestamp = at(5), .service_id = "web"}};
  const std::string document = write_alerts(alerts);
  CHECK(alerts_of(config, 0, document) == std::vector{alerts[4], alerts[0]});
  CHECK(alerts_of(config, 1, document) == std::vector{alerts[1]});
  CHECK(alerts_of(config, 1, "").empty());
}

TEST_CASE("pages follow each other without a hole and end without a next") {
  const std::vector<Time> times{at(5), at(4), at(3), at(2), at(1)};
  CHECK(page_of({.limit = 2}, times) == PageBounds{0, 2, at(4)});
  CHECK(page_of({.limit = 2, .before = at(4)}, times) == PageBounds{2, 4, at(2)});
  CHECK(page_of({.limit = 2, .before = at(2)}, times) == PageBounds{4, 5, std::nullopt});
  CHECK(page_of({.limit = 5}, times) == PageBounds{0, 5, std::nullopt});
  CHECK(page_of({.limit = 4}, times) == PageBounds{0, 4, at(2)});
  CHECK(page_of({.before = at(1)}, times) == PageBounds{5, 5, std::nullopt});
  CHECK(page_of({}, {}) == PageBounds{0, 0, std::nullopt});
}

TEST_CASE("before is exclusive to the millisecond") {
  CHECK(page_of({.before = at(4)}, {at(4)}) == PageBounds{1, 1, std::nullopt});
  CHECK(page_of({.before = at(4) + 1ms}, {at(4)}) == PageBounds{0, 1, std::nullopt});
}

TEST_CASE("what happened at one instant stays on one page") {
  const std::vector<Time> times{at(3), at(2), at(2), at(1)};
  CHECK(page_of({.limit = 2}, times) == PageBounds{0, 3, at(2)});
  CHECK(page_of({.limit = 1, .before = at(3)}, times) == PageBounds{1, 3, at(2)});
  CHECK(page_of({.limit = 1, .before = at(2)}, times) == PageBounds{3, 4, std::nullopt});
}

}  // namespace hb::past_test
