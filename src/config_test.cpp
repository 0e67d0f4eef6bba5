#include "config_test.hpp"

#include <fstream>
#include <sstream>

#include "json.hpp"

namespace hb {
namespace {

struct File {
  const char* name;
  std::string Files::*text;
};

const std::vector<File> kFiles = {{"services", &Files::services},
                                  {"notifications", &Files::notifications},
                                  {"settings", &Files::settings},
                                  {"dashboard", &Files::dashboard}};

std::string shipped(const std::string& name) {
  const std::string data = TEST_DATA;
  std::ifstream file(data.substr(0, data.rfind("tests")) + "config/" + name);
  std::stringstream text;
  text << file.rdbuf();
  REQUIRE(file.good());
  return text.str();
}

Files shipped_files() {
  Files files;
  for (const File& file : kFiles) files.*file.text = shipped(std::string(file.name) + ".json");
  return files;
}

TEST_CASE("the configuration as shipped has neither faults nor warnings") {
  const auto parsed = parse(shipped_files());

  CHECK(joined(parsed.faults) + joined(parsed.warnings) == "");
  CHECK(parsed.config.services.size() == 3);
  CHECK(parsed.config.groups.size() == 2);
  CHECK(parsed.config.notifications.channels.size() == 7);
}

TEST_CASE("files that say nothing are a configuration without services") {
  const auto parsed = parse({});

  CHECK(joined(parsed.faults) + joined(parsed.warnings) == "");
  CHECK(parsed.config.services.empty());
  CHECK(parsed.config.by_id.empty());
}

TEST_CASE("a file that is not JSON is one fault with its line") {
  struct Row {
    std::string text;
    std::string fault;
  };
  const std::vector<Row> rows = {{"", "is empty; a file that says nothing is {}"},
                                 {" \n", "is empty; a file that says nothing is {}"},
                                 {"{\n\"a\": 1,\n}", "is not valid JSON; look at line 3"},
                                 {"{\n\"a\": [1\n \"b\"]}", "is not valid JSON; look at line 3"},
                                 {"{\n// a comment\n}", "is not valid JSON; look at line 2"},
                                 {"{'a': 1}", "is not valid JSON; look at line 1"},
                                 {"{\"a\":\n{\"b\"}}", "is not valid JSON; look at line 2"},
                                 {"{}\n}", "is not valid JSON; look at line 2"},
                                 {"{\"a\": \"b", "is not valid JSON; look at line 1"},
                                 {"{\"a\": 01}", "is not valid JSON in UTF-8"},
                                 {"{\"a\": NaN}", "is not valid JSON in UTF-8"},
                                 {"{\"a\": 1e999}", "is not valid JSON in UTF-8"},
                                 {"{\"a\": \"\xff\"}", "is not valid JSON in UTF-8"},
                                 {"{\"a\": \"\xc3\"}", "is not valid JSON in UTF-8"}};
  for (const File& file : kFiles) {
    for (const Row& row : rows) {
      Files files;
      files.*file.text = row.text;
      INFO(file.name << ": " << row.text);
      CHECK(parse(files).faults == std::vector{Fault{std::string(file.name) + ".json", "", row.fault}});
    }
  }
}

TEST_CASE("nesting too deep for anybody is a fault and not the end") {
  for (const std::string opening : {"[", "{\"a\":"}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += opening;
    for (const File& file : kFiles) {
      Files files;
      files.*file.text = text;
      INFO(file.name << " " << opening);
      CHECK(parse(files).faults.size() == 1);
    }
  }
}

TEST_CASE("faults of all files are told together") {
  const auto parsed = parse({.services = R"({"services":7})",
                             .notifications = R"({"enabled":7})",
                             .settings = "{",
                             .dashboard = R"({"customCss":7})"});

  CHECK(parsed.faults.size() == 4);
}

TEST_CASE("a damaged API_KEYS is a warning that shows nothing of it") {
  const auto parsed = parse({.env = {{"API_KEYS", "{\"a\":\"hush\""}}});

  CHECK(parsed.faults.empty());
  REQUIRE(parsed.warnings.size() == 1);
  CHECK(parsed.warnings[0].file == "API_KEYS");
  CHECK(joined(parsed.warnings).find("hush") == std::string::npos);
}

TEST_CASE("a fault is a sentence of file, place and text") {
  CHECK(sentence({"a.json", "b[0].c", "must be text"}) == "a.json: b[0].c: must be text");
  CHECK(sentence({"a.json", "", "is empty"}) == "a.json: is empty");
}

// What the schema at `at` allows, with every member that it names. `root` resolves references.
class Sample {
 public:
  explicit Sample(const Json& root) : root_(root) {}

