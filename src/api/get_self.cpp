// GET /api/self: what the collector saw of itself.

#include "collector/collector_status.hpp"
#include "collector/rows.hpp"
#include "collector/write_ahead_log.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "notify/outbox_results.hpp"
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
  for (const auto& [channel, failing_since, words, failed, queued] : faults) {
    json.begin_object().member("name", channel).member("failingSince", failing_since);
    json.member("error", words).member("waiting", queued).member("givenUp", failed).end_object();
  }
  json.end_array();
}

std::string print(const Config& config, const CollectorStatus& collector_status, const Session& session,
                  const Outbox& outbox) {
  JsonWriter json;
  json.begin_object()
      .member("lastCheck", collector_status.at)
      .member("lastPublished", collector_status.published);
  json.member("publishingFailsSince", collector_status.failing).member("kvLostSince", collector_status.lost);
  json.member("unfolded", session.next - session.checkpointed - 1);
  print_channels(json, faults(config, outbox));
  print_quotas(json, quotas(config, collector_status.today));
  print_usage(json.member("day", iso_day(collector_status.day)).key("today"), collector_status.today);
  json.key("days").begin_array();
  for (const auto& [day, usage] : collector_status.past) {
    json.begin_object().member("date", iso_day(day)).key("usage").raw(usage).end_object();
  }
  return json.end_array().end_object().take();
}

}  // namespace

Outcome get_self(const Context& context) {
  const auto& [config, page, event, session] = context;
  CollectorStatus collector_status = read_collector_status(event.row(kCollectorStatusRow), event.now);
  begin_day(collector_status, event.now);
  return outcome_of(
      json_reply(200, print(config, collector_status, session, read_outbox(event.row(kOutboxRow)))));
}

Outcome needs_the_collector(const Context&) {
  return outcome_of(Error{404, "/api/self needs the collector"});
}

}  // namespace hb
