#include "jobs/dispatch.hpp"

#include <algorithm>

#include "collector/rows.hpp"
#include "notify/outbox_outgoing.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

void log_all(Level level, const std::vector<std::string>& sentences, std::string_view event, Done& done) {
  for (const std::string& sentence : sentences) done.logs.push_back({level, sentence, std::string(event)});
}

}  // namespace

std::vector<DeliveryId> lease(const Config& config, const Event& event, Outbox& outbox, Done& done) {
  std::vector<DeliveryId> delivery_ids;
  for (Outgoing& out : outgoing(config, outbox, event.utc_offset, event.now)) {
    delivery_ids.push_back({std::move(out.channel), std::move(out.id)});
    done.sends.push_back(std::move(out.send));
  }
  return delivery_ids;
}

std::string write_delivery_ids(const std::vector<DeliveryId>& delivery_ids) {
  JsonWriter json;
  json.begin_array();
  for (const auto& [channel, id] : delivery_ids) json.begin_array().value(channel).value(id).end_array();
  return json.end_array().take();
}

std::vector<DeliveryId> read_delivery_ids(std::string_view text) {
  std::vector<DeliveryId> delivery_ids;
  const auto json = parse_json(text);
  if (!json) return delivery_ids;
  for (const Json& delivery_id : elements(*json)) {
    const auto& fields = elements(delivery_id);
    if (fields.size() != 2) continue;
    delivery_ids.push_back({as_string(fields.front()).value_or(""), as_string(fields.back()).value_or("")});
  }
  return delivery_ids;
}

RecordedResults take_answers(const Config& config, const Event& event,
                             const std::vector<DeliveryId>& delivery_ids, Outbox& outbox, Done& done) {
  std::vector<Result> results;
  for (size_t i = 0; i < std::min(delivery_ids.size(), event.answers.size()); ++i) {
    results.push_back({delivery_ids[i].channel, delivery_ids[i].id, event.answers[i]});
  }
  RecordedResults recorded = record_results(config, outbox, results, event.now);
  log_all(Level::warn, recorded.log, "not-sent", done);
  return recorded;
}

Outbox record_results_in_row(const Config& config, const Event& event,
                             const std::vector<DeliveryId>& delivery_ids, Session& session, Done& done) {
  Outbox outbox = read_outbox(event.row(kOutboxRow));
  const RecordedResults recorded = take_answers(config, event, delivery_ids, outbox, done);
  session.deliveries.sent += recorded.sent;
  session.deliveries.failed += recorded.failed;
  if (!delivery_ids.empty()) done.rows.push_back({kOutboxRow, write_outbox(outbox)});
  return outbox;
}

void add_ping(const Config& config, Done& done) {
  if (config.secrets.monitor_ping_url.empty()) return;
  done.sends.push_back({.url = config.secrets.monitor_ping_url, .method = "GET"});
}

void note_ping(const Event& event, size_t delivery_ids, Done& done) {
  if (event.answers.size() <= delivery_ids) return;
  const Answer& answer = event.answers[delivery_ids];
  if (answer.status >= 200 && answer.status < 300) return;
  const std::string what = answer.status == 0 ? "no answer" : "HTTP " + std::to_string(answer.status);
  done.logs.push_back({Level::warn, "MONITOR_PING_URL: " + what, "ping-failed"});
}

bool has_queued(const Outbox& outbox) {
  return std::any_of(outbox.channels.begin(), outbox.channels.end(),
                     [](const ChannelQueue& queue) { return waiting(queue) > 0; });
}

std::vector<FailingChannel> failing_channels(const Config& config, const Outbox& outbox) {
  std::vector<FailingChannel> out;
  for (const ChannelFault& fault : faults(config, outbox))
    out.push_back({fault.channel, fault.failing_since});
  return out;
}

void log_dropped(const std::vector<std::string>& sentences, Done& done) {
  log_all(Level::warn, sentences, "dropped", done);
}

}  // namespace hb