  Json of(const Json& at) const {
    if (const auto name = string_member(at, "$ref")) return of(definition(name->substr(8)));
    if (const Json* words = member(at, "enum")) return elements(*words).front();
    if (const Json* ways = first_member(at, {"anyOf", "oneOf"})) return of(elements(*ways).back());
    const std::string type = string_member(at, "type").value_or("");
    if (type == "object") return object(at);
    if (type == "array") return Json::array({of(*member(at, "items"))});
    if (type == "boolean") return true;
    if (type == "string") return "x";
    return integer_member(at, "minimum").value_or(0);
  }

  const Json& definition(const std::string& name) const { return *member(*member(root_, "$defs"), name); }

 private:
  static const Json* first_member(const Json& at, std::initializer_list<const char*> names) {
    for (const char* name : names) {
      if (const Json* found = member(at, name)) return found;
    }
    return nullptr;
  }

  Json object(const Json& at) const {
    Json out = Json::object();
    if (const Json* known = member(at, "properties")) {
      for (const auto& [name, schema] : members(*known)) out[name] = of(schema);
    }
    const Json* others = member(at, "additionalProperties");
    if (others != nullptr && others->is_object()) out["free"] = of(*others);
    return out;
  }

  const Json& root_;
};

// The settings of a channel depend on its type.
Json sample_channels(const Sample& sample) {
  Json out = Json::array();
  for (const char* type : {"email", "webhook"}) {
    Json channel = sample.of(sample.definition("channel"));
    channel["type"] = type;
    channel["config"] = sample.of(sample.definition(type));
    out.push_back(channel);
  }
  return out;
}

TEST_CASE("every member that a schema names is known to the program") {
  for (const File& file : kFiles) {
    const auto schema = parse_json(shipped("schemas/" + std::string(file.name) + ".schema.json"));
    REQUIRE(schema);
    const Sample sample(*schema);
    Json everything = sample.of(*schema);
    if (member(everything, "channels")) everything["channels"] = sample_channels(sample);
    Files files;
    files.*file.text = everything.dump();
    const auto parsed = parse(files);
    INFO(files.*file.text << "\n" << joined(parsed.warnings));
    CHECK(std::none_of(parsed.warnings.begin(), parsed.warnings.end(), [](const Fault& fault) {
      return fault.text.find("not a known field") != std::string::npos ||
             fault.text.find("not the name of a template") != std::string::npos;
    }));
  }
}

// Puts each of `garbage` at every place of `json` in turn, and calls `visit` with the whole.
template <class Visit>
void with_garbage(Json& whole, Json& at, const std::vector<Json>& garbage, Visit visit) {
  const Json before = at;
  for (const Json& odd : garbage) {
    at = odd;
    visit(whole);
  }
  at = before;
  if (!at.is_structured()) return;
  for (Json& inner : at) with_garbage(whole, inner, garbage, visit);
}

TEST_CASE("nothing of a wrong type, anywhere in any file, ends the program", "[slow]") {
  const std::vector<Json> garbage = {nullptr,
                                     true,
                                     -1,
                                     1e308,
                                     "",
                                     std::string(10'000, 'x'),
                                     "\x01",
                                     Json::array(),
                                     Json::array({nullptr, Json::array(), 5}),
                                     {},
                                     Json::object(),
                                     {{"", {{"", nullptr}}}, {"id", 1}}};
  size_t tries = 0;
  for (const File& file : kFiles) {
    const auto schema = parse_json(shipped("schemas/" + std::string(file.name) + ".schema.json"));
    REQUIRE(schema);
    const Sample sample(*schema);
    Json everything = sample.of(*schema);
    if (member(everything, "channels")) everything["channels"] = sample_channels(sample);
    with_garbage(everything, everything, garbage, [&](const Json& odd) {
      Files files;
      files.*file.text = odd.dump();
      parse(files);
      ++tries;
    });
  }
  CHECK(tries > 1'000);
}

}  // namespace
}  // namespace hb
