// A round of telling as handlers play it: what leaves with an outcome, and what the answers mean afterwards.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collector/ring.hpp"
#include "documents/data.hpp"
#include "documents/outbox.hpp"
#include "event/event.hpp"
#include "notify/outbox_enqueue.hpp"
#include "notify/outbox_settle.hpp"

namespace hb {

// Which message a send is.
struct Ticket {
  std::string channel{};
  std::string id{};

  bool operator==(const Ticket&) const = default;
};

// What is due leaves with what is done, whose sends are in the order of the tickets; the outbox has to be
// written with it.
std::vector<Ticket> hand_out(const Config& config, const Event& event, Outbox& outbox, Done& done);

// As text that crosses from one round to the next.
std::string write_tickets(const std::vector<Ticket>& tickets);
std::vector<Ticket> read_tickets(std::string_view text);

// Settles the answers, which are in the order of the tickets, and has the log say what was not good.
Settled take_answers(const Config& config, const Event& event, const std::vector<Ticket>& tickets,
                     Outbox& outbox, Done& done);

// The same in the collector: the outbox is the row as it is by now, and written again with the outcome; the
// session counts what was told.
Outbox settle_row(const Config& config, const Event& event, const std::vector<Ticket>& tickets, Session& session,
                  Done& done);

// The call that tells a watcher of the monitor that a check was made, as the last of the outcome's sends,
// when the secret MONITOR_PING_URL is set.
void add_ping(const Config& config, Done& done);

// The log hears of a ping that came to nothing. It is the answer behind those of the tickets.
void note_ping(const Event& event, size_t tickets, Done& done);

bool has_waiting(const Outbox& outbox);

// As everybody may know of it: their names, and since when they fail.
std::vector<FailingChannel> failing_channels(const Config& config, const Outbox& outbox);

void log_dropped(const std::vector<std::string>& sentences, Done& done);

}  // namespace hb
