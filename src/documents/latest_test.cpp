#include "documents/latest.hpp"

#include <random>

#include "catch.hpp"
#include "config_of.hpp"
#include "exact.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb::latest_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

std::string entry(std::string_view id, Time time) {
  return "\"" + std::string(id) + "\":\"" + iso(time) + "\"";
}

std::string document(const std::vector<std::pair<std::string, Time>>& entries) {
  std::string out;
  for (const auto& [id, time] : entries) out += (out.empty() ? "" : ",") + entry(id, time);
  return "{" + out + "}";
}

std::string report(std::string_view id, Status status, Time at, std::string_view message,
                   std::optional<Time> over = {}) {
  JsonWriter json;
  json.begin_object().member("status", status_name(status)).member("at", iso(at));
  if (over) json.member("over", iso(*over));
  if (!message.empty()) json.member("message", message);
  return "\"" + std::string(id) + "\":" + json.end_object().take();
}

MergedLatest merge(const Config& config, const std::vector<std::string>& copies) {
  const std::vector<std::string_view> views(copies.begin(), copies.end());
  return merge_latest(config, kNow, views);
}

std::string merged(const std::vector<std::string>& copies) {
  static const Config config = config_with({"web", "db", "mail", "a", "b", "c"});
  const MergedLatest result = merge(config, copies);
  CHECK_FALSE(result.damaged);
  return result.bytes;
}

Json without_ends(const std::string& latest) {
  Json json = *parse_json(latest);
  if (!json.contains("$reports")) return json;
  for (auto& [id, one] : json["$reports"].items()) one.erase("over");
  return json;
}

std::optional<Time> end_of(const std::vector<std::string>& copies) {
  return read_latest(config_with({"web"}), kNow, merged(copies)).at(0).over;
}

std::optional<std::string> message_of(std::string_view latest, std::string_view id) {
  const auto json = parse_json(latest);
  const Json* reports = json ? member(*json, "$reports") : nullptr;
  const Json* found = reports == nullptr ? nullptr : member(*reports, id);
  return found == nullptr ? std::nullopt : std::optional(string_member(*found, "message").value_or(""));
}

}  // namespace

TEST_CASE("a plain heartbeat is only a time") {
  const std::vector<Beat> beats{{.id = "web", .at = kNow, .message = "fine"}, {.id = "db", .at = kNow}};
  CHECK(latest_of(beats) == document({{"web", kNow}, {"db", kNow}}));
  CHECK(latest_of(std::span<const Beat>()) == "{}");
}

TEST_CASE("of two heartbeats of one service in one request the later counts") {
  const std::vector<Beat> beats{{"web", kNow, Status::down, "x"}, {"db", kNow}, {"web", kNow}};
  CHECK(latest_of(beats) == document({{"web", kNow}, {"db", kNow}}));
}

TEST_CASE("a reported failure is kept beside the time") {
  const std::vector<Beat> beats{{"web", kNow, Status::degraded, "disk 91 %"}, {"db", kNow, Status::down}};
  CHECK(latest_of(beats) == "{" + entry("web", kNow) + "," + entry("db", kNow) + ",\"$reports\":{" +
                                report("web", Status::degraded, kNow, "disk 91 %") + "," +
                                report("db", Status::down, kNow, "") + "}}");
}

TEST_CASE("a message is kept up to 200 bytes and never cut inside of a character") {
  const std::string longest(200, 'x');
  for (const auto& [message, kept] : {std::pair(longest, longest), std::pair(longest + "x", longest),
                                      std::pair(longest.substr(1) + "\xC3\xBC", longest.substr(1))}) {
    const std::vector<Beat> beats{{"web", kNow, Status::down, message}};
    CHECK(message_of(latest_of(beats), "web") == kept);
    const std::string stored = "{\"$reports\":{" + report("web", Status::down, kNow, message) + "}}";
    CHECK(message_of(merged({stored, "{}"}), "web") == kept);
  }
}

