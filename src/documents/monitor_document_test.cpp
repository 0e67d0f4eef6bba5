#include "documents/monitor_document.hpp"

#include "catch.hpp"
#include "config_of.hpp"
#include "exact.hpp"
#include "text/json_writer.hpp"

namespace hb::monitor_document_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");
const Day kToday = day_of(kNow);
const std::string kCells = R"({"web":"AAAAAAAAAAAAAAAB"})";
const std::string kUptime = R"({"lastDay":"2026-11-22","days":2,"cells":)" + kCells + "}";

// A document of these members in this order.
std::string document(std::initializer_list<std::pair<std::string_view, std::string>> members) {
  JsonWriter json;
  json.begin_object();
  for (const auto& [key, value] : members) json.key(key).raw(value);
  return json.end_object().take();
}

const std::string kDocument = document({{"version", "1"},
                                        {"revision", "1795327200000"},
                                        {"summary", "{\"a\":1}"},
                                        {"uptime", kUptime},
                                        {"check", "{\"b\":[]}"}});

// As earlier versions wrote it.
const std::string kCheckInFront = document({{"version", "1"},
                                            {"revision", "1795327200000"},
                                            {"summary", "{\"a\":1}"},
                                            {"check", "{\"b\":[]}"},
                                            {"uptime", kUptime}});

bool has_check(const MonitorDocument& monitor_document) {
  return check_of(monitor_document).starts_with("{\"b\":[]}");
}

// A document and what is read of it, in views.
struct Stored {
  explicit Stored(std::string_view document)
      : text(document), monitor_document(read_monitor_document(text.view())) {}

  Exact text;
  MonitorDocument monitor_document;
};

void check_whole(const MonitorDocument& monitor_document) {
  CHECK(monitor_document.version == 1);
  CHECK(monitor_document.revision == 1'795'327'200'000);
  CHECK(monitor_document.summary == "{\"a\":1}");
  CHECK(has_check(monitor_document));
  CHECK(monitor_document.history().last_day == kToday);
  CHECK(monitor_document.history().days == 2);
  CHECK(monitor_document.history().cells.starts_with(kCells));
  CHECK_FALSE(monitor_document.damaged);
}

}  // namespace

TEST_CASE("a document is read as it was written") {
  const Config config;
  const History history{.last_day = kToday, .days = 2, .cells = kCells};
  const std::string text =
      write_monitor_document(config, 1'795'327'200'000, "{\"a\":1}", "{\"b\":[]}", history, {.today = kToday})
          .put.text();
  CHECK(text == kDocument);
  check_whole(read_monitor_document(Exact(text).view()));
}

TEST_CASE("the order of the members does not matter") {
  const std::string backwards =
      document({{"uptime", R"({"cells":)" + kCells + R"(,"days":2,"lastDay":"2026-11-22"})"},
                {"check", "{\"b\":[]}"},
                {"summary", "{\"a\":1}"},
                {"revision", "1795327200000"},
                {"version", "1"}});
  const std::string sorted = document({{"check", "{\"b\":[]}"},
                                       {"revision", "1795327200000"},
                                       {"summary", "{\"a\":1}"},
                                       {"uptime", kUptime},
                                       {"version", "1"}});
  const std::string early = document({{"version", "1"},
                                      {"uptime", kUptime},
                                      {"revision", "1795327200000"},
                                      {"other", "[1,{}]"},
                                      {"summary", "{\"a\":1}"},
                                      {"check", "{\"b\":[]}"}});
  for (const std::string& text : {kCheckInFront, backwards, sorted, early}) {
    INFO(text);
    check_whole(read_monitor_document(Exact(text).view()));
  }
}

TEST_CASE("white space changes nothing") {
  const std::string spaced =
      R"( { "version" : 1 , "revision" : 1795327200000 , "summary" : {"a":1} , "check" : {"b":[]} ,
    "uptime" : { "lastDay" : "2026-11-22" , "days" : 2 , "cells" : )" +
      kCells + " } } ";
  const Stored stored(spaced);
  const MonitorDocument& monitor_document = stored.monitor_document;
  CHECK(read_history(config_with({"web"}), monitor_document.history())[0] == "AAAAAAAAAAAAAAAB");
  CHECK(monitor_document.summary == "{\"a\":1}");
}

TEST_CASE("a document of a later version is newer, one without a version is not") {
  CHECK(read_monitor_document(R"({"version":2})").is_newer());
  CHECK(read_monitor_document(R"({"uptime":{},"version":2})").is_newer());
  CHECK_FALSE(read_monitor_document(R"({"version":1})").is_newer());
  CHECK_FALSE(read_monitor_document("{}").is_newer());
  CHECK_FALSE(read_monitor_document(R"({"version":"2"})").is_newer());
}

