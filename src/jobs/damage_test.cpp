// Storage that is damaged: whichever row or document is cut or flipped wherever, what is elsewhere survives.

#include <algorithm>
#include <set>

#include "catch.hpp"
#include "collector/checkpoint.hpp"
#include "documents/heartbeat_batch.hpp"
#include "documents/history.hpp"
#include "documents/monitor_document.hpp"
#include "text/whole_json.hpp"
#include "world.hpp"

namespace hb::damage_test {
namespace {

// A monitor with a week of history, alerts, incidents, logs, and a message that no provider has taken yet.
class DamagedWorld : public World {
 public:
  DamagedWorld() {
    configure(kThreeServices, R"({"monitoring":{"kvLagSeconds":0,"recordSeconds":60,"kvWritesPerDay":0}})",
              R"({"enabled":true,"channels":[{"type":"webhook","name":"hook","enabled":true}]})");
    provider = [](const Send&) { return Answer{.status = 500}; };
    for (int day = 0; day < 3; ++day) {
      for (const char* id : {"web", "db", "mail"}) beat(id);
      check_every_minute_for(6min);
      for (const char* id : {"web", "db", "mail"}) beat(id);
      check_every_minute_for(6min);
      advance(24h - 12min);
    }
    post("/api/heartbeat",
         R"({"services":["web","db",{"serviceId":"mail","status":"down","message":"disk"}]})");
    check_every_minute_for(6min);
    post("/api/heartbeat", R"({"services":["web","db"],"metadata":{"a":1},"durationMs":5})");
    remember();
  }

  void restore() {
    rows = rows_;
    documents = documents_;
    now = now_;
    logs.clear();
    evict();
  }

  // What uptime the stored history has, of each service.
  std::map<std::string, int> minutes_in_kv() const {
    std::map<std::string, int> minutes;
    const MonitorDocument stored = read_monitor_document(documents.at(Key::data));
    Config config;
    for (const char* id : {"web", "db", "mail"}) {
      config.services = {Service{.id = id}};
      config.by_id = {{id, 0}};
      const auto cells = read_history(config, stored.history()).front();
      for (const Minutes& day : daily_minutes(cells, stored.history().last_day, day_of(now), 9))
        minutes[id] += day.total();
    }
    return minutes;
  }

  const std::map<std::string, std::string>& sound_rows() const { return rows_; }
  const std::map<Key, std::string>& sound_documents() const { return documents_; }

 private:
  void remember() {
    rows_ = rows;
    documents_ = documents;
    now_ = now;
  }

  std::map<std::string, std::string> rows_{};
  std::map<Key, std::string> documents_{};
  Time now_{};
};

bool is_structure(char c) {
  return std::string_view("{}[]\",:").find(c) != std::string_view::npos;
}

constexpr size_t kPlaces = 50;  // of each text

// Where the text has its structure, and where what is between begins; of a long one some, evenly.
std::vector<size_t> structural_places(std::string_view text) {
  std::vector<size_t> places;
  for (size_t i = 0; i < text.size(); ++i) {
    if (is_structure(text[i]) || (i > 0 && is_structure(text[i - 1]))) places.push_back(i);
  }
  std::vector<size_t> some{text.size() - 1};
  for (size_t i = 0; i < places.size(); i += places.size() / kPlaces + 1) some.push_back(places[i]);
  return some;
}

// Cut there, or with a bit flipped.
std::vector<std::string> damaged(const std::string& text) {
  std::set<std::string> all{""};
  for (const size_t at : structural_places(text)) {
    all.insert(text.substr(0, at));
    std::string flipped = text;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << at % 8));
    all.insert(flipped);
  }
  return {all.begin(), all.end()};
}

// Entries that are checkpointed are written over, and read no more.
bool is_read_no_more(const std::string& key, const std::string& row, int64_t checkpointed) {
  return key.starts_with("beat:") && sequence_of(row) <= checkpointed;
}

// The monitor goes on: it takes heartbeats, checks, publishes, and all that it puts can be read.
void check_that_it_goes_on(DamagedWorld& world, bool lets_an_hour_pass) {
  world.check_every_minute_for(60s);
  CHECK(world.post("/api/heartbeat", R"({"services":["web","db","mail"]})").status == 200);
  world.check_every_minute_for(60s);
  if (lets_an_hour_pass) world.advance(60min);
  if (lets_an_hour_pass) world.check_every_minute_for(60s);
  for (const char* path :
       {"/api/status", "/api/logs?serviceId=web&limit=1000", "/api/incidents?serviceId=mail",
        "/api/alerts/recent", "/api/uptime?serviceId=web"}) {
    INFO(path);
    const Reply reply = world.get(path);
    CHECK(reply.status == 200);
    CHECK(is_whole_json(reply.body));
  }
}

}  // namespace

TEST_CASE("a row that is damaged anywhere costs nothing of the history in KV, and never breaks a document",
          "[slow]") {
  DamagedWorld world;
  const auto before = world.minutes_in_kv();
  REQUIRE(before.at("web") > 50);
  const int64_t checkpointed = read_checkpoint(world.rows["latest"]).checkpointed;
  for (const auto& [key, sound] : world.sound_rows()) {
    if (is_read_no_more(key, sound, checkpointed)) continue;
    for (const std::string& bytes : damaged(sound)) {
      INFO(key << " " << bytes);
      world.restore();
      world.rows[key] = bytes;
      check_that_it_goes_on(world, false);
      for (const auto& [document, text] : world.documents) CHECK(is_whole_json(text));
      for (const auto& [id, minutes] : world.minutes_in_kv()) CHECK(minutes >= before.at(id));
    }
  }
}

TEST_CASE("damage to a document costs what it hits, and only after an hour in which it can be restored",
          "[slow]") {
  DamagedWorld world;
  const auto before = world.minutes_in_kv();
  for (const auto& [key, sound] : world.sound_documents()) {
    for (const std::string& bytes : damaged(sound)) {
      INFO(key_name(key) << " " << bytes);
      world.restore();
      world.documents[key] = bytes;
      check_that_it_goes_on(world, true);
      for (const auto& [document, text] : world.documents) CHECK(is_whole_json(text));
      // Where the cells are not found any more, all of them are lost.
      const size_t at =
          static_cast<size_t>(std::mismatch(bytes.begin(), bytes.end(), sound.begin()).first - bytes.begin());
      const bool is_in_front =
          at >= sound.find("\"uptime\"") && at < sound.find("{\"web\"", sound.find("\"uptime\""));
      int kept = 0;
      for (const auto& [id, minutes] : world.minutes_in_kv()) kept += minutes >= before.at(id) ? 1 : 0;
      const bool is_cut = bytes.size() < sound.size();
      CHECK(kept >= (key != Key::data ? 3 : is_cut || is_in_front ? 0 : 2));
    }
  }
}

}  // namespace hb::damage_test
