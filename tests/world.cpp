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
}

World::Played World::run(const Trigger& trigger) {
  read_.clear();
  Played played = play(role, encode_trigger(trigger), now);
  if (follow_ups_are_lost) return played;
  for (const std::string& follow_up : played.follow_ups) in_collector(follow_up, now + kFollowUpAfter);
  return played;
}

// Round by round: what is asked for is read, what is ordered is done, and the same event comes again with
// what came of it.
World::Played World::play(Role as, const std::string& trigger, Time at) {
  Event event{.now = at, .role = as};
  std::vector<std::string> follow_ups;
  for (;;) {
    const DecodedOutcome decoded = settle(event, trigger);
    if (std::holds_alternative<Forward>(decoded.outcome)) {
      if (auto played = in_collector(decoded.for_collector, at)) return std::move(*played);
      event.is_refused = true;
      continue;
    }
    const Done& done = std::get<Done>(decoded.outcome);
    follow_ups.insert(follow_ups.end(), decoded.follow_ups.begin(), decoded.follow_ups.end());
    if (event.is_refused) return {done.reply, follow_ups};
    event.results.clear();
    event.answers.clear();
    if (!store(done, decoded.for_collector, event)) {
      event.is_refused = true;
      continue;
    }
    event.answers = make(done.sends);
    if (event.results.empty() && event.answers.empty()) return {done.reply, follow_ups};
    continuation_ = done.continuation;
    event.continuation = continuation_;
    if (as != Role::collector) continue;
    event.documents = {};
    event.ranges.clear();
    event.rows.clear();
    event.now = std::max(event.now, now);
  }
}

// Steps until nothing is asked for.
DecodedOutcome World::settle(Event& event, const std::string& trigger) {
  for (;;) {
    DecodedOutcome decoded = step(event, trigger);
    const auto* ask = std::get_if<Ask>(&decoded.outcome);
    if (ask == nullptr) return decoded;
    if (ask->reader_rate) event.reader_rate = readers_exceed ? ReaderRate::beyond : ReaderRate::within;
    read(*ask, event);
  }
}

DecodedOutcome World::step(Event& event, const std::string& trigger) {
  std::string& session = session_of(event.role);
  event.session = session;
  if (event.role == Role::collector) event.work = work;
  DecodedOutcome decoded = outcome_in(core_->step(frame_of(event, trigger)));
  if (const auto* ask = std::get_if<Ask>(&decoded.outcome)) {
    write_rows(ask->writes);
    session = ask->session.value_or(session);
  }
  if (const auto* forward = std::get_if<Forward>(&decoded.outcome)) {
    session = forward->session.value_or(session);
  }
  if (const auto* done = std::get_if<Done>(&decoded.outcome)) {
    write_rows(done->rows);
    session = done->session.value_or(session);
    logs.insert(logs.end(), done->logs.begin(), done->logs.end());
  }
  return decoded;
}

// Absent: it cannot be reached.
std::optional<World::Played> World::in_collector(const std::string& trigger, Time at) {
  if (collector_fails) return std::nullopt;
  ++work.requests;
  return play(Role::collector, trigger, at);
}

// Whether all of it is stored. The collector hears what became of its puts.
bool World::store(const Done& done, const std::string& for_collector, Event& event) {
  if (event.role == Role::collector) {
    put_in_collector(done.puts, event);
    return true;
  }
  if (done.append) {
    const auto played = in_collector(for_collector, event.now);
    return played && played->reply.status == 200;
  }
  if (writes_fail && !(done.merges.empty() && done.puts.empty())) return false;
  return std::all_of(done.merges.begin(), done.merges.end(), [&](const Merge& one) { return merge(one); }) &&
         put(done.puts);
}

bool World::put(const std::vector<Put>& puts) {
  for (const Put& put : puts) {
    ++put_counts[put.key];
    if (!writes_fail) documents[put.key] = put.text();
  }
  return !writes_fail;
}

void World::put_in_collector(const std::vector<Put>& puts, Event& event) {
  if (!puts.empty()) while_putting();
  const bool is_stored = put(puts);
  for (const Put& put : puts) event.results.push_back({put.key, is_stored});
}

bool World::merge(const Merge& merge) {
  const std::string stored = documents.contains(merge.key) ? documents[merge.key] : "";
  Event event{.now = now};
  const DecodedOutcome merged =
      step(event, encode_trigger(MergeCopies{.key = merge.key, .copies = {stored, merge.addition}}));
  return put(std::get<Done>(merged.outcome).puts);
}

// Rows that were read before a document was waited for may be old by then.
void World::read(const Ask& ask, Event& event) {
  for (const Key key : ask.documents) {
    event.documents[static_cast<size_t>(key)] = document(key, key == Key::data ? ask.head : 0);
  }
  if (!ask.documents.empty()) event.ranges.clear(), event.rows.clear();
  for (const Range& range : ask.rows) read_rows(range, event);
}

void World::read_rows(const Range& range, Event& event) {
  event.ranges.push_back(range);
  const std::string until = range.until.empty() ? range.from + "/" : range.until;
  for (auto row = rows.lower_bound(range.from); row != rows.end() && row->first < until; ++row) {
    if (range.until.empty() && row->first != range.from) continue;
    event.rows.push_back({row->first, read_.emplace_back(row->second)});
    ++work.rows_read;
  }
}

void World::write_rows(const std::vector<RowPut>& puts) {
  for (const RowPut& put : puts) {
    rows[put.key] = put.bytes;
    ++row_put_counts[put.key];
  }
  work.rows_written += static_cast<int64_t>(puts.size());
}

Document World::document(Key key, size_t head) {
  if (reads_fail) return {Document::State::failed, {}};
  if (!documents.contains(key)) return {Document::State::absent, {}};
  const std::string& bytes = documents[key];
  const bool is_cut = head > 0 && head <= bytes.size();
  bytes_read += is_cut ? head : bytes.size();
  if (!is_cut) return {Document::State::found, read_.emplace_back(bytes)};
  return {Document::State::head, read_.emplace_back(bytes.substr(0, head))};
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
