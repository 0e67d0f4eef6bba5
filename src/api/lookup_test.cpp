#include "api/lookup.hpp"

#include "catch.hpp"

namespace hb::lookup_test {
namespace {

Config three() {
  ParsedConfig parsed =
      parse_config({.services = R"({"groups": [{"id": "g", "name": "Group", "services": ["b"]}],
      "services": [{"id": "a"}, {"id": "b", "formerly": ["old"]}, {"id": "c", "enabled": false}]})",
                    .notifications = "{}",
                    .settings = "{}",
                    .dashboard = "{}"});
  return std::move(parsed.config);
}

}  // namespace

TEST_CASE("a service is found by its id, by an earlier one, and when it is disabled") {
  const Config config = three();
  CHECK(std::get<size_t>(requested_service(config, Query("serviceId=a"))) == 0);
  CHECK(std::get<size_t>(requested_service(config, Query("serviceId=old"))) == 1);
  CHECK(std::get<size_t>(requested_service(config, Query("x=y&serviceId=c"))) == 2);
}

TEST_CASE("a request without a service is bad, one with another is not found") {
  const Config config = three();
  const Error missing{400, "serviceId is missing; name a service, as in ?serviceId=web"};
  for (const char* query : {"", "serviceId=", "serviceId", "id=a", "serviceid=a"}) {
    INFO(query);
    CHECK(std::get<Error>(requested_service(config, Query(query))) == missing);
  }
  for (const char* query : {"serviceId=A", "serviceId=a,b", "serviceId=%20a"}) {
    INFO(query);
    CHECK(std::get<Error>(requested_service(config, Query(query))) == Error{404, "Unknown serviceId"});
  }
}

TEST_CASE("several services are answered in the order of the request, each once") {
  const Config config = three();
  using Positions = std::vector<size_t>;
  CHECK(std::get<Positions>(requested_services(config, Query(""))) == Positions{});
  CHECK(std::get<Positions>(requested_services(config, Query("serviceId=c&serviceId=b&serviceId=old"))) ==
        Positions{2, 1});
  CHECK(std::get<Error>(requested_services(config, Query("serviceId=a&serviceId=x"))).status == 404);
  CHECK(std::get<Error>(requested_services(config, Query("serviceId=a&serviceId="))).status == 400);
}

TEST_CASE("a list of words has no blanks and no empty words") {
  using Words = std::vector<std::string>;
  CHECK(comma_separated("") == Words{});
  CHECK(comma_separated(" , ,") == Words{});
  CHECK(comma_separated("a") == Words{"a"});
  CHECK(comma_separated(" a b ,c,,\td") == Words{"a b", "c", "d"});
}

TEST_CASE("any document that failed makes the event unreadable, an absent one does not") {
  Event event;
  CHECK_FALSE(unreadable(event));
  event.documents[0].state = Document::State::absent;
  event.documents[1].state = Document::State::found;
  CHECK_FALSE(unreadable(event));
  event.documents[2].state = Document::State::failed;
  REQUIRE(unreadable(event));
  CHECK(unreadable(event)->status == 503);
}

}  // namespace hb::lookup_test
