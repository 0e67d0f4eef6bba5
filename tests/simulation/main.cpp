// The simulation as a program; `npm run simulate` builds and runs it.
//
//   simulate FIRST COUNT    plays so many seeds, and prints a line of JSON for each: {"seed", "findings", …}
//   simulate FIRST COUNT shrink    the same, and cuts the story of a seed that comes to a finding
#include <cstdio>
#include <cstdlib>
#include <string>

#include "simulation/simulation.hpp"
#include "text/json_writer.hpp"

namespace hb::simulation {
namespace {

void print_shrunk(JsonWriter& json, const Story& story) {
  json.member("story", in_words(story)).key("trace").begin_array();
  for (const std::string& line : play(story).trace) json.value(line);
  json.end_array();
}

void print(const Story& story, const Played& played, bool shrinks) {
  JsonWriter json;
  json.begin_object().member("seed", static_cast<int64_t>(story.seed)).key("findings").begin_array();
  for (const Finding& finding : played.findings) {
    json.begin_object().member("at", finding.at).member("what", finding.what).end_object();
  }
  const Figures& figures = played.figures;
  json.end_array().member("minutes", figures.time / 1min).member("heartbeats", figures.heartbeats);
  json.member("acknowledged", figures.acknowledged).member("checks", figures.checks);
  json.member("messages", figures.messages).member("incidents", figures.incidents);
  json.member("deaths", figures.deaths);
  if (shrinks && !played.findings.empty()) print_shrunk(json, shrunk(story));
  std::puts(json.end_object().take().c_str());
  std::fflush(stdout);
}

}  // namespace
}  // namespace hb::simulation

int main(int count, char** arguments) {
  using namespace hb::simulation;
  if (count < 3) return 2;
  const uint64_t first = std::strtoull(arguments[1], nullptr, 10);
  const uint64_t seeds = std::strtoull(arguments[2], nullptr, 10);
  const bool shrinks = count > 3 && std::string(arguments[3]) == "shrink";
  for (uint64_t seed = first; seed < first + seeds; ++seed) {
    const Story story = story_of(seed, Scale::whole);
    print(story, play(story), shrinks);
  }
  return 0;
}
