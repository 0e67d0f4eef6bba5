#include "catch.hpp"
#include "documents/history.hpp"
#include "world.hpp"

namespace hb::get_history_test {
namespace {

std::string data_with(std::string_view cells) {
  return R"({"version":1,"revision":1,"summary":{},"check":{},"uptime":{"lastDay":"2026-11-22","days":3,"cells":{)" +
         std::string(cells) + "}}}";
}

const std::string kUp = pack({.up = 1440});
const std::string kNone(kEmptyCell);

std::string cell(std::string_view id, std::string_view cells) {
  return '"' + std::string(id) + "\":\"" + std::string(cells) + '"';
}

}  // namespace

TEST_CASE("the history of the services asked for is answered as it is stored") {
  World world;
  world.stored(Key::data) = data_with(cell("web", kUp + kNone + kUp) + "," + cell("db", kNone + kUp + kUp));
  CHECK(world.get("/api/history?ids=db,web").body == R"({"lastDay":"2026-11-22","days":3,"cells":{)" +
                                                         cell("db", kNone + kUp + kUp) + "," +
                                                         cell("web", kUp + kNone + kUp) + "}}");
}

TEST_CASE("unknown ids are left out of the history, and nobody is told twice") {
  World world(R"({"services": [{"id": "web", "formerly": "www"}]})");
  world.stored(Key::data) = data_with(cell("www", kUp + kUp + kUp));
  CHECK(world.get("/api/history?ids=x,www,%20web,,web").body ==
        R"({"lastDay":"2026-11-22","days":3,"cells":{)" + cell("web", kUp + kUp + kUp) + "}}");
  CHECK(world.get("/api/history?ids=x").body == R"({"lastDay":"2026-11-22","days":3,"cells":{}})");
}

TEST_CASE("every history has exactly the days of the document, bad cells empty") {
  World world;
  world.stored(Key::data) = data_with(cell("web", kUp + kUp + kUp + kNone) + "," + cell("db", kUp) + "," +
                                      cell("mail", kUp + "\\u0041\\n" + kUp));
  const Json cells = world.json("/api/history?ids=web,db,mail")["cells"];
  CHECK(cells["web"] == kUp + kUp + kNone);
  CHECK(cells["db"] == kNone + kNone + kUp);
  CHECK(cells["mail"] == kUp + kNone + kUp);
}

TEST_CASE("without a document the history has no days and ends today") {
  World world;
  CHECK(world.get("/api/history?ids=web,db").body ==
        R"({"lastDay":"2026-11-22","days":0,"cells":{"web":"","db":""}})");
}

TEST_CASE("a hundred services' histories are answered at once, not more") {
  World world;
  std::string ids = "web";
  for (int i = 1; i < 100; ++i) ids += ",s" + std::to_string(i);
  CHECK(world.get("/api/history?ids=" + ids).status == 200);
  CHECK(world.get("/api/history?ids=" + ids + ",db").body ==
        R"({"error":"ids names 101 services; at most 100 are answered at once"})");
  CHECK(world.get("/api/history?ids=" + ids + ",db").status == 400);
}

TEST_CASE("a request for no history names the parameter it lacks") {
  World world;
  for (const char* query : {"", "?ids=", "?ids=,%20,", "?id=web"}) {
    INFO(query);
    const Reply reply = world.get("/api/history" + std::string(query));
    CHECK(reply.status == 400);
    CHECK(reply.body == R"({"error":"ids is missing; name services, as in ?ids=web,db"})");
  }
}

TEST_CASE("a history that cannot be read is 503") {
  World world;
  world.reads_fail = true;
  CHECK(world.get("/api/history?ids=web").status == 503);
}

}  // namespace hb::get_history_test
