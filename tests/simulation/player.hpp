// Plays events over time: between two rounds others go on, and whoever plays may die.
#pragma once

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/instance.hpp"
#include "rounds.hpp"
#include "simulation/kv.hpp"
#include "simulation/timeline.hpp"
#include "simulation/weather.hpp"

namespace hb::simulation {

// The core with a configuration.
class Program {
 public:
  Program(const std::string& services, const std::string& notifications,
          const std::map<std::string, std::string>& env);

  DecodedOutcome step(const Event& event, const std::string& trigger);

 private:
  Instance instance_{};
};

// What all players share.
struct Surroundings {
  Timeline& timeline;
  const Weather& weather;
  Kv& kv;
  std::function<Answer(const Send&)> provider;
};

// Absent: there was no answer.
using Whenever = std::function<void(std::optional<EventRounds::End>)>;

class Player : public EventRounds::Host {
 public:
  Player(Surroundings& around, Role role, int place) : around_(around), role_(role), place_(place) {}

  void run(std::shared_ptr<Program> program) { program_ = std::move(program); }
  void play(std::string trigger, Whenever done);
  // All that is remembered and under way is gone.
  void die();

  Time now() const override { return around_.timeline.now(); }
  DecodedOutcome step(const Event& event, const std::string& trigger) override;
  void keep(const DecodedOutcome& decoded) override;
  std::vector<std::pair<std::string, std::string>> rows_in(const Range&) override { return {}; }
  std::string session() const override { return session_; }

 protected:
  struct Run {
    Run(Player& player, Role role, std::string trigger, Whenever done)
        : rounds(player, role, std::move(trigger)), done(std::move(done)) {}

    EventRounds rounds;
    Whenever done;
    bool is_over = false;
  };
  using RunPtr = std::shared_ptr<Run>;

  virtual void store(const EventRounds::Store& wanted, const RunPtr& run) = 0;
  virtual void call(const EventRounds::Call& wanted, const RunPtr& run) = 0;
  // Between two rounds. Whoever dies here says so by `die`.
  virtual void meanwhile() {}

  // Does `then` later, unless the run was cut off, and goes on with its rounds.
  void later(Millis wait, const RunPtr& run, std::function<void()> then);
  void end(const RunPtr& run, std::optional<EventRounds::End> end);
  Millis kv_latency() const;

  Surroundings& around_;
  Role role_;
  int place_;
  std::string session_{};

 private:
  void go_on(const RunPtr& run);
  void read(const EventRounds::Read& wanted, const RunPtr& run);
  void make_calls(const EventRounds::MakeCalls& wanted, const RunPtr& run);

  std::shared_ptr<Program> program_{};
  std::list<RunPtr> running_{};
};

}  // namespace hb::simulation
