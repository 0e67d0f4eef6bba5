#include "simulation/edge.hpp"

namespace hb::simulation {

void Edge::request(std::string_view method, std::string_view path, std::string_view body, Whenever done) {
  const Request request{.method = method, .path = path, .base_url = "https://monitor.example", .body = body};
  play(encode_trigger(request), std::move(done));
}

void Edge::check(Time scheduled, Whenever done) {
  play(encode_trigger(Cron{scheduled}), [this, done = std::move(done)](std::optional<EventRounds::End> end) {
    for (const std::string& follow_up : end ? end->follow_ups : std::vector<std::string>{}) {
      collector_.call_of_edge(follow_up, [](const std::optional<EventRounds::End>&) {});
    }
    done(std::move(end));
  });
}

void Edge::store(const EventRounds::Store& wanted, const RunPtr& run) {
  collector_.call_of_edge(wanted.event, [this, run](std::optional<EventRounds::End> answer) {
    if (run->is_over) return;
    const bool is_stored = answer && answer->reply.status == 200;
    later(0ms, run, [run, is_stored] {
      if (!is_stored) run->rounds.refuse();
    });
  });
}

void Edge::call(const EventRounds::Call& wanted, const RunPtr& run) {
  collector_.call_of_edge(wanted.event, [this, run](std::optional<EventRounds::End> answer) {
    if (run->is_over) return;
    if (answer) return end(run, std::move(answer));
    later(0ms, run, [run] { run->rounds.refuse(); });
  });
}

}  // namespace hb::simulation
