#include "world.hpp"

#include "catch.hpp"

namespace hb {
namespace {

Document document_of(const std::map<Key, std::string>& documents, Key key) {
  const auto found = documents.find(key);
  if (found == documents.end()) return {Document::State::absent, {}};
  return {Document::State::found, found->second};
}

}  // namespace

World::World(std::string_view services, std::string_view settings) {
  configure(services, settings);
}

void World::configure(std::string_view services, std::string_view settings) {
  services_ = services;
  settings_ = settings;
  ParsedConfig parsed = parse_config(
      {.services = services_, .notifications = "{}", .settings = settings_, .dashboard = "{}", .env = env});
  for (const Fault& fault : parsed.faults) FAIL(sentence(fault));
  core_ = std::make_unique<Core>(std::move(parsed), parse_page(""));
}

Outcome World::run(Event event) {
  event.now = now;
  event.store = store;
  Outcome outcome = core_->step(event);
  if (!outcome.needs.empty()) {
    for (const Key key : outcome.needs) {
      event.documents[static_cast<size_t>(key)] =
          reads_fail ? Document{Document::State::failed, {}} : document_of(documents, key);
    }
    outcome = core_->step(event);
  }
  if (!write(outcome) && outcome.refused) outcome.reply = *outcome.refused;
  logs.insert(logs.end(), outcome.logs.begin(), outcome.logs.end());
  return outcome;
}

bool World::write(const Outcome& outcome) {
  const bool has_writes = !outcome.merges.empty() || !outcome.puts.empty();
  if (writes_fail && has_writes) return false;
  for (const Merge& merge : outcome.merges) {
    Event event{.method = "MERGE", .path = std::string(key_name(merge.key)), .now = now};
    const std::string before = documents.contains(merge.key) ? documents[merge.key] : "";
    event.parts = {before, merge.addition};
    const Outcome merged = core_->step(event);
    logs.insert(logs.end(), merged.logs.begin(), merged.logs.end());
    write(merged);
  }
  for (const Put& put : outcome.puts) {
    documents[put.key] = put.bytes;
    ++put_counts[put.key];
  }
  return true;
}

Reply World::request(std::string_view method, std::string_view path_and_query, std::string_view body) {
  const size_t mark = std::min(path_and_query.find('?'), path_and_query.size());
  Event event{.method = method,
              .path = std::string(path_and_query.substr(0, mark)),
              .query = std::string(path_and_query.substr(std::min(mark + 1, path_and_query.size()))),
              .base_url = "https://monitor.example",
              .authorization = authorization,
              .origin = origin,
              .body = body};
  return run(event).reply;
}

Reply World::post(std::string_view path, std::string_view body) {
  return request("POST", path, body);
}

Reply World::get(std::string_view path_and_query) {
  return request("GET", path_and_query);
}

void World::check_scheduled_at(Time scheduled) {
  run({.method = "CRON", .path = "/", .scheduled = scheduled});
}

void World::check_every_minute_for(Millis duration) {
  const Time end = now + duration;
  while (now + 60s <= end) {
    advance(60s);
    check();
  }
}

Json World::json(std::string_view path_and_query) {
  const Reply reply = get(path_and_query);
  INFO(path_and_query << " answers " << reply.status << " " << reply.body);
  const auto parsed = parse_json(reply.body);
  REQUIRE(parsed);
  return *parsed;
}

Json World::status_of(std::string_view id) {
  const Json body = json("/api/status");
  for (const Json& result : body["summary"]["results"]) {
    if (result["serviceId"] == std::string(id)) return result;
  }
  return {};
}

std::string World::status(std::string_view id) {
  return string_member(status_of(id), "status").value_or("absent");
}

std::vector<std::string> World::alert_titles() {
  std::vector<std::string> titles;
  const Json body = json("/api/alerts/recent?hours=8760&limit=1000");
  for (const Json& alert : body["alerts"]) titles.push_back(alert["title"].get<std::string>());
  return titles;
}

int World::puts(Key key) const {
  const auto found = put_counts.find(key);
  return found == put_counts.end() ? 0 : found->second;
}

}  // namespace hb
