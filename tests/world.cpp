#include "world.hpp"

#include <deque>

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

void World::configure(std::string_view services, std::string_view settings, std::string_view notifications) {
  services_ = services;
  settings_ = settings;
  notifications_ = notifications;
  ParsedConfig parsed = parse_config({.services = services_,
                                      .notifications = notifications_,
                                      .settings = settings_,
                                      .dashboard = "{}",
                                      .env = env});
  for (const Fault& fault : parsed.faults) FAIL(sentence(fault));
  core_ = std::make_unique<Core>(std::move(parsed), parse_page(""));
}

Outcome World::run(Event event) {
  event.now = now;
  event.place = place;
  Outcome outcome = run_here(event);
  for (const Sequel sequel : outcome.sequels) {
    if (sequels_are_lost) break;
    run_here({.method = sequel == Sequel::tell ? "TELL" : "PUBLISH",
              .path = "/",
              .now = now + 7ms,
              .place = place});
  }
  return outcome;
}

Outcome World::run_here(Event event) {
  event.memo = edge_memo_;
  std::deque<std::string> copies;  // what was read stays as it was
  Outcome outcome = core_->step(event);
  if (outcome.forward && !collector_fails) {
    event.decided = outcome.forward->decided;
    if (outcome.forward->body) event.body = *outcome.forward->body;
    return run_in_collector(event);
  }
  if (!outcome.needs.empty()) {
    for (const Key key : outcome.needs) event.documents[static_cast<size_t>(key)] = read(key);
    for (Document& document : event.documents) document.bytes = copies.emplace_back(document.bytes);
    outcome = core_->step(event);
  }
  edge_memo_ = outcome.memo.value_or(edge_memo_);
  bool is_refused = outcome.forward || !write(outcome);
  if (!is_refused && !outcome.sends.empty()) {
    logs.insert(logs.end(), outcome.logs.begin(), outcome.logs.end());
    event.answers = make(outcome.sends);
    event.carry = outcome.carry;
    outcome = core_->step(event);
    is_refused = !write(outcome);
  }
  if (is_refused && outcome.refused) outcome.reply = *outcome.refused;
  logs.insert(logs.end(), outcome.logs.begin(), outcome.logs.end());
  return outcome;
}

Document World::read(Key key) const {
  return reads_fail ? Document{Document::State::failed, {}} : document_of(documents, key);
}

Outcome World::run_in_collector(Event event) {
  ++work.requests;
  event.place = Place::collector;
  Outcome outcome = rounds_in_collector(event);
  if (!outcome.sends.empty()) {
    event.answers = make(outcome.sends);
    event.carry = outcome.carry;
    return rounds_in_collector(event);
  }
  if (outcome.puts.empty()) return outcome;
  for (const Put& put : outcome.puts) {
    event.results.push_back({put.key, !writes_fail});
    if (!writes_fail) documents[put.key] = put.bytes;
    ++put_counts[put.key];
  }
  rounds_in_collector(event);
  return outcome;
}

Outcome World::rounds_in_collector(Event event) {
  for (;;) {
    event.memo = collector_memo_;
    event.work = work;
    Outcome outcome = core_->step(event);
    for (const RowPut& put : outcome.rows) rows[put.key] = put.bytes;
    work.rows_written += static_cast<int64_t>(outcome.rows.size());
    for (const Key key : outcome.needs) event.documents[static_cast<size_t>(key)] = read(key);
    if (!outcome.needs.empty()) event.ranges.clear(), event.rows.clear();
    for (const Range& range : outcome.needs_rows) {
      event.ranges.push_back(range);
      const std::string until = range.until.empty() ? range.from + "/" : range.until;
      for (auto row = rows.lower_bound(range.from); row != rows.end() && row->first < until; ++row) {
        if (range.until.empty() && row->first != range.from) continue;
        event.rows.push_back({row->first, row->second});
        ++work.rows_read;
      }
    }
    if (outcome.is_asking()) continue;
    collector_memo_ = outcome.memo.value_or(collector_memo_);
    logs.insert(logs.end(), outcome.logs.begin(), outcome.logs.end());
    return outcome;
  }
}

std::vector<Answer> World::make(const std::vector<Send>& sends) {
  std::vector<Answer> answers;
  for (const Send& send : sends) {
    sent.push_back(send);
    answers.push_back(provider(send));
  }
  return answers;
}

void World::evict() {
  collector_memo_.clear();
  work = {};
  work = {};
}

Json World::row(const std::string& key) {
  REQUIRE(rows.contains(key));
  return parse_json(rows[key]).value_or(Json());
}

bool World::merge(const Merge& merge) {
  if (place == Place::edge) {
    if (collector_fails) return false;
    const Event event{
        .method = "MERGE", .path = std::string(key_name(merge.key)), .now = now, .body = merge.addition};
    return run_in_collector(event).reply.status == 200;
  }
  Event event{.method = "MERGE", .path = std::string(key_name(merge.key)), .now = now};
  const std::string before = documents.contains(merge.key) ? documents[merge.key] : "";
  event.parts = {before, merge.addition};
  const Outcome merged = core_->step(event);
  logs.insert(logs.end(), merged.logs.begin(), merged.logs.end());
  return write(merged);
}

bool World::write(const Outcome& outcome) {
  const bool has_writes = !outcome.merges.empty() || !outcome.puts.empty();
  if (writes_fail && has_writes && place == Place::alone) return false;
  for (const Merge& addition : outcome.merges) {
    if (!merge(addition)) return false;
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
              .colo = colo,
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
