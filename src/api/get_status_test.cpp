#include "catch.hpp"
#include "world.hpp"

namespace hb::get_status_test {
namespace {

// Many services, and most of a document that is history.
template <class Monitor>
struct Large : Monitor {
  Large()
      : Monitor(service_list(500), R"({"monitoring":{"kvLagSeconds":0},"uptime":{"retentionDays":200}})") {
    this->beat("s7");
    this->check();
  }
};

}  // namespace

TEST_CASE("of many services the status is read without their history, and is the same") {
  Large<World> world;
  world.bytes_read = 0;
  const std::string status = world.get("/api/status").body;
  CHECK(world.bytes_read < world.stored(Key::data).size() / 2);
  CHECK(world.status("s7") == "up");
  // An earlier version's document, with what is not known in the summary.
  world.stored(Key::data).replace(world.stored(Key::data).find("\"states\""), 0,
                                  "\"other\":\"" + std::string(200'000, 'x') + "\",");
  CHECK(world.get("/api/status").body == status);
}

TEST_CASE("of many services the status is found wherever in the document it stands") {
  Large<KvOnly> world;
  const std::string status = world.get("/api/status").body;
  std::string& stored = world.stored(Key::data);
  const size_t uptime = stored.find(",\"uptime\":");
  const size_t check = stored.find(",\"check\":");
  stored = "{" + stored.substr(uptime + 1, check - uptime - 1) + "," + stored.substr(1, uptime - 1) +
           stored.substr(check);
  CHECK(world.get("/api/status").body == status);
}

TEST_CASE("an earlier version's check in front of the history is read, however long it is") {
  Large<World> world;
  world.advance(10min);
  world.beat("s7");
  world.check();
  const std::string status = world.get("/api/status").body;
  REQUIRE(status.find("blind-gap") != status.npos);
  std::string& stored = world.stored(Key::data);
  const std::string check = stored.substr(stored.find(",\"check\":{"));
  stored.resize(stored.size() - check.size());
  const size_t gap = stored.find(",\"gap\":[");
  stored.erase(gap, stored.find(']', gap) + 1 - gap);
  const std::string other = ",\"check\":{\"other\":\"" + std::string(200'000, 'x') + "\",";
  stored.insert(stored.find(",\"uptime\":"), other + check.substr(10, check.size() - 11));
  stored += '}';
  CHECK(world.get("/api/status").body == status);
}

}  // namespace hb::get_status_test
