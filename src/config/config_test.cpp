#include "config/config_test.hpp"

#include <fstream>
#include <sstream>

#include "text/json.hpp"

namespace hb::config_test {
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
    std::string path;
    std::string fault;
  };
  const std::string kExtra = "comments and trailing commas are not allowed";
  const std::string kTrailing = "nothing follows the comma before it; " + kExtra;
  const std::string kEnds = "the text ends here, but something is still open";
  const std::string kComma = "a comma is missing before it, or a quote is one too many";
  const std::string kNot = "this is not JSON";
  const std::string kText =
      "this text is not JSON in UTF-8; it must end in its line, with \\ only before \" \\ / b f n r t u";
  const std::vector<Row> rows = {{"", "", "is empty; a file that says nothing is {}"},
                                 {" \n", "", "is empty; a file that says nothing is {}"},
                                 {"{\n\"a\": 1,\n}", "line 3, column 1", kTrailing},
                                 {"{\"a\": [1, ]}", "line 1, column 11", kTrailing},
                                 {"{\n\"a\": [1\n \"bcd\"]}", "line 3, column 2", kComma},
                                 {"{\"a\": \"b\" \"c\": 1}", "line 1, column 11", kComma},
                                 {"{\n  // a comment\n}", "line 2, column 3", kExtra},
                                 {"{\"a\": 1 /* one */}", "line 1, column 9", kExtra},
                                 {"# all\n{}", "line 1, column 1", kExtra},
                                 {"{'a': 1}", "line 1, column 2", "texts and names stand in double quotes"},
                                 {"{\"a\":\n{\"b\"}}", "line 2, column 5", kNot},
                                 {"{}\n}", "line 2, column 1", kNot},
                                 {"{\"a\": 1", "line 1, column 8", kEnds},
                                 {"{\"a\": \"b", "line 1, column 7", kText},
                                 {"{\"\xc3\xa9\": \"b\n\"}", "line 1, column 7", kText},
                                 {"{\"a\": \"\\x\"}", "line 1, column 7", kText},
                                 {"{\"a\": 01}", "line 1, column 7", kNot},
                                 {"{\"a\": NaN}", "line 1, column 7", kNot},
                                 {"{\"a\": 1e999}", "line 1, column 7", kNot},
                                 {"{\"a\": \"\xff\"}", "line 1, column 7", kText},
                                 {"{\"a\": \"\xc3\"}", "line 1, column 7", kText},
                                 {std::string("{\0}", 3), "line 1, column 2", kNot}};
  for (const File& file : kFiles) {
    for (const Row& row : rows) {
      Files files;
      files.*file.text = row.text;
      INFO(file.name << ": " << row.text);
      CHECK(parse(files).faults == std::vector{Fault{std::string(file.name) + ".json", row.path, row.fault}});
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

TEST_CASE("a key that is no text is a warning that names whose it is") {
  const auto parsed = parse({.env = {{"API_KEYS", R"({"web":12345,"db":"d"})"}}});

  CHECK(parsed.faults.empty());
  CHECK(sentences(parsed.warnings) ==
        std::vector<std::string>{
            "API_KEYS: web: must be a key in quotes; until then it is as if there were none"});
}

TEST_CASE("a name that is almost that of a field is a fault at every level, another one a warning") {
  const auto wrong = [](std::string Files::*file_text, const std::string& file, const std::string& path,
                        const std::string& meant) {
    Files files;
    files.*file_text = file;
    const auto parsed = parse(files);
    INFO(file << "\n" << joined(parsed.faults) << joined(parsed.warnings));
    CHECK(parsed.faults.size() == 1);
    CHECK(has(parsed.faults, path, "; did you mean \"" + meant + "\"?"));
  };
  wrong(&Files::services, R"({"service":[]})", "service", "services");
  wrong(&Files::services, R"({"services":[{"id":"a","stalenesThreshold":300}]})",
        "services[0].stalenesThreshold", "stalenessThreshold");
  wrong(&Files::services, R"({"services":[{"id":"a","auth":{"requierd":false}}]})",
        "services[0].auth.requierd", "required");
  wrong(&Files::services, R"({"groups":[{"id":"g","Services":[]}]})", "groups[0].Services", "services");
  wrong(&Files::settings, R"({"monitoring":{"recordSecond":300}})", "monitoring.recordSecond",
        "recordSeconds");
  wrong(&Files::dashboard, R"({"header":{"tilte":"x"}})", "header.tilte", "title");
  wrong(&Files::notifications,
        R"({"channels":[{"type":"webhook","enabled":false,"config":{"mehtod":"PUT"}}]})",
        "channels[0].config.mehtod", "method");
  wrong(&Files::notifications, R"({"templates":{"discrod":{}}})", "templates.discrod", "discord");
  wrong(&Files::notifications, R"({"templates":{"discord":{"fields":[{"vallue":"x"}]}}})",
        "templates.discord.fields[0].vallue", "value");
  const auto parsed = parse({.settings = R"({"colour":1})"});
  CHECK(parsed.faults.empty());
  CHECK(has(parsed.warnings, "colour", "is not a known field and has no effect"));
}

TEST_CASE("what begins with an underscore is a comment, anywhere") {
  const auto parsed = parse(
      {.services = R"({"_":1,"groups":[{"_a":1,"id":"g","auth":{"_b":[]}}],
                      "services":[{"_description":"x","id":"a","notifications":{"_":{}}}]})",
       .notifications =
           R"({"_":1,"settings":{"_":1},"templates":{"_":1,"slack":{"_x":"y","fields":[{"_":1}]}},
           "channels":[{"_":1,"type":"webhook","enabled":false,"config":{"_":1,"headers":{"_":1}}}]})",
       .settings =
           R"({"_api":1,"api":{"_x":1},"uptimeThresholds":{"_":1,"mine":[{"_":1,"min":0,"color":"red"}]}})",
       .dashboard =
           R"({"_":1,"theme":{"colors":{"light":{"_":1}}},"header":{"links":[{"_":1,"text":"a","url":"/"}]}})"});

  CHECK(joined(parsed.faults) + joined(parsed.warnings) == "");
}