TEST_CASE("the newest time of each service wins and the order stays") {
  const std::string stored = document({{"db", kNow - 5s}, {"web", kNow - 3s}});
  CHECK(merged({stored, document({{"web", kNow}, {"db", kNow - 6s}, {"mail", kNow - 9s}})}) ==
        document({{"db", kNow - 5s}, {"web", kNow}, {"mail", kNow - 9s}}));
  CHECK(merged({stored, stored}) == stored);
  CHECK(merged({stored}) == stored);
  CHECK(merged({"", stored}) == stored);
  CHECK(merged({"{}", document({{"web", kNow - 1s}}), document({{"web", kNow - 2s}})}) ==
        document({{"web", kNow - 1s}}));
}

TEST_CASE("merging copies in any order and any grouping comes to the same", "[slow]") {
  std::mt19937 random(7);
  const Config config = config_with({"a", "b", "c"});
  const char* const ids[] = {"a", "b", "c", "gone", "old"};
  const auto copy = [&] {
    std::string times;
    std::string reports;
    for (const char* id : ids) {
      const Time at = kNow + 60s - std::chrono::minutes{random() % 40};
      if (random() % 3 == 0) continue;
      times += (times.empty() ? "" : ",") + entry(id, at);
      if (random() % 2 == 0) continue;
      const Status status = random() % 2 == 0 ? Status::down : Status::degraded;
      reports += (reports.empty() ? "" : ",") + report(id, status, at, random() % 2 == 0 ? "x" : "");
    }
    if (!reports.empty()) times += ",\"$reports\":{" + reports + "}";
    return "{" + times + "}";
  };
  // When a report was over is known the better, the more copies come together.
  const auto same = [&](const std::string& all, const std::string& other) {
    for (const LastHeartbeat& last : read_latest(config, kNow, other))
      CHECK((!last.over || (*last.over > last.report->at && *last.over <= *last.last_seen)));
    return without_ends(all) == without_ends(other);
  };
  for (int i = 0; i < 1000; ++i) {
    const std::string one = copy();
    const std::string two = copy();
    const std::string three = copy();
    INFO(one << "\n" << two << "\n" << three);
    const std::string all = merged({one, two, three});
    CHECK(same(all, merged({three, one, two})));
    CHECK(same(all, merged({merged({one, two}), three})));
    CHECK(same(all, merged({one, merged({two, three})})));
    CHECK(merged({all, one, two, three}) == all);
    CHECK(merged({all, all}) == all);
  }
}

TEST_CASE("a time loses when it is more than 60 s ahead") {
  const std::string ahead = document({{"web", kNow + 60s + 1ms}});
  const std::string just_not = document({{"web", kNow + 60s}});
  const std::string past = document({{"web", kNow - 1h}});
  CHECK(merged({ahead, past}) == past);
  CHECK(merged({past, ahead}) == past);
  CHECK(merged({just_not, past}) == just_not);
  CHECK(merged({past, just_not}) == just_not);
  CHECK(merged({"{}", ahead}) == "{}");

  const Config config = config_with({"web"});
  CHECK(read_latest(config, kNow, ahead) == std::vector<LastHeartbeat>{{}});
  CHECK(read_latest(config, kNow, just_not) == std::vector<LastHeartbeat>{{.last_seen = kNow + 60s}});
}

