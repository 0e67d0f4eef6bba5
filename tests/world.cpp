#include "world.hpp"

#include <algorithm>

#include "catch.hpp"

namespace hb {

std::string service_list(int count) {
  std::string services;
  for (int i = 0; i < count; ++i) {
    services += (i == 0 ? "" : ",") + std::string(R"({"id":"s)") + std::to_string(i) +
                R"(","auth":{"required":false}})";
  }
  return R"({"services":[)" + services + "]}";
}

World::World(std::string_view services, std::string_view settings) {
  configure(services, settings);
}

void World::configure(std::string_view services, std::string_view settings, std::string_view notifications) {
  services_ = services;
  settings_ = settings;
  notifications_ = notifications;
  const ConfigFiles files{.services = services_,
                          .notifications = notifications_,
                          .settings = settings_,
                          .dashboard = "{}",
                          .env = env};
  const auto configured = parse_json(core_->configure(frame_of(files, "")).front());
  REQUIRE(configured);
  for (const Json& fault : elements((*configured)["faults"])) FAIL(fault.get<std::string>());
  zone_names_ = (*configured)["zones"].get<std::vector<std::string>>();
}

class World::Place : public EventRounds::Host {
 public:
  Place(World& world, Role role, Time at) : world_(world), role_(role), at_(at) {}

  Time now() const override { return std::max(at_, world_.now); }
  std::string session() const override { return session_of_role(); }
  Work work() const override { return role_ == Role::collector ? world_.work : Work{}; }

  std::string_view zones() override { return world_.zone_tables(); }

  DecodedOutcome step(const Event& event, const std::string& trigger) override {
    return outcome_in(world_.core_->step(frame_of(event, trigger)));
  }

  void keep(const DecodedOutcome& decoded) override {
    std::visit([&](const auto& outcome) { session_of_role() = outcome.session.value_or(session_of_role()); },
               decoded.outcome);
    if (const auto* ask = std::get_if<Ask>(&decoded.outcome)) world_.write_rows(ask->writes);
    if (const auto* done = std::get_if<Done>(&decoded.outcome)) {
      world_.write_rows(done->rows);
      world_.logs.insert(world_.logs.end(), done->logs.begin(), done->logs.end());
    }
  }

  std::vector<std::pair<std::string, std::string>> rows_in(const Range& range) override {
    auto found = rows_within(world_.rows, range);
    world_.work.rows_read += static_cast<int64_t>(found.size());
    return found;
  }

 private:
  std::string& session_of_role() const {
    return role_ == Role::collector ? world_.collector_session_ : world_.edge_session_;
  }

  World& world_;
  Role role_;
  Time at_;
};

EventRounds::End World::run(const Trigger& trigger) {
  EventRounds::End end = play(role, encode_trigger(trigger), now);
  if (follow_ups_are_lost) return end;
  for (const std::string& follow_up : end.follow_ups) in_collector(follow_up, now + kFollowUpAfter);
  return end;
}

EventRounds::End World::play(Role as, const std::string& trigger, Time at) {
  Place place(*this, as, at);
  EventRounds rounds(place, as, trigger);
  for (;;) {
    EventRounds::Wait wait = rounds.next();
    if (auto* end = std::get_if<EventRounds::End>(&wait)) return std::move(*end);
    if (const auto* wanted = std::get_if<EventRounds::Read>(&wait)) read(*wanted, rounds);
    if (const auto* wanted = std::get_if<EventRounds::Store>(&wait)) store(*wanted, as, at, rounds);
    if (const auto* wanted = std::get_if<EventRounds::MakeCalls>(&wait))
      rounds.give_answers(make(wanted->sends));
    if (const auto* call = std::get_if<EventRounds::Call>(&wait)) {
      if (auto end = in_collector(call->event, at)) return std::move(*end);
      rounds.refuse();
    }
  }
}

std::string_view World::zone_tables() {
  std::vector<UtcOffsets> tables;
  for (const std::string& name : zone_names_) tables.push_back(zones[name]);
  return zone_tables_ = frame_of(tables);
}