TEST_CASE("a verbose history is taken over from a document without a version") {
  const MonitorDocument monitor_document = read_monitor_document(
      R"({"uptime":{"web":{"days":{"2026-11-22":{"upChecks":1}}}},"summary":{"total":1},"lastChecked":"x"})");
  CHECK(monitor_document.history().days == 1);
  CHECK(monitor_document.history().last_day == kToday);
  CHECK(monitor_document.history().cells == "{\"web\":\"" + pack({.up = 1}) + "\"}");
  CHECK(monitor_document.summary.empty());
  CHECK_FALSE(monitor_document.damaged);
  CHECK_FALSE(read_monitor_document(R"({"uptime":{}})").damaged);
}

TEST_CASE("a packed history is kept though the version is missing") {
  const Stored stored(document({{"summary", "{\"a\":1}"}, {"uptime", kUptime}}));
  const MonitorDocument& monitor_document = stored.monitor_document;
  CHECK(monitor_document.history().cells.starts_with(kCells));
  CHECK(monitor_document.history().days == 2);
  CHECK(monitor_document.summary == "{\"a\":1}");
  CHECK_FALSE(monitor_document.damaged);
}

TEST_CASE("a last day that is damaged is taken for the day of the put") {
  for (const char* day : {"\"soon\"", "5", "null", "\"2026-02-30\""}) {
    const std::string uptime = R"({"lastDay":)" + std::string(day) + R"(,"days":2,"cells":)" + kCells + "}";
    const Stored stored(document({{"version", "1"}, {"revision", "1795327200000"}, {"uptime", uptime}}));
    const MonitorDocument& monitor_document = stored.monitor_document;
    CHECK(monitor_document.history().last_day == kToday);
    CHECK(monitor_document.history().days == 2);
    CHECK(monitor_document.history().cells.starts_with(kCells));
  }
  for (const char* revision : {"-1", "999999999999999999", "\"x\""}) {
    INFO(revision);
    CHECK_FALSE(
        read_monitor_document(
            document({{"version", "1"}, {"revision", revision}, {"uptime", "{\"days\":1,\"cells\":{}}"}}))
            .damaged);
  }
}

TEST_CASE("the number of days stays within its bounds") {
  const auto days = [](const char* number) {
    return read_monitor_document(
               document({{"version", "1"},
                         {"uptime", "{\"lastDay\":\"2026-11-22\",\"days\":" + std::string(number) + "}"}}))
        .history()
        .days;
  };
  CHECK(days("0") == 0);
  CHECK(days("-1") == 0);
  CHECK(days("400") == 400);
  CHECK(days("401") == 400);
  CHECK(days("999999999999999999") == 400);
  CHECK(days("\"2\"") == 0);
}

TEST_CASE("monitor:data cut at any byte keeps what is complete") {
  const Config config = config_with({"web"});
  for (const std::string& text : {kDocument, kCheckInFront}) {
    const auto is_behind = [&](std::string_view cut, std::string_view part) {
      return cut.size() >= text.find(part) + part.size();
    };
    each_beginning(text, [&](std::string_view cut) {
      INFO(cut);
      const MonitorDocument monitor_document = read_monitor_document(cut);
      CHECK((monitor_document.summary == "{\"a\":1}") == is_behind(cut, "{\"a\":1}"));
      CHECK(has_check(monitor_document) == is_behind(cut, "{\"b\":[]}"));
      const bool has_cells = is_behind(cut, "AAAAAAAAAAAAAAAB\"");
      CHECK((read_history(config, monitor_document.history())[0] == "AAAAAAAAAAAAAAAB") == has_cells);
      CHECK(monitor_document.damaged == (!cut.empty() && cut.size() <= text.find("{\"web\"")));
    });
  }
}

TEST_CASE("damage in front of the history does not cost it, nor the check behind it") {
  const Config config = config_with({"web"});
  for (size_t at = 0; at < kDocument.find("\"uptime\""); ++at) {
    std::string text = kDocument;
    text[at] = '\x01';
    INFO(text);
    const Stored stored(text);
    CHECK(read_history(config, stored.monitor_document.history())[0] == "AAAAAAAAAAAAAAAB");
    CHECK(has_check(stored.monitor_document));
  }
}

TEST_CASE("a number of days that does not fit the histories is corrected by them") {
  for (const int days : {0, 1, 3, 400}) {
    const std::string uptime =
        R"({"lastDay":"2026-11-22","days":)" + std::to_string(days) + R"(,"cells":)" + kCells + "}";
    const Stored stored(document({{"version", "1"}, {"summary", "{}"}, {"uptime", uptime}}));
    CHECK(stored.monitor_document.history().days == 2);
  }
  CHECK(days_of(R"({"web":"AAAAAAAAAAAAAAAA","db":"AAAAAAAA"})", 1) == 1);
  CHECK(days_of(R"({"web":"AAAAAAA"})", 1) == 1);
  CHECK(days_of("{}", 5) == 5);
  CHECK(days_of("", 5) == 5);
}

TEST_CASE("a service that is called check is not taken for the check") {
  const std::string uptime = R"({"lastDay":"2026-11-22","days":1,"cells":{"check":"AAAAAAAA"}})";
  const std::string check =
      R"({"services":{"check":["up",1,1,1,""],"web":["up",1,1,1,"",{"notified":{"a":{},"check":{}}}]}})";
  const Stored stored(document({{"version", "1"}, {"summary", "{}"}, {"uptime", uptime}, {"check", check}}));
  CHECK(check_of(stored.monitor_document) == check + "}");
}

