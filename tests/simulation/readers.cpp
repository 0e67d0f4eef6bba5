#include "simulation/readers.hpp"

#include <algorithm>
#include <sstream>

#include "text/json_writer.hpp"

namespace hb::simulation {
namespace {

constexpr size_t kBoss = 2;   // takes only that something is down
constexpr size_t kPager = 3;  // keeps incidents
constexpr std::string_view kAnything = "anything";
constexpr Millis kLateCheck = 90s;  // a check may tell so long after the time that it is for

// "s007 is down" and its like, in a line.
std::string status_in(const std::string& line, const std::string& name) {
  for (const std::string verb : {" is still ", " is ", " was "}) {
    const size_t at = line.find(name + verb);
    if (at == line.npos) continue;
    const std::string rest = line.substr(at + name.size() + verb.size());
    for (const std::string status : {"up", "degraded", "down"}) {
      if (rest.starts_with(status)) return verb == " was " ? "up" : status;
    }
  }
  return line.find("No more about " + name) == line.npos ? "" : "up";
}

}  // namespace

std::string notifications_of(const Story& story) {
  JsonWriter json;
  json.begin_object().key("channels").begin_array();
  for (size_t i = 0; i < kChannels; ++i) {
    json.begin_object()
        .member("type", i == kPager ? "pagerduty" : "webhook")
        .member("name", kChannelNames[i]);
    if (i == kBoss || i == kPager) json.key("events").begin_array().value("down").end_array();
    json.end_object();
  }
  json.end_array().key("settings").begin_object().member("cooldownMinutes", story.cooldown_minutes);
  return json.end_object().end_object().take();
}

std::map<std::string, std::string> channel_secrets() {
  return {{"NOTIFICATION_OPS_URL", "https://ops.example/"},
          {"NOTIFICATION_TEAM_URL", "https://team.example/"},
          {"NOTIFICATION_BOSS_URL", "https://boss.example/"},
          {"NOTIFICATION_PAGER_ROUTINGKEY", "0123456789abcdef0123456789abcdef"}};
}

Readers::Readers(const Story& story, const Timeline& timeline, const Weather& weather, const Model& model,
                 Findings& findings)
    : story_(story), timeline_(timeline), weather_(weather), model_(model), findings_(findings) {}

Answer Readers::answer(const Send& send) {
  const auto is_its = [&](const char* name) {
    return send.url == "https://" + std::string(name) + ".example/";
  };
  const auto name = std::find_if(kChannelNames.begin(), kChannelNames.begin() + kPager, is_its);
  const auto channel = static_cast<size_t>(name - kChannelNames.begin());
  const auto is = [&](Trouble trouble) {
    return weather_.is(trouble, static_cast<int>(channel), timeline_.now());
  };
  const bool is_silent = is(Trouble::provider_is_silent);
  Answer answer{.status = channel == kPager ? 202 : 200};
  if (is_silent) answer = {.error = "TimeoutError"};
  if (is(Trouble::provider_limits)) answer = {.status = 429, .retry_after = "150"};
  if (is(Trouble::provider_refuses_text)) answer = {.status = 400};
  if (is(Trouble::provider_refuses_key)) answer = {.status = 401};
  if (is(Trouble::provider_fails)) answer = {.status = 500};
  findings_.note(std::string(kChannelNames[channel]) + " answers " + std::to_string(answer.status) +
                 answer.error + " to " + send.body.substr(0, 300));
  const bool is_heard = answer.status < 300 && (!is_silent || to_ms(timeline_.now()) % 2 == 0);
  if (is_heard) hear(channel, send);
  if (is_silent) doubt();
  return answer;
}

void Readers::hear(size_t channel, const Send& send) {
  ++accepted_;
  Reader& reader = readers_[channel];
  const auto body = parse_json(send.body);
  findings_.expect(body.has_value(), std::string(kChannelNames[channel]) + " gets no JSON: " + send.body);
  if (!body) return;
  const auto before = reader.bodies.find(send.body);
  findings_.expect(before == reader.bodies.end() || before->second < doubts_,
                   std::string(kChannelNames[channel]) + " gets twice: " + send.body);
  reader.bodies[send.body] = doubts_;
  channel == kPager ? hear_incident(reader, *body) : hear_message(reader, *body);
}

void Readers::hear_incident(Reader& reader, const Json& body) {
  const std::string key = body["dedup_key"];
  if (body["event_action"] == "trigger") {
    reader.incidents[key] = true;
  } else {
    const bool is_probe = key.starts_with("channel:");  // by which a broken channel is found to work again
    findings_.expect(is_probe || reader.incidents.contains(key) || doubts_ > 0,
                     "an incident is closed that was never opened: " + key);
    reader.incidents[key] = false;
  }
}

void Readers::hear_message(Reader& reader, const Json& body) {
  const std::string text = body["title"].get<std::string>() + "\n" + body["message"].get<std::string>();
  for (size_t i = 0; i < story_.services.size(); ++i) {
    const std::string name = service_name(i);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      if (line.find(name) == line.npos) continue;
      reader.told[i].push_back({timeline_.now(), status_in(line, name), text});
    }
  }
  if (body.contains("digest") && body["digest"]["more"].get<int>() > 0) hear_of_others(reader, text);
  if (!body.contains("service") || body["event"] != "down") return;
  const std::string id = body["service"]["id"];
  for (size_t i = 0; i < story_.services.size(); ++i) {
    if (service_name(i) != id) continue;
    findings_.expect(model_.status(i) == "down", id + " is told to be down, and is " + model_.status(i));
  }
}