// Absent: it cannot be reached.
std::optional<EventRounds::End> World::in_collector(const std::string& trigger, Time at) {
  if (collector_fails) return std::nullopt;
  ++work.requests;
  return play(Role::collector, trigger, at);
}

void World::read(const EventRounds::Read& wanted, EventRounds& rounds) {
  if (wanted.reader_rate) rounds.give_rate(readers_exceed ? ReaderRate::beyond : ReaderRate::within);
  for (const Key key : wanted.keys) rounds.give(key, document(key, key == Key::data ? wanted.head : 0));
}

// The collector hears what became of its puts; elsewhere one that fails refuses the event.
void World::store(const EventRounds::Store& wanted, Role as, Time at, EventRounds& rounds) {
  const Done& done = wanted.done;
  if (as == Role::collector) {
    while_putting();
    const bool is_stored = put(done.puts);
    std::vector<PutResult> results;
    for (const Put& put : done.puts) results.push_back({put.key, is_stored});
    return rounds.give_stored(results);
  }
  const auto is_appended = [&] {
    const auto end = in_collector(wanted.event, at);
    return end && end->reply.status == 200;
  };
  const auto is_merged = [&](const Merge& one) { return merge(one); };
  const bool is_stored =
      done.append ? is_appended()
                  : std::all_of(done.merges.begin(), done.merges.end(), is_merged) && put(done.puts);
  if (!is_stored) rounds.refuse();
}

bool World::put(const std::vector<Put>& puts) {
  for (const Put& put : puts) {
    ++put_counts[put.key];
    if (!writes_fail) documents[put.key] = put.text();
  }
  return !writes_fail || puts.empty();
}

bool World::merge(const Merge& merge) {
  if (writes_fail) return false;
  const std::string stored = documents.contains(merge.key) ? documents[merge.key] : "";
  const MergeCopies copies{.key = merge.key, .copies = {stored, merge.addition}};
  return play(Role::kv_only, encode_trigger(copies), now).reply.status == 200;
}

void World::write_rows(const std::vector<RowPut>& puts) {
  for (const RowPut& put : puts) {
    rows[put.key] = put.bytes;
    ++row_put_counts[put.key];
  }
  work.rows_written += static_cast<int64_t>(puts.size());
}

ReadDocument World::document(Key key, size_t head) {
  if (reads_fail) return {.state = Document::State::failed};
  const auto found = documents.find(key);
  if (found == documents.end()) return {};
  ReadDocument read = head_of(found->second, head);
  bytes_read += read.bytes.size();
  return read;
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
  collector_session_.clear();
  work = {};
}

Json World::row(const std::string& key) {
  REQUIRE(rows.contains(key));
  return parse_json(rows[key]).value_or(Json());
}

Reply World::request(std::string_view method, std::string_view path_and_query, std::string_view body) {
  const size_t mark = std::min(path_and_query.find('?'), path_and_query.size());
  const Request request{.method = method,
                        .path = path_and_query.substr(0, mark),
                        .query = path_and_query.substr(std::min(mark + 1, path_and_query.size())),
                        .base_url = "https://monitor.example",
                        .authorization = authorization,
                        .origin = origin,
                        .colo = colo,
                        .body = body};
  return run(request).reply;
}

Reply World::append(std::string_view batch) {
  return play(Role::collector, encode_trigger(Append{batch}), now).reply;
}

Reply World::post(std::string_view path, std::string_view body) {
  return request("POST", path, body);
}

Reply World::get(std::string_view path_and_query) {
  return request("GET", path_and_query);
}

void World::check_scheduled_at(Time scheduled) {
  run(Cron{scheduled});
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

std::string World::published(std::string_view id) {
  return string_member(parse_json(stored(Key::latest)).value_or(Json()), id).value_or("absent");
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

int World::records() const {
  if (role == Role::kv_only) return puts(Key::data);
  const auto found = row_put_counts.find("state");
  return found == row_put_counts.end() ? 0 : found->second;
}

}  // namespace hb