TEST_CASE("ids that are not configured leave once they are older than the retention") {
  Config config = config_with({"web"});
  config.settings.retention_days = 7;
  const Time oldest = kNow - 7 * 24h;
  const std::string kept = document({{"web", oldest - 1h}, {"typo", oldest}});
  const std::string over = document({{"web", oldest - 1h}, {"typo", oldest - 1ms}});
  CHECK(merge(config, {kept, "{}"}).bytes == kept);
  CHECK(merge(config, {"{}", kept}).bytes == kept);
  CHECK(merge(config, {over, "{}"}).bytes == document({{"web", oldest - 1h}}));
  CHECK(merge(config, {over, document({{"typo", oldest - 2ms}, {"web", kNow}})}).bytes ==
        document({{"web", kNow}}));
  CHECK(merge(config, {over, document({{"typo", oldest}})}).bytes == kept);
  CHECK(merge(config, {document({{"typo", kNow + 61s}}), "{}"}).bytes == "{}");
  const std::string reports = ",\"$reports\":{" + report("typo", Status::down, oldest - 1ms, "x") + "}}";
  CHECK(merge(config, {over.substr(0, over.size() - 1) + reports, "{}"}).bytes ==
        document({{"web", oldest - 1h}}));
}

TEST_CASE("a report is over with the first heartbeat after it, of all that are known") {
  const std::string failed = latest_of(std::vector<Beat>{{"web", kNow - 50s, Status::down}});
  const auto up = [](Time at) { return document({{"web", at}}); };
  CHECK_FALSE(end_of({failed}));
  CHECK_FALSE(end_of({failed, up(kNow - 50s)}));
  CHECK_FALSE(end_of({failed, up(kNow - 60s)}));
  CHECK(end_of({failed, up(kNow - 30s)}) == kNow - 30s);
  CHECK(end_of({failed, up(kNow - 10s), up(kNow - 30s)}) == kNow - 30s);
  const std::string recovered = merged({failed, up(kNow - 30s)});
  CHECK(end_of({recovered, up(kNow)}) == kNow - 30s);
  CHECK(end_of({up(kNow), recovered}) == kNow - 30s);
  CHECK(end_of({recovered, latest_of(std::vector<Beat>{{"web", kNow - 5s, Status::down}})}) == std::nullopt);
  CHECK(latest_of(std::vector<Beat>{
            {"web", kNow - 9s}, {"web", kNow - 8s, Status::down}, {"web", kNow - 7s}, {"web", kNow - 6s}}) ==
        "{" + entry("web", kNow - 6s) + ",\"$reports\":{" +
            report("web", Status::down, kNow - 8s, "", kNow - 7s) + "}}");
  for (const Time end : {kNow - 50s, kNow - 60s, kNow + 61s}) {
    const std::string damaged = "{" + entry("web", kNow) + ",\"$reports\":{" +
                                report("web", Status::down, kNow - 50s, "", end) + "}}";
    CHECK_FALSE(read_latest(config_with({"web"}), kNow, damaged).at(0).over);
  }
}

TEST_CASE("a report stays beside a newer up until it is 15 minutes old") {
  const auto stays = [](Time at, Time last_seen) {
    const std::string stored =
        "{" + entry("web", at) + ",\"$reports\":{" + report("web", Status::down, at, "x") + "}}";
    return message_of(merged({stored, document({{"web", last_seen}})}), "web").has_value();
  };
  CHECK(stays(kNow - 15min, kNow));
  CHECK_FALSE(stays(kNow - 15min - 1ms, kNow));
  CHECK(stays(kNow - 24h, kNow - 24h));
  CHECK(stays(kNow - 24h, kNow - 48h));
  CHECK_FALSE(stays(kNow - 24h, kNow - 24h + 1ms));
  CHECK(stays(kNow - 24h, kNow + 61s));
}

TEST_CASE("the later of two reports stays") {
  const auto with = [](Status status, Time at, std::string_view message) {
    return "{" + entry("web", at) + ",\"$reports\":{" + report("web", status, at, message) + "}}";
  };
  const std::string early = with(Status::down, kNow - 2s, "early");
  const std::string late = with(Status::degraded, kNow - 1s, "late");
  CHECK(merged({early, late}) == late);
  CHECK(merged({late, early}) == late);
  CHECK(merged({early, with(Status::down, kNow + 61s, "x")}) == early);
}

