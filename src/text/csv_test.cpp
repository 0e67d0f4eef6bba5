#include "text/csv.hpp"

#include "catch.hpp"

namespace hb::csv_test {
namespace {

std::string cell(std::string_view text) {
  std::string out;
  append_csv_cell(out, text);
  return out;
}

}  // namespace

TEST_CASE("a cell is quoted only when it holds a comma, a quote or a line break") {
  CHECK(cell("") == "");
  CHECK(cell("Web shop; 2 'nodes'") == "Web shop; 2 'nodes'");
  CHECK(cell("a,b") == "\"a,b\"");
  CHECK(cell("the \"big\" one") == "\"the \"\"big\"\" one\"");
  CHECK(cell("two\nlines") == "\"two\nlines\"");
  CHECK(cell("two\rlines") == "\"two\rlines\"");
}

TEST_CASE("a cell that a spreadsheet would run gets an apostrophe inside its quotes") {
  for (const std::string begin : {"=", "+", "-", "@", "\t"}) {
    INFO(begin);
    CHECK(cell(begin + "1") == "'" + begin + "1");
  }
  CHECK(cell("\rx") == "\"'\rx\"");
  CHECK(cell("\nx") == "\"'\nx\"");
  CHECK(cell("=HYPERLINK(\"x\",1)") == "\"'=HYPERLINK(\"\"x\"\",1)\"");
}

TEST_CASE("a sign inside a cell is no formula") {
  CHECK(cell("a=1") == "a=1");
  CHECK(cell(" =1") == " =1");
}

}  // namespace hb::csv_test
