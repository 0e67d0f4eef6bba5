#include <algorithm>

#include "catch.hpp"
#include "documents/history.hpp"
#include "world.hpp"

namespace hb::get_export_csv_test {
namespace {

constexpr std::string_view kServices = R"({
  "groups": [{"id": "prod", "name": "Production, EU", "services": ["web"], "uptimeThresholdSet": "two"}],
  "services": [{"id": "web", "name": "=1+1"}, {"id": "off", "enabled": false}, {"id": "db", "formerly": "database"}]})";

constexpr std::string_view kSettings = R"({"uptimeThresholds": {"two": [
    {"name": "bad", "min": 0, "color": "#f00", "label": "-bad"},
    {"name": "good", "min": 99.5, "color": "#0f0", "label": "Good"}]}})";

const std::string kHeader =
    "\xEF\xBB\xBF"  // by which Excel knows UTF-8
    "Date,Service Name,Service ID,Group,Status,Uptime %,Total Checks,Up Checks,Degraded Checks,Down Checks,"
    "Unknown Checks\r\n";

std::string data_with(std::string_view id, const std::vector<Minutes>& days) {
  std::string cells;
  for (const Minutes& day : days) cells += pack(day);
  return R"({"version":1,"revision":1,"summary":{},"check":{},"uptime":{"lastDay":"2026-11-22","days":)" +
         std::to_string(days.size()) + R"(,"cells":{")" + std::string(id) + "\":\"" + cells + "\"}}}";
}

std::string error(World& world, std::string_view query) {
  return string_member(world.json("/api/export.csv?" + std::string(query)), "error").value_or("none");
}

std::string header(const Reply& reply, std::string_view name) {
  for (const auto& [key, value] : reply.headers) {
    if (key == name) return value;
  }
  return "none";
}

auto rows(const Reply& reply) {
  return std::count(reply.body.begin(), reply.body.end(), '\n') - 1;
}

}  // namespace

TEST_CASE("the export has one row per enabled service and day, as a download named after its range") {
  World world(kServices, kSettings);
  world.stored(Key::data) =
      data_with("web", {{.up = 1990, .down = 10}, {.up = 1989, .down = 11}, {.unknown = 60}});
  const Reply reply = world.get("/api/export.csv?from=2026-11-20&to=2026-11-23");
  CHECK(reply.status == 200);
  CHECK(header(reply, "Content-Type") == "text/csv; charset=utf-8");
  CHECK(header(reply, "Content-Disposition") == "attachment; filename=\"uptime_2026-11-20_2026-11-23.csv\"");
  CHECK(reply.body == kHeader +
                          "2026-11-20,'=1+1,web,\"Production, EU\",Good,99.5,2000,1990,0,10,0\r\n"
                          "2026-11-21,'=1+1,web,\"Production, EU\",'-bad,99.45,2000,1989,0,11,0\r\n"
                          "2026-11-22,'=1+1,web,\"Production, EU\",Unknown,N/A,60,0,0,0,60\r\n"
                          "2026-11-23,'=1+1,web,\"Production, EU\",No Data,N/A,0,0,0,0,0\r\n"
                          "2026-11-20,db,db,Ungrouped,No Data,N/A,0,0,0,0,0\r\n"
                          "2026-11-21,db,db,Ungrouped,No Data,N/A,0,0,0,0,0\r\n"
                          "2026-11-22,db,db,Ungrouped,No Data,N/A,0,0,0,0,0\r\n"
                          "2026-11-23,db,db,Ungrouped,No Data,N/A,0,0,0,0,0\r\n");
}

TEST_CASE("the export of named services has only those, disabled ones and previous ids too") {
  World world(kServices, kSettings);
  world.stored(Key::data) = data_with("database", {{.up = 30, .degraded = 30}});
  const Reply reply = world.get(
      "/api/export.csv?from=2026-11-22&to=2026-11-22&serviceId=database&serviceId=off&serviceId=db");
  CHECK(reply.body == kHeader +
                          "2026-11-22,db,db,Ungrouped,Poor,75,60,30,30,0,0\r\n"
                          "2026-11-22,off,off,Ungrouped,No Data,N/A,0,0,0,0,0\r\n");
  CHECK(world.get("/api/export.csv?from=2026-11-22&to=2026-11-22&serviceId=x").status == 404);
  CHECK(world.get("/api/export.csv?from=2026-11-22&to=2026-11-22&serviceId=").status == 400);
}

TEST_CASE("an export without services is a table without rows") {
  World world("{}");
  CHECK(world.get("/api/export.csv?from=2026-11-22&to=2026-11-22").body == kHeader);
}

TEST_CASE("bad days of an export are refused by the parameter's name") {
  World world;
  for (const char* day : {"", "2026-11-31", "2026-1-1", "22.11.2026", "2026-11-22T00:00:00Z", "1969-12-31"}) {
    INFO(day);
    const std::string bad(day);
    CHECK(error(world, "from=" + bad + "&to=2026-11-22") == "from must be a day such as 2026-11-22");
    CHECK(error(world, "from=1970-01-01&to=" + bad) == "to must be a day such as 2026-11-22");
  }
  CHECK(error(world, "to=2026-11-22") == "from must be a day such as 2026-11-22");
  CHECK(error(world, "from=2026-11-22") == "to must be a day such as 2026-11-22");
  CHECK(error(world, "from=2026-11-22&to=2026-11-21") == "to must not be a day before from");
  CHECK(world.get("/api/export.csv").status == 400);
}

TEST_CASE("an export has at most 20000 rows, and says which range fits") {
  World world(R"({"services": [{"id": "a"}, {"id": "b"}]})");
  const Reply largest = world.get("/api/export.csv?from=2000-01-01&to=2027-05-18");
  CHECK(largest.status == 200);
  CHECK(rows(largest) == 20'000);

  CHECK(world.get("/api/export.csv?from=2000-01-01&to=2027-05-19").status == 413);
  CHECK(error(world, "from=2000-01-01&to=2027-05-19") ==
        "That would be 20002 rows, and at most 20000 are exported at once; for 2 services this fits: "
        "from=2000-01-01&to=2027-05-18");
  CHECK(error(world, "from=1970-01-01&to=9999-12-31&serviceId=a") ==
        "That would be 2932897 rows, and at most 20000 are exported at once; for 1 service this fits: "
        "from=1970-01-01&to=2024-10-03");
}

TEST_CASE("an export that cannot be read is 503") {
  World world;
  world.reads_fail = true;
  CHECK(world.get("/api/export.csv?from=2026-11-22&to=2026-11-22").status == 503);
}

}  // namespace hb::get_export_csv_test