TEST_CASE("beyond 512 kB reports lose their messages and never their status", "[slow]") {
  std::string times;
  std::string reports;
  for (int i = 0; i < 5'000; ++i) {
    const std::string id = "s" + std::to_string(i);
    times += entry(id, kNow) + ",";
    reports += (i > 0 ? "," : "") + report(id, Status::down, kNow, std::string(100, i % 2 == 0 ? 'x' : '\t'));
  }
  const std::string all = merged({"{}", "{" + times + "\"$reports\":{" + reports + "}}"});
  const Json json = parse_json(all).value();
  CHECK(members(*member(json, "$reports")).size() == 5'000);
  CHECK(message_of(all, "s0") == std::string(100, 'x'));
  CHECK(message_of(all, "s1") == std::string(100, '\t'));
  CHECK(message_of(all, "s4999") == "");
  const size_t size = all.size() - all.find("$reports") - std::string_view("$reports\":}").size();
  CHECK(size <= 5'000 * 75 + 512 * 1024);
  CHECK(merged({all, document({{"s0", kNow - 1s}})}) == all);
}

TEST_CASE("the reports with messages take at most 512 kB") {
  std::string reports;
  for (int i = 0; i < 2'000; ++i) {
    reports +=
        (i > 0 ? "," : "") + report("s" + std::to_string(i), Status::down, kNow, std::string(200, '\x01'));
  }
  const std::string all = merged({"{}", "{\"$reports\":{" + reports + "}}"});
  const size_t statuses = 2'000 * 75;
  CHECK(all.size() < 512 * 1024 + statuses);
  size_t with_message = 0;
  for (size_t at = all.find("message"); at != all.npos; at = all.find("message", at + 1)) with_message = at;
  CHECK(with_message + 1'200 < 512 * 1024 + 64);
}

TEST_CASE("services are found by their ids, earlier ones included") {
  const Config config =
      config_of({{.id = "web"}, {.id = "db", .previous_ids = {"mysql", "maria"}}, {.id = "mail"}});
  const std::string latest = "{" + entry("mysql", kNow - 3s) + "," + entry("other", kNow) + "," +
                             entry("db", kNow - 2s) + "," + entry("web", kNow - 1s) + ",\"$reports\":{" +
                             report("maria", Status::down, kNow - 5s, "x") + "," +
                             report("other", Status::down, kNow, "x") + "}}";
  CHECK(read_latest(config, kNow, latest) ==
        std::vector<LastHeartbeat>{
            {.last_seen = kNow - 1s}, {kNow - 2s, Report{Status::down, kNow - 5s, "x"}}, {}});
}

TEST_CASE("a report is a heartbeat even when its time is damaged") {
  const std::string reports = ",\"$reports\":{" + report("web", Status::down, kNow - 5s, "x") + "}}";
  CHECK(read_latest(config_with({"web"}), kNow, "{" + entry("web", kNow + 1h) + reports) ==
        std::vector<LastHeartbeat>{{kNow - 5s, Report{Status::down, kNow - 5s, "x"}}});
}

TEST_CASE("ids are nothing but text, whatever they are") {
  const std::string odd = "{" + entry("__proto__", kNow) + "," + entry("a\\\"b", kNow) + "," +
                          entry("", kNow) + ",\"$reports\":{" +
                          report("a\\\"b", Status::down, kNow, "\"<\"") + "}}";
  CHECK(merged({odd, document({{"web", kNow}})}).starts_with(odd.substr(0, odd.find(",\"$reports"))));
  CHECK(message_of(merged({odd, "{}"}), "a\"b") == "\"<\"");
  CHECK(merged({odd}).find('<') == std::string::npos);
}

TEST_CASE("monitor:latest cut at any byte keeps what is complete") {
  const Config config = config_with({"web", "db"});
  const std::string text = "{" + entry("web", kNow - 1s) + "," + entry("db", kNow - 2s) + ",\"$reports\":{" +
                           report("web", Status::down, kNow - 3s, "x") + "}}";
  const auto whole = read_latest(config, kNow, text);
  each_beginning(text, [&](std::string_view cut) {
    INFO(cut);
    const auto last_heartbeats = read_latest(config, kNow, cut);
    CHECK((!last_heartbeats[0].last_seen || last_heartbeats[0].last_seen == whole[0].last_seen));
    CHECK(last_heartbeats[0].last_seen.has_value() == (cut.size() >= document({{"web", kNow}}).size() - 1));
    CHECK(last_heartbeats[1].last_seen.has_value() ==
          (cut.size() >= document({{"web", kNow}, {"db", kNow}}).size() - 1));
    CHECK((!last_heartbeats[0].report || last_heartbeats[0].report == whole[0].report));
    const std::string copies[] = {std::string(cut), document({{"db", kNow}})};
    const std::string_view views[] = {cut, copies[1]};
    const MergedLatest result = merge_latest(config, kNow, views);
    CHECK(result.damaged == (!cut.empty() && cut.size() < text.size()));
    CHECK(parse_json(result.bytes));
    CHECK(read_latest(config, kNow, result.bytes)[1].last_seen == kNow);
  });
}

TEST_CASE("what cannot be read is left out and said") {
  const Config config = config_with({"web", "db"});
  const std::string good = document({{"web", kNow}});
  const std::string web = entry("web", kNow);
  for (const std::string& text :
       {std::string("null"),
        std::string("[]"),
        std::string("7"),
        std::string("\"x\""),
        std::string("\xFF\xFE"),
        std::string("{\"web\":5}"),
        std::string("{\"web\":null}"),
        std::string("{\"web\":\"soon\"}"),
        std::string("{\"web\":{\"a\":[1]}}"),
        "{" + web + "}}",
        "{" + web + "} x",
        "{\"db\":[\"" + iso(kNow) + "\"]," + web + "}",
        "{\"$reports\":[]," + web + "}",
        "{\"$reports\":\"" + iso(kNow) + "\"," + web + "}",
        "{\"$reports\":null," + web + "}",
        "{\"$reports\":{\"web\":7}," + web + "}",
        "{\"$reports\":{\"web\":{\"status\":\"up\",\"at\":\"" + iso(kNow) + "\"}}," + web + "}",
        "{\"$reports\":{\"web\":{\"status\":\"down\"}}," + web + "}",
        "{\"$reports\":{\"web\":{\"status\":\"down\",\"at\":5,\"message\":5}}," + web + "}",
        "{\"db\":xxxxxxxxxxxxxxxxxxxxxxxZ," + web + "}",
        std::string(100'000, '{'),
        std::string(100'000, '[')}) {
    INFO(text.substr(0, 100));
    const Exact exact(text);
    const std::string_view copies[] = {exact.view(), good};
    const MergedLatest stored = merge_latest(config, kNow, copies);
    CHECK(stored.damaged);
    CHECK(stored.bytes == good);
    const std::string_view reversed[] = {good, exact.view()};
    const MergedLatest added = merge_latest(config, kNow, reversed);
    CHECK(added.damaged);
    CHECK(added.bytes == good);
    CHECK_FALSE(read_latest(config, kNow, exact.view())[0].report);
  }
  CHECK(merge_latest(config, kNow, {}).bytes == "{}");
  CHECK(read_latest(config, kNow, "") == std::vector<LastHeartbeat>(2));
}

TEST_CASE("a time that is no time gives way to any other") {
  const std::string bad = "{\"web\":\"2026-99-22T06:00:00.000Z\"}";
  const std::string old = document({{"web", Time{}}});
  CHECK(merged({bad, old}) == old);
  CHECK(merged({old, bad}) == old);
  CHECK(read_latest(config_with({"web"}), kNow, bad) == std::vector<LastHeartbeat>(1));
}

}  // namespace hb::latest_test
