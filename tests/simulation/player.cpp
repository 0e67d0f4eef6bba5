#include "simulation/player.hpp"

#include <cstdio>
#include <cstdlib>

namespace hb::simulation {
namespace {

constexpr Millis kRead = 20ms;
constexpr Millis kSlowRead = 9s;
constexpr Millis kSend = 300ms;

template <typename Call>
std::vector<std::string_view> called(Instance& instance, const std::string& frame, Call call) {
  std::copy(frame.begin(), frame.end(), instance.input(frame.size()));
  if (!(instance.*call)()) std::abort();
  return instance.output();
}

}  // namespace

Program::Program(const std::string& services, const std::string& notifications,
                 const std::map<std::string, std::string>& env) {
  const ConfigFiles files{
      .services = services, .notifications = notifications, .settings = "{}", .dashboard = "{}", .env = env};
  const auto configured = parse_json(called(instance_, frame_of(files, ""), &Instance::configure).front());
  if (!configured || !(*configured)["faults"].empty()) {
    std::fprintf(stderr, "The simulation's configuration: %s\n", configured->dump().c_str());
    std::abort();
  }
}

DecodedOutcome Program::step(const Event& event, const std::string& trigger) {
  return outcome_in(called(instance_, frame_of(event, trigger), &Instance::step));
}

void Player::play(std::string trigger, Whenever done) {
  const auto run = std::make_shared<Run>(*this, role_, std::move(trigger), std::move(done));
  running_.push_back(run);
  go_on(run);
}

void Player::die() {
  session_.clear();
  for (const RunPtr& run : std::exchange(running_, {})) {
    run->is_over = true;
    around_.timeline.after(kRead, [run] { run->done(std::nullopt); });
  }
}

DecodedOutcome Player::step(const Event& event, const std::string& trigger) {
  return program_->step(event, trigger);
}

void Player::keep(const DecodedOutcome& decoded) {
  std::visit([&](const auto& outcome) { session_ = outcome.session.value_or(session_); }, decoded.outcome);
}

void Player::go_on(const RunPtr& run) {
  EventRounds::Wait wait = run->rounds.next();
  meanwhile();
  if (run->is_over) return;
  if (auto* done = std::get_if<EventRounds::End>(&wait)) return end(run, std::move(*done));
  if (const auto* wanted = std::get_if<EventRounds::Read>(&wait)) return read(*wanted, run);
  if (const auto* wanted = std::get_if<EventRounds::Store>(&wait)) return store(*wanted, run);
  if (const auto* wanted = std::get_if<EventRounds::Call>(&wait)) return call(*wanted, run);
  make_calls(std::get<EventRounds::MakeCalls>(wait), run);
}

void Player::end(const RunPtr& run, std::optional<EventRounds::End> end) {
  run->is_over = true;
  running_.remove(run);
  run->done(std::move(end));
}

void Player::later(Millis wait, const RunPtr& run, std::function<void()> then) {
  around_.timeline.after(wait, [this, run, then = std::move(then)] {
    if (run->is_over) return;
    then();
    go_on(run);
  });
}

void Player::read(const EventRounds::Read& wanted, const RunPtr& run) {
  later(kv_latency(), run,
        [this, run, keys = wanted.keys, head = wanted.head, asks_rate = wanted.reader_rate] {
          if (asks_rate) run->rounds.give_rate(ReaderRate::within);
          for (const Key key : keys) {
            ReadDocument document = around_.kv.read(key, place_);
            const bool is_found = document.state == Document::State::found;
            if (is_found && key == Key::data) document = head_of(document.bytes, head);
            run->rounds.give(key, std::move(document));
          }
        });
}

void Player::make_calls(const EventRounds::MakeCalls& wanted, const RunPtr& run) {
  std::vector<Answer> answers;
  for (const Send& send : wanted.sends) answers.push_back(around_.provider(send));
  later(kSend, run, [run, answers = std::move(answers)] { run->rounds.give_answers(answers); });
}

Millis Player::kv_latency() const {
  return around_.weather.is(Trouble::kv_is_slow, now()) ? kSlowRead : kRead;
}

}  // namespace hb::simulation
