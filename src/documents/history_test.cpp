#include "documents/history.hpp"

#include <random>

#include "catch.hpp"
#include "config_of.hpp"
#include "exact.hpp"
#include "text/json_writer.hpp"

namespace hb::history_test {
namespace {

const Day kToday = *parse_day("2026-11-22");
constexpr std::chrono::days kOneDay{1};
constexpr DayCells kSet{.today = {.up = 5, .down = 1}, .yesterday = {.up = 1439, .degraded = 1}};

// A day that can be told from others: `n` minutes up.
std::string cell(int n) {
  return pack({.up = n});
}

std::string cells(std::initializer_list<int> days) {
  std::string out;
  for (const int n : days) out += cell(n);
  return out;
}

using Rows = std::vector<std::pair<std::string, std::string>>;

std::string object(const Rows& rows) {
  JsonWriter json;
  json.begin_object();
  for (const auto& [id, text] : rows) json.member(id, text);
  return json.end_object().take();
}

// The histories of a record of these services, each given the same cells.
RecordedHistory recorded(const Config& config, const History& history, Day today, int retention_days,
                         std::optional<DayCells> set = std::nullopt) {
  const Exact exact(history.cells);
  Record one{.today = today};
  one.cells.assign(config.services.size(), set);
  return record("", config, {history.last_day, history.days, exact.view()}, one, retention_days);
}

const std::string kSetCells = pack(kSet.yesterday) + pack(kSet.today);

}  // namespace

TEST_CASE("every counter is unpacked as it was packed") {
  for (int n = 0; n <= 4095; ++n) {
    const Minutes minutes{.up = n, .degraded = 4095 - n, .down = (n * 7) % 4096, .unknown = n / 2};
    REQUIRE(unpack(pack(minutes)) == minutes);
  }
  CHECK(pack({}) == kEmptyCell);
  CHECK(pack({.up = 1, .degraded = 64, .down = 4095, .unknown = 1440}) == "ABBA//Wg");
}

TEST_CASE("counters saturate when they are packed") {
  CHECK(unpack(pack({.up = 4096, .degraded = -1, .down = 1'000'000})) == Minutes{.up = 4095, .down = 4095});
}

TEST_CASE("a cell of another length or alphabet is none") {
  for (const char* text :
       {"", "AAAAAAA", "AAAAAAAAA", "AAAA-AAA", "AAAAAAA=", "AAA AAAA", "\\u0041AA", "AAAAAAA\xFF"}) {
    INFO(text);
    CHECK_FALSE(unpack(Exact(text).view()));
  }
}

TEST_CASE("a day counts no more minutes than it has") {
  Minutes day;
  count(day, Status::up, 1439);
  count(day, Status::up, 5);
  count(day, Status::degraded, 2'000'000'000);
  count(day, Status::degraded, 2'147'483'647);
  count(day, Status::down, -5);
  count(day, Status::paused, 3);
  count(day, Status::unknown, 4);
  CHECK(day == Minutes{.up = 1440, .degraded = 1440, .unknown = 7});
}

TEST_CASE("a sum over days has no bound") {
  Minutes sum;
  for (int i = 0; i < 120; ++i) sum += {.up = 1400, .degraded = 10, .down = 20, .unknown = 10};
  CHECK(sum == Minutes{.up = 168'000, .degraded = 1'200, .down = 2'400, .unknown = 1'200});
  CHECK(sum.known() == 171'600);
  CHECK(sum.total() == 172'800);
}

TEST_CASE("uptime is a share of what is known, a degraded minute half of an up one") {
  CHECK(uptime_percentage({.up = 3, .down = 1, .unknown = 1000}) == 75.0);
  CHECK(uptime_percentage({.degraded = 10}) == 50.0);
  CHECK(uptime_percentage({.down = 1}) == 0.0);
  CHECK_FALSE(uptime_percentage({.unknown = 1440}));
  CHECK_FALSE(uptime_percentage({}));
}

TEST_CASE("a record sets today and yesterday in place and touches nothing else") {
  const Config config = config_with({"web", "db"});
  const std::string text =
      object({{"other", cells({9, 9, 9})}, {"db", cells({1, 2, 3})}, {"web", cells({4, 5, 6})}});
  const RecordedHistory result = recorded(config, {kToday, 3, text}, kToday, 3, kSet);
  CHECK(result.cells ==
        object({{"other", cells({9, 9, 9})}, {"db", cell(1) + kSetCells}, {"web", cell(4) + kSetCells}}));
  CHECK(result.last_day == kToday);
  CHECK(result.days == 3);
  CHECK(result.repaired == 0);
  CHECK_FALSE(result.damaged);
  CHECK(recorded(config, {kToday, 3, result.cells}, kToday, 3, kSet).cells == result.cells);
}

TEST_CASE("a record without cells leaves a service's history alone") {
  const Config config = config_with({"web", "db"});
  const std::string text = object({{"web", cells({4, 5, 6})}});
  CHECK(recorded(config, {kToday, 3, text}, kToday, 3).cells == text);
}

TEST_CASE("a day change shifts by the days elapsed") {
  const Config config = config_with({"web"});
  const std::string text = object({{"web", cells({1, 2, 3, 4})}});
  const auto after = [&](int days) {
    const RecordedHistory result = recorded(config, {kToday, 4, text}, kToday + std::chrono::days{days}, 4);
    CHECK(result.last_day == kToday + std::chrono::days{days});
    return result.cells;
  };
  CHECK(after(0) == text);
  CHECK(after(1) == object({{"web", cells({2, 3, 4, 0})}}));
  CHECK(after(2) == object({{"web", cells({3, 4, 0, 0})}}));
  CHECK(after(3) == object({{"web", cells({4, 0, 0, 0})}}));
  for (const int days : {4, 5, 399, 400, 401, 100'000})
    CHECK(after(days) == object({{"web", cells({0, 0, 0, 0})}}));
}

TEST_CASE("the cells of a record are those of its day after the shift") {
  const Config config = config_with({"web"});
  const std::string text = object({{"web", cells({1, 2, 3})}});
  CHECK(recorded(config, {kToday - kOneDay, 3, text}, kToday, 3, kSet).cells ==
        object({{"web", cell(2) + kSetCells}}));
}

TEST_CASE("the history never moves backwards") {
  const Config config = config_with({"web"});
  const std::string text = object({{"web", cells({1, 2, 3, 4})}});
  const RecordedHistory result = recorded(config, {kToday + kOneDay, 4, text}, kToday, 4, kSet);
  CHECK(result.last_day == kToday + kOneDay);
  CHECK(result.cells == object({{"web", cell(1) + kSetCells + cell(4)}}));

  const std::string one_day = object({{"web", cells({1})}});
  CHECK(recorded(config, {kToday + kOneDay, 1, one_day}, kToday, 1, kSet).cells == one_day);
  const std::string two_days = object({{"web", cells({1, 2})}});
  CHECK(recorded(config, {kToday + kOneDay, 2, two_days}, kToday, 2, kSet).cells ==
        object({{"web", pack(kSet.today) + cell(2)}}));
}

TEST_CASE("a last day that cannot be does not cost the history") {
  const Config config = config_with({"web"});
  const std::string text = object({{"web", cells({1, 2, 3})}});
  for (const Day damaged : {Day{}, Day{} - kOneDay, kToday + 2 * kOneDay, kToday + 100'000 * kOneDay}) {
    const RecordedHistory result = recorded(config, {damaged, 3, text}, kToday, 3, kSet);
    CHECK(result.last_day == kToday);
    CHECK(result.cells == object({{"web", cell(1) + kSetCells}}));
  }
}

TEST_CASE("another retention takes effect at a day change only") {
  const Config config = config_with({"web"});
  const std::string text = object({{"web", cells({1, 2, 3})}});
  for (const int retention : {1, 2, 5}) {
    const RecordedHistory same_day = recorded(config, {kToday, 3, text}, kToday, retention);
    CHECK(same_day.cells == text);
    CHECK(same_day.days == 3);
  }
  const auto next_day = [&](int retention) {
    const RecordedHistory result = recorded(config, {kToday, 3, text}, kToday + kOneDay, retention, kSet);
    CHECK(result.days == retention);
    return result.cells;
  };
  CHECK(next_day(1) == object({{"web", pack(kSet.today)}}));
  CHECK(next_day(2) == object({{"web", kSetCells}}));
  CHECK(next_day(3) == object({{"web", cell(2) + kSetCells}}));
  CHECK(next_day(5) == object({{"web", cells({0, 1, 2}) + kSetCells}}));
}

TEST_CASE("a service without a history gets one with its first cells") {
  const Config config = config_with({"web", "db"});
  CHECK(recorded(config, {}, kToday, 3, kSet).cells ==
        object({{"web", cell(0) + kSetCells}, {"db", cell(0) + kSetCells}}));
  CHECK(recorded(config, {kToday, 2, "{}"}, kToday, 3, kSet).cells ==
        object({{"web", kSetCells}, {"db", kSetCells}}));
  CHECK(recorded(config, {}, kToday, 3).cells == "{}");
  const RecordedHistory first = recorded(config, {}, kToday, 3);
  CHECK(first.last_day == kToday);
  CHECK(first.days == 3);
}

TEST_CASE("a renamed service takes over the histories under its previous ids") {
  const Config config = config_of({{.id = "web"}, {.id = "db", .previous_ids = {"mysql", "maria"}}});
  const std::string text = object({{"mysql", cells({1, 2, 3})},
                                   {"web", cells({7, 7, 7})},
                                   {"db", cells({0, 1, 1439})},
                                   {"maria", cells({4, 0, 1})}});
  CHECK(recorded(config, {kToday, 3, text}, kToday, 3).cells ==
        object({{"web", cells({7, 7, 7})}, {"db", cells({5, 3, 1440})}}));
  CHECK(recorded(config, {kToday, 3, text}, kToday + kOneDay, 3, kSet).cells ==
        object({{"web", cell(7) + kSetCells}, {"db", cell(3) + kSetCells}}));
  CHECK(recorded(config, {kToday, 3, object({{"maria", cells({4, 0, 1})}})}, kToday, 3).cells ==
        object({{"db", cells({4, 0, 1})}}));
}

TEST_CASE("histories of unconfigured ids stay until they are empty at a day change") {
  const Config config = config_with({"web"});
  const std::string text = object({{"gone", cells({1, 0, 0})}, {"empty", cells({0, 0, 0})}});
  CHECK(recorded(config, {kToday, 3, text}, kToday, 3).cells == text);
  CHECK(recorded(config, {kToday, 3, text}, kToday + kOneDay, 3).cells == "{}");
  const std::string later = object({{"gone", cells({0, 0, 1})}});
  CHECK(recorded(config, {kToday, 3, later}, kToday + 2 * kOneDay, 3).cells ==
        object({{"gone", cells({1, 0, 0})}}));
  CHECK(recorded(config, {kToday, 3, later}, kToday + 3 * kOneDay, 3).cells == "{}");
}

TEST_CASE("histories of a wrong length are fitted and counted") {
  const Config config = config_with({"web", "db", "mail", "list"});
  const std::string text = "{\"web\":\"" + cells({2, 3}) + "\",\"db\":\"" + cells({8, 1, 2, 3}) +
                           "\",\"mail\":\"" + cells({1, 2}) + "AAA\",\"list\":[1,{\"a\":2}]}";
  const RecordedHistory result = recorded(config, {kToday, 3, text}, kToday, 3);
  CHECK(result.cells == object({{"web", cells({0, 2, 3})},
                                {"db", cells({1, 2, 3})},
                                {"mail", cells({0, 1, 2})},
                                {"list", cells({0, 0, 0})}}));
  CHECK(result.repaired == 4);
  CHECK_FALSE(result.damaged);
}

TEST_CASE("without the number of days every history is fitted to the retention") {
  const Config config = config_with({"web"});
  const std::string text = object({{"web", cells({1, 2, 3})}});
  CHECK(recorded(config, {kToday, 0, text}, kToday, 2).cells == object({{"web", cells({2, 3})}}));
  CHECK(recorded(config, {kToday - kOneDay, 0, text}, kToday, 4).cells ==
        object({{"web", cells({1, 2, 3, 0})}}));
}

TEST_CASE("damaged cells never break the document that they stand in") {
  const Config config = config_with({"web", "db"});
  for (const char* bad : {"\\\"", "\\\\", "\\u0041", "\\", "\xFF\xFE"}) {
    for (size_t at = 0; at <= 24; ++at) {
      std::string web = cells({1, 2, 3});
      web = web.substr(0, at) + bad + web.substr(at);
      const std::string text = "{\"web\":\"" + web + "\",\"db\":\"" + cells({4, 5, 6}) + "\"}";
      for (const int later : {0, 1, 2}) {
        for (const int days : {1, 2, 3, 4}) {
          INFO(text << " " << later << " " << days);
          const RecordedHistory result =
              recorded(config, {kToday, 3, text}, kToday + std::chrono::days{later}, days, kSet);
          const RecordedHistory again =
              recorded(config, {result.last_day, result.days, result.cells}, result.last_day, days, kSet);
          CHECK_FALSE(again.damaged);
          const bool swallows = std::string_view(bad) == "\\" && at == 24;  // the quote, and with it the rest
          const auto read = read_history(config, {result.last_day, result.days, again.cells});
          for (const std::string_view one : read) CHECK((swallows || one.ends_with(pack(kSet.today))));
        }
      }
    }
  }
}

TEST_CASE("two short histories are not taken for one of the right length") {
  const Config config = config_with({"web", "0123456789"});
  const std::string text = object({{"web", cells({1})}, {"0123456789", cells({2})}});
  const RecordedHistory result = recorded(config, {kToday, 4, text}, kToday, 4, kSet);
  CHECK(result.cells ==
        object({{"web", cells({0, 0}) + kSetCells}, {"0123456789", cells({0, 0}) + kSetCells}}));
  CHECK(result.repaired == 2);
}

TEST_CASE("a history cut at any byte keeps the services that are complete") {
  const Config config = config_with({"web", "db"});
  const std::string text = object({{"web", cells({1, 2})}, {"db", cells({3, 4})}});
  const std::string first = object({{"web", cells({1, 2})}});
  each_beginning(text, [&](std::string_view cut) {
    INFO(cut);
    const RecordedHistory result = recorded(config, {kToday, 2, cut}, kToday, 2);
    CHECK(result.damaged == (!cut.empty() && cut.size() < text.size()));
    const bool has_web = cut.size() >= first.size() - 1;
    const bool has_db = cut.size() >= text.size() - 1;
    CHECK(result.cells == (has_db ? text : has_web ? first : "{}"));
    const auto read = read_history(config, {kToday, 2, cut});
    CHECK(read[0] == (has_web ? cells({1, 2}) : ""));
    CHECK(read[1] == (has_db ? cells({3, 4}) : ""));
  });
}

TEST_CASE("the history is found under the present id before any earlier one") {
  const Config config = config_of({{.id = "web"}, {.id = "db", .previous_ids = {"mysql"}}, {.id = "new"}});
  const std::string both = object({{"db", cells({1})}, {"mysql", cells({2})}, {"web", cells({3})}});
  CHECK(read_history(config, {kToday, 1, both}) == std::vector<std::string_view>{cell(3), cell(1), ""});
  const std::string earlier = object({{"mysql", cells({2})}});
  CHECK(read_history(config, {kToday, 1, earlier}) == std::vector<std::string_view>{"", cell(2), ""});
  CHECK(read_history(config, {}) == std::vector<std::string_view>(3));
}

TEST_CASE("what follows the object of the history is not looked at") {
  const Config config = config_with({"web"});
  const std::string text = object({{"web", cells({1})}});
  CHECK(recorded(config, {kToday, 1, text + "}}, \\ \""}, kToday, 1).cells == text);
}

TEST_CASE("days outside of a history are empty") {
  const std::string text = cells({1, 2, 3});
  const auto up = [&](Day last_day, int days) {
    std::vector<int> minutes;
    for (const Minutes& day : daily_minutes(text, last_day, kToday, days)) minutes.push_back(day.up);
    return minutes;
  };
  CHECK(up(kToday, 3) == std::vector{1, 2, 3});
  CHECK(up(kToday, 2) == std::vector{2, 3});
  CHECK(up(kToday, 5) == std::vector{0, 0, 1, 2, 3});
  CHECK(up(kToday - kOneDay, 3) == std::vector{2, 3, 0});
  CHECK(up(kToday - 3 * kOneDay, 3) == std::vector{0, 0, 0});
  CHECK(up(kToday + kOneDay, 2) == std::vector{1, 2});
  CHECK(up(kToday + 9 * kOneDay, 2) == std::vector{0, 0});
  CHECK(up(kToday, 0).empty());
  CHECK(daily_minutes("", kToday, kToday, 1) == std::vector<Minutes>(1));
}

TEST_CASE("a bad cell reads as zero, the others as they are") {
  const std::string text = cell(1) + "AA\\\"AAAA" + cell(3) + "A";
  CHECK(daily_minutes(Exact(text).view(), kToday, kToday, 3) ==
        std::vector<Minutes>{{.up = 1}, {}, {.up = 3}});
}

}  // namespace hb::history_test
