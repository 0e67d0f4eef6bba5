#include "text/id_table.hpp"

#include <map>
#include <random>
#include <string>

#include "catch.hpp"

namespace hb::id_table_test {

TEST_CASE("ids are numbered as they first come, and found in whatever order they come again") {
  std::vector<std::string> ids;
  for (int i = 0; i < 300; ++i)
    ids.push_back(std::string(static_cast<size_t>(i % 20), 'x') + std::to_string(i));
  IdTable table;
  std::map<std::string, size_t> expected;
  std::mt19937 random(7);
  for (int i = 0; i < 5'000; ++i) {
    const std::string& id =
        i % 3 == 0 ? ids[random() % ids.size()] : ids[static_cast<size_t>(i) % ids.size()];
    const auto before = expected.find(id);
    const auto found = before == expected.end() ? std::nullopt : std::optional(before->second);
    REQUIRE(table.find(id) == found);
    const size_t position = expected.try_emplace(id, expected.size()).first->second;
    REQUIRE(table.add(id) == position);
    REQUIRE(table[position] == id);
  }
  CHECK(table.size() == ids.size());
  CHECK_FALSE(table.find("x"));
}

TEST_CASE("of two ids that differ in one place only each has its own number") {
  IdTable table(2);
  CHECK(table.add("service-1-of-many") == 0);
  CHECK(table.add("service-2-of-many") == 1);
  CHECK(table.add("service-1-of-many") == 0);
  CHECK_FALSE(table.find("service-1-of-man"));
}

}  // namespace hb::id_table_test
