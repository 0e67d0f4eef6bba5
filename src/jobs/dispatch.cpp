#include "jobs/dispatch.hpp"

#include <algorithm>

#include "collector/rows.hpp"
#include "notify/outbox_outgoing.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

void log_all(Level level, const std::vector<std::string>& sentences, std::string_view event,
             Done& done) {
  for (const std::string& sentence : sentences) done.logs.push_back({level, sentence, std::string(event)});
}

}  // namespace

std::vector<Ticket> hand_out(const Config& config, const Event& event, Outbox& outbox, Done& done) {
  std::vector<Ticket> tickets;
  for (Outgoing& out : outgoing(config, outbox, event.utc_offset, event.now)) {
    tickets.push_back({std::move(out.channel), std::move(out.id)});
    done.sends.push_back(std::move(out.send));
  }
  return tickets;
}

std::string write_tickets(const std::vector<Ticket>& tickets) {
  JsonWriter json;
  json.begin_array();
  for (const auto& [channel, id] : tickets) json.begin_array().value(channel).value(id).end_array();
  return json.end_array().take();
}

std::vector<Ticket> read_tickets(std::string_view text) {
  std::vector<Ticket> tickets;
  const auto json = parse_json(text);
  if (!json) return tickets;
  for (const Json& ticket : elements(*json)) {
    const auto& fields = elements(ticket);
    if (fields.size() != 2) continue;
    tickets.push_back({as_string(fields.front()).value_or(""), as_string(fields.back()).value_or("")});
  }
  return tickets;
}

Settled take_answers(const Config& config, const Event& event, const std::vector<Ticket>& tickets,
                     Outbox& outbox, Done& done) {
  std::vector<Result> results;
  for (size_t i = 0; i < std::min(tickets.size(), event.answers.size()); ++i) {
    results.push_back({tickets[i].channel, tickets[i].id, event.answers[i]});
  }
  Settled settled = settle(config, outbox, results, event.now);
  log_all(Level::warn, settled.log, "not-sent", done);
  return settled;
}

Outbox settle_row(const Config& config, const Event& event, const std::vector<Ticket>& tickets, Session& session,
                  Done& done) {
  Outbox outbox = read_outbox(event.row(kOutboxRow));
  const Settled settled = take_answers(config, event, tickets, outbox, done);
  session.told.sent += settled.sent;
  session.told.failed += settled.failed;
  if (!tickets.empty()) done.rows.push_back({kOutboxRow, write_outbox(outbox)});
  return outbox;
}

void add_ping(const Config& config, Done& done) {
  if (config.secrets.monitor_ping_url.empty()) return;
  done.sends.push_back({.url = config.secrets.monitor_ping_url, .method = "GET"});
}

void note_ping(const Event& event, size_t tickets, Done& done) {
  if (event.answers.size() <= tickets) return;
  const Answer& answer = event.answers[tickets];
  if (answer.status >= 200 && answer.status < 300) return;
  const std::string what = answer.status == 0 ? "no answer" : "HTTP " + std::to_string(answer.status);
  done.logs.push_back({Level::warn, "MONITOR_PING_URL: " + what, "ping-failed"});
}

bool has_waiting(const Outbox& outbox) {
  return std::any_of(outbox.channels.begin(), outbox.channels.end(),
                     [](const ChannelQueue& queue) { return !queue.waiting.empty(); });
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
