// Cloudflare's KV as it promises to be: a put is seen at once where it was made, elsewhere when the copy there has
// grown old; that there is nothing is remembered, too; one key takes one write a second, an account 1,000 a day.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <string>

#include "rounds.hpp"
#include "simulation/timeline.hpp"
#include "simulation/weather.hpp"

namespace hb::simulation {

class Kv {
 public:
  static constexpr int kPlaces = kEdges + 1;  // those of the edges, and the collector's
  static constexpr int kWritesPerDay = 1'000;

  Kv(const Timeline& timeline, const Weather& weather) : timeline_(timeline), weather_(weather) {}

  ReadDocument read(Key key, int place);
  // Whether it was stored.
  bool put(Key key, const std::string& bytes, int place);

  int puts_on(Day day) const;
  std::function<void(Key key, const std::string& bytes)> after_put = [](Key, const std::string&) {};

 private:
  struct Copy {
    Time until{};
    ReadDocument document{};
  };
  struct Entry {
    bool is_there = false;
    std::string bytes{};
    Time put_at{};
    std::array<Copy, kPlaces> copies{};
  };

  const Timeline& timeline_;
  const Weather& weather_;
  std::array<Entry, kKeys.size()> entries_{};
  std::map<Day, int> puts_{};
};

}  // namespace hb::simulation
