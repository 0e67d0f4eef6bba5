#include "app/core.hpp"

#include <algorithm>

#include "api/authorization.hpp"
#include "app/routes.hpp"
#include "collector/later_version.hpp"
#include "collector/readers.hpp"
#include "collector/write_ahead_log.hpp"
#include "event/http.hpp"

namespace hb {
namespace {

constexpr int kRetryAfterSeconds = 10;
constexpr int kContinue = 100;  // to the shim: the body is needed

// What a request's path and method come to.
struct Match {
  const Route* route = nullptr;        // null: no such path, or not with this method
  std::vector<std::string> methods{};  // else those of the path, for Allow; empty: no such path
};

std::string_view without_trailing_slash(std::string_view path) {
  return path.size() > 1 && path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

bool is_method_of(const Route& route, std::string_view method) {
  return route.method == method || (method == "HEAD" && route.method == "GET");
}

Match match(const Request& request, Role role) {
  const std::string_view path = without_trailing_slash(request.path);
  Match match;
  for (const Route& route : routes()) {
    if (!fits(route, path) || !is_served(route.job, role)) continue;
    if (is_method_of(route, request.method)) return {.route = &route};
    match.methods.emplace_back(route.method);
    if (route.method == "GET") match.methods.emplace_back("HEAD");
  }
  if (!match.methods.empty()) match.methods.emplace_back("OPTIONS");
  return match;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

bool is_origin_allowed(const Config& config, const Request& request) {
  if (request.decided) return request.decided->is_origin_allowed;
  const auto& allowed = config.settings.allowed_origins;
  return !request.origin.empty() &&
         std::find(allowed.begin(), allowed.end(), request.origin) != allowed.end();
}

Reply preflight(const Config& config, const Request& request, const Match& match) {
  Reply reply{.status = 204, .headers = {{"Allow", joined(match.methods)}}};
  if (!is_origin_allowed(config, request)) return reply;
  reply.headers.emplace_back("Access-Control-Allow-Methods", joined(match.methods));
  reply.headers.emplace_back("Access-Control-Allow-Headers", "Content-Type, Authorization");
  reply.headers.emplace_back("Access-Control-Max-Age", "600");
  return reply;
}

// What the edge has decided is not looked at again.
std::optional<Error> refusal(const Route& route, const Context& context) {
  if (context.request().decided) return std::nullopt;
  if (route.enabled != nullptr && !(context.config.settings.api.*route.enabled)) {
    return Error{403, std::string(without_trailing_slash(context.request().path)) + " is disabled"};
  }
  return route.refusal == nullptr ? std::nullopt : route.refusal(context);
}

Reply too_often(std::string sentence) {
  Reply reply = reply_of({429, std::move(sentence)});
  reply.headers.emplace_back("Retry-After", "60");
  return reply;
}

// What the job has to see and has not seen yet. Later rounds of an event have the documents that they need.
Ask missing(const Job& job, const Context& context) {
  const Event& event = context.event;
  const bool is_first_round = event.results.empty() && event.answers.empty() && !event.is_refused;
  Reads reads = job.rows == nullptr ? Reads{} : job.rows(context);
  reads.documents.insert(reads.documents.end(), job.documents.begin(), job.documents.end());
  const bool lacks_zones = reads.zones && !context.config.zones.empty() && event.zones.empty();
  Ask ask{.head = reads.head, .zones = lacks_zones};
  for (const Key key : reads.documents) {
    const bool is_unread = event.document(key).state == Document::State::unread;
    if (is_first_round && is_unread) ask.documents.push_back(key);
  }
  if (ask.documents.empty() || !reads.is_complete)
    return {.rows = unread(event, std::move(reads.rows)), .zones = lacks_zones};
  // All rows are to be read behind the documents, because reading those takes long.
  ask.rows = std::move(reads.rows);
  return ask;
}

// In the collector: with an open session, and only what no later version wrote. Heartbeats are appended
// nevertheless, behind the tail.
std::optional<Outcome> prepared(const Context& context) {
  const auto& [config, page, event, session] = context;
  const bool is_append = std::holds_alternative<Append>(event.trigger);
  const std::string later = is_append ? std::string() : later_row(event);
  if (!later.empty()) return left_alone(later, session);
  if (const auto range = open_session(event, session)) return Ask{.rows = {*range}};
  return std::nullopt;
}

Outcome handled(const Job& job, const Context& context) {
  const Role role = context.event.role;
  if (role == Role::edge && job.served_by == ServedBy::collector) return Forward{};
  if (role == Role::collector) {
    if (auto outcome = prepared(context)) return std::move(*outcome);
  }
  Ask ask = missing(job, context);
  if (!ask.is_empty()) return ask;
  return job.handler(context);
}

Outcome answered(const Context& context) {
  const Request& request = context.request();
  const Match match = hb::match(request, context.event.role);
  if (match.route != nullptr) {
    if (const auto error = refusal(*match.route, context)) return outcome_of(*error);
    if (request.is_body_unread) return outcome_of(Reply{.status = kContinue});
    return handled(match.route->job, context);
  }
  if (match.methods.empty()) return outcome_of(Error{404, "There is nothing at this path"});
  if (request.method == "OPTIONS") return outcome_of(preflight(context.config, request, match));
  Reply reply = reply_of({405, "This path takes " + joined(match.methods)});
  reply.headers.emplace_back("Allow", joined(match.methods));
  return outcome_of(std::move(reply));
}

Outcome triggered(const Context& context) {
  const Job* job = job_of(context.event.trigger, context.event.role);
  if (job == nullptr || context.event.is_refused) return Done{};
  return handled(*job, context);
}

// Those of every answer, and those that a page of an allowed origin needs.
void add_headers(Reply& reply, const Config& config, const Request& request) {
  add_common_headers(reply);
  if (is_origin_allowed(config, request)) {
    reply.headers.emplace_back("Access-Control-Allow-Origin", request.origin);
    reply.headers.emplace_back("Vary", "Origin");
  }
  if (request.method == "HEAD") reply.body.clear();
}

Done unreachable() {
  return outcome_of(unavailable("The collector cannot be reached; ask again", kRetryAfterSeconds));
}

void complete(Done& done, const Context& context) {
  if (context.event.role != Role::collector && done.reply.status == 401)
    done.limited = too_often("Too many requests with a wrong key; correct the key, then wait a minute");
  add_headers(done.reply, context.config, context.request());
  if (done.limited) add_headers(*done.limited, context.config, context.request());
}

// Where no quotas are, nobody's reading is counted.
bool is_reader(const Context& context) {
  const Request& request = context.request();
  if (request.decided) return request.decided->is_reader;
  const bool reads = request.method == "GET" || request.method == "HEAD";
  const bool has_quotas = context.config.settings.monitoring.kv_writes_per_day > 0;
  return reads && has_quotas && context.event.role == Role::edge && require_alert_key(context).has_value();
}

Done allowance_used_up(Time now) {
  const auto left = std::chrono::ceil<std::chrono::seconds>(day_of(now) + std::chrono::days{1} - now);
  return outcome_of(
      unavailable("What readers without a key may cost a day is used up; it begins anew at 00:00 UTC. "
                  "Heartbeats are taken nevertheless",
                  static_cast<int>(left.count())));
}

// Whether readers may still cost what the outcome would; it is counted.
bool is_allowed(const Context& context, const Outcome& outcome) {
  if (!is_reader(context)) return true;
  const Time now = context.event.now;
  if (std::holds_alternative<Forward>(outcome)) return allows_forwarding(context.session, now);
  const auto* ask = std::get_if<Ask>(&outcome);
  const auto documents = static_cast<int64_t>(ask == nullptr ? 0 : ask->documents.size());
  return documents == 0 || allows_documents(context.session, now, documents);
}

// What a client gets that has no key and asks the collector for more than its share.
std::optional<Outcome> held_off(const Context& context, const Outcome& outcome) {
  const Event& event = context.event;
  const bool is_asked = event.role == Role::edge && std::holds_alternative<Forward>(outcome) &&
                        !event.is_refused && is_reader(context);
  if (!is_asked || event.reader_rate == ReaderRate::within) return std::nullopt;
  if (event.reader_rate == ReaderRate::unasked) return Ask{.reader_rate = true};
  return outcome_of(too_often("Too many requests without a key; wait a minute"));
}

Outcome replied(const Context& context) {
  const bool is_first = context.event.ranges.empty() && context.event.role == Role::collector;
  const bool is_answered =
      !is_first || !is_reader(context) || allows_answering(context.session, context.event.now);
  Outcome outcome = is_answered ? answered(context) : allowance_used_up(context.event.now);
  if (auto instead = held_off(context, outcome)) outcome = std::move(*instead);
  if (context.event.role == Role::edge && !context.event.is_refused && !is_allowed(context, outcome))
    outcome = allowance_used_up(context.event.now);
  if (context.event.is_refused && std::holds_alternative<Forward>(outcome)) outcome = unreachable();
  if (auto* done = std::get_if<Done>(&outcome)) complete(*done, context);
  if (auto* forward = std::get_if<Forward>(&outcome)) {
    forward->decided = {.sees_metadata = sees_metadata(context),
                        .is_origin_allowed = is_origin_allowed(context.config, context.request()),
                        .has_key = has_alert_key(context),
                        .is_reader = is_reader(context)};
  }
  return outcome;
}

Outcome misconfigured(const std::vector<Fault>& faults, const Context& context) {
  Done done = outcome_of(Error{500, "The monitor's configuration is faulty; its log says what to change"});
  for (const Fault& fault : faults) done.logs.push_back({Level::error, sentence(fault)});
  if (std::holds_alternative<Request>(context.event.trigger)) complete(done, context);
  return done;
}

void keep(const Session& session, Outcome& outcome) {
  if (auto* done = std::get_if<Done>(&outcome)) done->session = write_session(session);
  if (auto* ask = std::get_if<Ask>(&outcome)) ask->session = write_session(session);
  if (auto* forward = std::get_if<Forward>(&outcome)) forward->session = write_session(session);
}

}  // namespace

Core::Core(ParsedConfig parsed, PageTemplate page)
    : config_(std::move(parsed.config)), faults_(std::move(parsed.faults)), page_(std::move(page)) {}

Outcome Core::step(const Event& event) const {
  Session session = read_session(event.session);
  const Session before = session;
  const Context context{config_, page_, event, session};
  if (!faults_.empty()) return misconfigured(faults_, context);
  const bool is_request = std::holds_alternative<Request>(event.trigger);
  Outcome outcome = is_request ? replied(context) : triggered(context);
  if (session != before) keep(session, outcome);
  return outcome;
}

}  // namespace hb
