#include "core.hpp"

#include <algorithm>

#include "admission.hpp"
#include "http.hpp"
#include "later_version.hpp"
#include "routes.hpp"

namespace hb {
namespace {

constexpr int kRetryAfterSeconds = 10;

// What a request's path and method come to.
struct Match {
  const Route* route = nullptr;        // null: no such path, or not with this method
  std::vector<std::string> methods{};  // of the path, for Allow; empty: no such path
};

bool is_internal(std::string_view method) {
  return method == "CRON" || method == "TELL" || method == "PUBLISH" || method == "MERGE";
}

std::string_view without_trailing_slash(std::string_view path) {
  return path.size() > 1 && path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

Match match(std::string_view method, std::string_view raw_path, Place place) {
  const std::string_view path = without_trailing_slash(raw_path);
  Match match;
  for (const Route& route : routes()) {
    const bool is_of_kind = is_internal(route.method) == is_internal(method);
    if (!is_of_kind || !is_served(route, place) || !fits(route, path)) continue;
    match.methods.emplace_back(route.method);
    if (route.method == "GET") match.methods.emplace_back("HEAD");
    if (route.method == method || (method == "HEAD" && route.method == "GET")) match.route = &route;
  }
  if (!match.methods.empty() && !is_internal(method)) match.methods.emplace_back("OPTIONS");
  return match;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

bool is_origin_allowed(const Config& config, const Event& event) {
  if (event.decided) return event.decided->is_origin_allowed;
  const auto& allowed = config.settings.allowed_origins;
  return !event.origin.empty() && std::find(allowed.begin(), allowed.end(), event.origin) != allowed.end();
}

Reply preflight(const Config& config, const Event& event, const Match& match) {
  Reply reply{.status = 204, .headers = {{"Allow", joined(match.methods)}}};
  if (!is_origin_allowed(config, event)) return reply;
  reply.headers.emplace_back("Access-Control-Allow-Methods", joined(match.methods));
  reply.headers.emplace_back("Access-Control-Allow-Headers", "Content-Type, Authorization");
  reply.headers.emplace_back("Access-Control-Max-Age", "600");
  return reply;
}

// The keys that are still to be read for this route.
std::vector<Key> missing(const Route& route, const Event& event) {
  std::vector<Key> keys;
  for (const Key key : route.documents) {
    if (event.document(key).state == Document::State::unread) keys.push_back(key);
  }
  return keys;
}

// What the edge has decided is not looked at again.
std::optional<Error> refusal(const Route& route, const Context& context) {
  const Event& event = context.event;
  if (event.decided) return std::nullopt;
  if (route.enabled != nullptr && !(context.config.settings.api.*route.enabled)) {
    return Error{403, std::string(without_trailing_slash(event.path)) + " is disabled"};
  }
  return route.refusal == nullptr ? std::nullopt : route.refusal(context);
}

// A client that was refused for its key, and has been so too often.
Reply too_often() {
  Reply reply = reply_of({429, "Too many requests with a wrong key; correct the key, then wait a minute"});
  reply.headers.emplace_back("Retry-After", "60");
  return reply;
}

Outcome answer(const Context& context) {
  const Event& event = context.event;
  const Match match = hb::match(event.method, event.path, event.place);
  if (match.methods.empty()) return outcome_of(Error{404, "There is nothing at this path"});
  if (event.method == "OPTIONS") return outcome_of(preflight(context.config, event, match));
  if (match.route == nullptr) {
    Reply reply = reply_of({405, "This path takes " + joined(match.methods)});
    reply.headers.emplace_back("Allow", joined(match.methods));
    return outcome_of(std::move(reply));
  }
  const Route& route = *match.route;
  if (const auto error = refusal(route, context)) return outcome_of(*error);
  if (event.place == Place::edge && route.where == Where::collector) return {.forward = Forward{}};
  std::vector<Key> needs = missing(route, event);
  if (!needs.empty()) return {.needs = std::move(needs)};
  // Heartbeats are taken nevertheless, behind those that are not folded.
  const std::string later = event.method == "MERGE" ? std::string() : later_row(event);
  return later.empty() ? route.handler(context) : left_alone(event, later);
}

bool has_header(const Reply& reply, std::string_view name) {
  return std::any_of(reply.headers.begin(), reply.headers.end(),
                     [&](const auto& header) { return header.first == name; });
}

// What every answer carries, whatever it says.
void dress(Reply& reply, const Config& config, const Event& event) {
  reply.headers.emplace_back("X-Content-Type-Options", "nosniff");
  reply.headers.emplace_back("Referrer-Policy", "no-referrer");
  if (!has_header(reply, "Cache-Control")) reply.headers.emplace_back("Cache-Control", "no-store");
  if (is_origin_allowed(config, event)) {
    reply.headers.emplace_back("Access-Control-Allow-Origin", event.origin);
    reply.headers.emplace_back("Vary", "Origin");
  }
  if (event.method == "HEAD") reply.body.clear();
}

// What goes to the collector, and what is said when that fails.
void complete(Outcome& outcome, const Context& context) {
  outcome.forward->decided = {.sees_metadata = sees_metadata(context),
                              .is_origin_allowed = is_origin_allowed(context.config, context.event)};
  outcome.refused = unavailable("The collector cannot be reached; ask again", kRetryAfterSeconds);
}

Outcome misconfigured(const std::vector<Fault>& faults) {
  Outcome outcome =
      outcome_of(Error{500, "The monitor's configuration is faulty; its log says what to change"});
  for (const Fault& fault : faults) outcome.logs.push_back({Level::error, sentence(fault)});
  return outcome;
}

}  // namespace

Core::Core(ParsedConfig parsed, PageTemplate page)
    : config_(std::move(parsed.config)), faults_(std::move(parsed.faults)), page_(std::move(page)) {}

Outcome Core::step(const Event& event) const {
  const Context context{config_, page_, event};
  Outcome outcome = faults_.empty() ? answer(context) : misconfigured(faults_);
  if (outcome.is_asking()) return outcome;
  if (outcome.forward) complete(outcome, context);
  if (event.place != Place::collector && outcome.reply.status == 401) outcome.limited = too_often();
  dress(outcome.reply, config_, event);
  if (outcome.refused) dress(*outcome.refused, config_, event);
  if (outcome.limited) dress(*outcome.limited, config_, event);
  return outcome;
}

}  // namespace hb
