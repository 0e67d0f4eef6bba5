#include "event/http.hpp"

#include "catch.hpp"
#include "exact.hpp"

namespace hb::http_test {
namespace {

const Error kBadLimit{400, "limit must be a whole number from 1 to 1000"};

std::variant<int64_t, Error> limit(std::string_view query) {
  return Query(Exact(query).view()).number("limit", 1, 1000, 20);
}

std::string decoded_text(std::string_view query) {
  return Query(Exact(query).view()).text("q").value_or("none");
}

}  // namespace

TEST_CASE("an error is a sentence in JSON that nobody keeps") {
  CHECK(reply_of({404, "Unknown \"id\""}) ==
        Reply{404, {{"Content-Type", "application/json; charset=utf-8"}}, R"({"error":"Unknown \"id\""})"});
  CHECK(outcome_of(Error{400, "no"}) == Done{.reply = reply_of({400, "no"})});
}

TEST_CASE("what is unavailable says when to ask again") {
  const Reply reply = unavailable("Later", 10);
  CHECK(reply.status == 503);
  CHECK(reply.body == R"({"error":"Later"})");
  CHECK(reply.headers.back() == std::pair<std::string, std::string>{"Retry-After", "10"});
}

TEST_CASE("a query is decoded, a broken escape stays as it is") {
  CHECK(decoded_text("q=a+b%20c%2B%3D%26") == "a b c+=&");
  CHECK(decoded_text("q=%c3%BC") == "\xC3\xBC");
  CHECK(decoded_text("q=%") == "%");
  CHECK(decoded_text("q=%4") == "%4");
  CHECK(decoded_text("q=%4x%g1%41") == "%4x%g1A");
  CHECK(decoded_text("q=%FF") == "\xEF\xBF\xBD");
  CHECK(decoded_text("q=a=b") == "a=b");
  CHECK(decoded_text("q") == "");
  CHECK(decoded_text("q=") == "");
  CHECK(decoded_text("%71=x") == "x");
  CHECK(decoded_text("Q=x") == "none");
  CHECK(decoded_text("") == "none");
  CHECK(decoded_text("&&=&a=q&") == "none");
  CHECK(decoded_text("q=1&q=2") == "1");
  CHECK(Query("q=1&x&q=&q=2").all("q") == std::vector<std::string>{"1", "", "2"});
  CHECK(Query("").all("q").empty());
}

TEST_CASE("a path keeps its plus signs") {
  CHECK(decoded_path("a+b%20%C3%BC") == "a+b \xC3\xBC");
  CHECK(decoded_path("%2") == "%2");
  CHECK(decoded_path("").empty());
}

TEST_CASE("a number is whole and within its bounds, or an error that names them") {
  CHECK(limit("") == std::variant<int64_t, Error>(20));
  CHECK(limit("limit=1") == std::variant<int64_t, Error>(1));
  CHECK(limit("limit=1000") == std::variant<int64_t, Error>(1000));
  for (const char* query :
       {"limit=0", "limit=1001", "limit=-1", "limit=", "limit", "limit=x", "limit=1.0", "limit=1e2",
        "limit=%2B5", "limit=+5", "limit=5+", "limit=0x10", "limit=99999999999999999999"}) {
    INFO(query);
    CHECK(limit(query) == std::variant<int64_t, Error>(kBadLimit));
  }
}

TEST_CASE("a time is an instant, or an error that names the parameter") {
  using Maybe = std::variant<std::optional<Time>, Error>;
  CHECK(Query("").time("from") == Maybe(std::nullopt));
  CHECK(Query("from=2026-11-22").time("from") == Maybe(parse_time("2026-11-22")));
  CHECK(Query("from=2026-11-22T06:00:00%2B02:00").time("from") == Maybe(parse_time("2026-11-22T04:00:00Z")));
  for (const char* query : {"from=", "from=yesterday", "from=2026-11-31", "from=1795348800"}) {
    INFO(query);
    CHECK(Query(query).time("from") == Maybe(Error{400, "from must be a time such as 2026-11-22T06:00:00Z"}));
  }
}

}  // namespace hb::http_test
