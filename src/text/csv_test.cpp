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
  CHECK(cell(" a=1") == " a=1");
  CHECK(cell("\u00a0") == "\u00a0");
}

TEST_CASE("a formula behind blanks of any kind is one, and so is one in wide characters") {
  for (const std::string blank :
       {" ", "  ", "\t", "\v", "\f", "\u00a0", "\u2003", "\u200b", "\u3000", "\ufeff", " \u00a0 "}) {
    for (const std::string begin : {"=", "+", "-", "@", "\uff1d"}) {
      INFO(blank << begin);
      CHECK(cell(blank + begin + "1") == "'" + blank + begin + "1");
    }
  }
  CHECK(cell("\uff0b1") == "'\uff0b1");
}

}  // namespace hb::csv_test
