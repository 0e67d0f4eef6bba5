// GET /api/self: what the collector saw of itself.

#include "collector/ring.hpp"
#include "collector/rows.hpp"
#include "collector/tick.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "notify/outbox_settle.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

void print_quotas(JsonWriter& json, const std::vector<Quota>& quotas) {
  json.key("quotas").begin_array();
  for (const auto& [name, used, limit] : quotas) {
    json.begin_object().member("name", name).member("used", used).member("limit", limit).end_object();
  }
  json.end_array();
}

// With the providers' words, as only the operator may read them.
void print_channels(JsonWriter& json, const std::vector<ChannelFault>& faults) {
  json.key("channels").begin_array();
  for (const auto& [channel, failing_since, words, failed, waiting] : faults) {
    json.begin_object().member("name", channel).member("failingSince", failing_since);
    json.member("error", words).member("waiting", waiting).member("givenUp", failed).end_object();
  }
  json.end_array();
}

std::string print(const Config& config, const Tick& tick, const Session& session, const Outbox& outbox) {
  JsonWriter json;
  json.begin_object().member("lastCheck", tick.at).member("lastPublished", tick.published);
  json.member("publishingFailsSince", tick.failing).member("kvLostSince", tick.lost);
  json.member("unfolded", session.next - session.folded - 1);
  print_channels(json, faults(config, outbox));
  print_quotas(json, quotas(config, tick.today));
  print_usage(json.member("day", iso_day(tick.day)).key("today"), tick.today);
  json.key("days").begin_array();
  for (const auto& [day, usage] : tick.past) {
    json.begin_object().member("date", iso_day(day)).key("usage").raw(usage).end_object();
  }
  return json.end_array().end_object().take();
}

}  // namespace

Outcome get_self(const Context& context) {
  const auto& [config, page, event, session] = context;
  Tick tick = read_tick(event.row(kTickRow), event.now);
  begin_day(tick, event.now);
  return outcome_of(json_reply(200, print(config, tick, session, read_outbox(event.row(kOutboxRow)))));
}

Outcome needs_the_collector(const Context&) {
  return outcome_of(Error{404, "/api/self needs the collector"});
}

}  // namespace hb