TEST_CASE("what stands in the place of something else is named, and how to write it") {
  check_faults(
      &Files::services,
      {{R"({"services":[{"id":"a","stalenessThreshold":"180"}]})", "services[0].stalenessThreshold",
        "must be a whole number from 60 to 31536000, but is the text \"180\"; write 180 without the quotes"},
       {R"({"services":[{"id":"a","stalenessThreshold":30}]})", "services[0].stalenessThreshold",
        "(the check runs every 60 s, by checkIntervalSeconds in settings.json), but is 30"},
       {R"({"services":[{"id":"a","stalenessThreshold":300.5}]})", "services[0].stalenessThreshold",
        "must be a whole number from 60 to 31536000, but is 300.5"},
       {R"({"services":[{"id":"a","stalenessThreshold":null}]})", "services[0].stalenessThreshold",
        "but is null"},
       {R"({"services":[{"id":"a","enabled":"false"}]})", "services[0].enabled",
        "must be true or false, but is the text \"false\"; write false without the quotes"},
       {R"({"services":[{"id":"a","enabled":1}]})", "services[0].enabled", "must be true or false, but is 1"},
       {R"({"services":[{"id":"a","name":7}]})", "services[0].name", "but is 7"},
       {R"({"services":{"a":{}}})", "services", "must be a list, as in […], but is an object"},
       {R"({"services":["a"]})", "services[0]", "must be an object, as in {…}, but is the text \"a\""}});
  check_faults(&Files::settings, {{R"({"allowedOrigins":["*"]})", "allowedOrigins[0]",
                                   "with * every page that somebody visits could read the answers"},
                                  {R"({"allowedOrigins":"*"})", "allowedOrigins", "but is the text \"*\""},
                                  {R"({"monitoring":{"collectorLocation":"europe"}})",
                                   "monitoring.collectorLocation", "but is the text \"europe\""}});
  check_faults(&Files::dashboard, {{R"({"header":{"logoUrl":"http://a.example/logo.png"}})", "header.logoUrl",
                                    "browsers load nothing into it that comes by http"}});
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
}  // namespace hb::config_test