// A digest that only counts the rest may speak of anybody.
void Readers::hear_of_others(Reader& reader, const std::string& text) {
  for (size_t i = 0; i < story_.services.size(); ++i) {
    reader.told[i].push_back({timeline_.now(), std::string(kAnything), text});
  }
}

void Readers::check_all() {
  for (size_t channel = 0; channel < kChannels; ++channel) {
    for (const auto& [key, is_open] : readers_[channel].incidents) {
      findings_.expect(!is_open, "an incident stays open: " + key);
    }
    for (size_t i = 0; i < story_.services.size() && channel != kPager; ++i) {
      bool goes_on = false;  // a problem that they were told of, and whose end they do not take
      for (const Stay& stay : model_.stays(i)) {
        if (!goes_on) check_told(channel, i, stay);
        goes_on = channel == kBoss && (stay.status == "down" || (goes_on && stay.status == "degraded"));
      }
      std::string believed;
      for (const Told& told : readers_[channel].told[i]) {
        if (!told.status.empty()) believed = told.status;
      }
      const bool is_well =
          believed.empty() || believed == kAnything || believed == model_.status(i) || channel == kBoss;
      findings_.expect(is_well, std::string(kChannelNames[channel]) + " believes at the end that " +
                                    service_name(i) + " is " + believed + ", and it is " + model_.status(i));
    }
  }
}

// Who takes it was told of each outage that lasted: while it did, or by its time afterwards.
void Readers::check_told(size_t channel, size_t service, const Stay& stay) {
  const bool is_taken = stay.status == "down" || (stay.status == "degraded" && channel != kBoss);
  const bool lasted = stay.checks >= story_.services[service].failure_threshold && stay.until != Time{};
  if (!is_taken || !lasted || stay.is_excused) return;
  findings_.expect(was_told(readers_[channel], service, stay),
                   std::string(kChannelNames[channel]) + " was never told that " + service_name(service) +
                       " was " + stay.status + " from " + humanized_time(stay.from) + " to " +
                       clock_time(stay.until));
}

bool Readers::was_told(const Reader& reader, size_t service, const Stay& stay) const {
  const auto found = reader.told.find(service);
  if (found == reader.told.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const Told& told) {
    const bool says_it = told.status == stay.status || told.status == kAnything;
    const bool is_of_now = told.at >= stay.from && told.at <= stay.until + kLateCheck && says_it;
    const bool names_it = told.text.find(clock_time(stay.from).substr(0, 5)) != told.text.npos;
    return is_of_now || (told.at >= stay.from && names_it);
  });
}

}  // namespace hb::simulation