TEST_CASE("what readers need of a gap and a blackout stands in the summary") {
  const Config config = config_with({"web"});
  const Summary summary{.timestamp = kNow,
                        .services = {{}},
                        .suppression = {Span{kNow - 2h, kNow - 1h}, Span{kNow - 1min, {}}}};
  const Suppression read = read_suppression(kNow, write_summary(config, summary));
  CHECK(read == summary.suppression);
}

TEST_CASE("a verbose document cut at any byte is still no damage to the rest") {
  const std::string text =
      R"({"summary":{"a":1},"uptime":{"web":{"days":{"2026-11-22":{"upChecks":1}}},"db":{"days":{"2026-11-22":{}}}}})";
  each_beginning(text, [&](std::string_view cut) {
    const MonitorDocument monitor_document = read_monitor_document(cut);
    INFO(cut);
    CHECK((monitor_document.history().days == 1) == (cut.size() >= text.find(",\"db\"")));
  });
}

TEST_CASE("what is no document has no history, and says so") {
  for (const char* text :
       {"null", "[]", "{}", "7", "\"x\"", "{", "\xFF\xFE", "{\"uptime\":7}", "{\"version\":1}",
        "{\"version\":1,\"uptime\":{}}", "{\"version\":1,\"uptime\":{\"cells\":7}}", " "}) {
    INFO(text);
    const Stored stored(text);
    const MonitorDocument& monitor_document = stored.monitor_document;
    CHECK(monitor_document.damaged);
    CHECK(monitor_document.history().cells.empty());
    CHECK(monitor_document.summary.empty());
  }
  CHECK_FALSE(read_monitor_document("").damaged);
}

TEST_CASE("a summary is read as it was written") {
  const Config config =
      config_of({{.id = "web"}, {.id = "off", .enabled = false}, {.id = "db"}, {.id = "never"}});
  const Summary summary{
      .timestamp = kNow,
      .services = {
          {Status::up, kNow - 1h, "<b> \"x\""}, {Status::down, kNow, "?"}, {Status::paused, kNow, ""}, {}}};
  const std::string text = write_summary(config, summary);
  CHECK(
      text ==
      R"({"timestamp":"2026-11-22T06:00:00.000Z","counts":{"unknown":1,"up":1,"degraded":0,"down":0,"paused":1},)"
      R"("states":{"web":["up","2026-11-22T05:00:00.000Z","\u003cb> \"x\""],)"
      R"("db":["paused","2026-11-22T06:00:00.000Z",null],"never":["unknown",null,null]}})");
  const Summary read = read_summary(config, text);
  CHECK(read.timestamp == kNow);
  REQUIRE(read.services.size() == 4);
  CHECK(read.services[0].status == Status::up);
  CHECK(read.services[0].since == kNow - 1h);
  CHECK(read.services[0].message == "<b> \"x\"");
  CHECK(read.services[1].status == Status::unknown);
  CHECK(read.services[2].status == Status::paused);
  CHECK_FALSE(read.services[3].since);
  CHECK(read.last_day.empty());
  const Shares last_day{{.lost = 1, .known = 2}};
  CHECK(read_summary(config, write_summary(config, {.services = summary.services, .last_day = last_day}))
            .last_day == last_day);
  CHECK_FALSE(
      read_summary(config, write_summary(config, {.timestamp = {}, .services = summary.services})).timestamp);
}

TEST_CASE("a renamed service shows what was said of it, and its own word before its earlier one") {
  const Config config = config_of({{.id = "db", .previous_ids = {"mysql"}}});
  const auto status = [&](const std::string& states) {
    return read_summary(config, "{\"states\":{" + states + "}}").services[0].status;
  };
  CHECK(status(R"("mysql":["up",null,null])") == Status::up);
  CHECK(status(R"("db":["down",null,null],"mysql":["up",null,null])") == Status::down);
  CHECK(status(R"("mysql":["up",null,null],"db":["down",null,null])") == Status::down);
}

TEST_CASE("a damaged row of a summary does not cost the others") {
  const Config config = config_with({"web", "db"});
  for (const char* bad :
       {"7", "null", "[]", "[\"down\"]", "[\"down\",null]", "{}", "[\"down\",null,null,null]"}) {
    INFO(bad);
    const Summary summary = read_summary(config, "{\"timestamp\":5,\"states\":{\"web\":" + std::string(bad) +
                                                     ",\"db\":[\"up\",7,[]],\"x\":[]}}");
    CHECK_FALSE(summary.timestamp);
    CHECK(summary.services[0].status == Status::unknown);
    CHECK(summary.services[1].status == Status::up);
  }
  for (const char* text :
       {"", "null", "{\"states\":7,\"timestamp\":{}}", "{\"states\":[]}", "{\"states\":{\"web\":"}) {
    INFO(text);
    CHECK(read_summary(config, Exact(text).view()).services.size() == 2);
  }
}

}  // namespace hb::monitor_document_test
