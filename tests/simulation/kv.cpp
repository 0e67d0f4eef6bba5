#include "simulation/kv.hpp"

namespace hb::simulation {
namespace {

constexpr Millis kCacheTtl = 30s;  // which the shim asks for
constexpr Millis kLag = 60s;       // the most that is promised
constexpr Millis kApart = 1s;      // between two writes of a key

}  // namespace

ReadDocument Kv::read(Key key, int place) {
  const Time now = timeline_.now();
  if (weather_.is(Trouble::kv_gives_nothing, now)) return {.state = Document::State::failed};
  Entry& entry = entries_[static_cast<size_t>(key)];
  Copy& copy = entry.copies[static_cast<size_t>(place)];
  if (now >= copy.until) {
    copy.until = now + (weather_.is(Trouble::kv_lags, now) ? kLag : kCacheTtl);
    copy.document = entry.is_there ? ReadDocument{Document::State::found, entry.bytes} : ReadDocument{};
  }
  return copy.document;
}

bool Kv::put(Key key, const std::string& bytes, int place) {
  const Time now = timeline_.now();
  Entry& entry = entries_[static_cast<size_t>(key)];
  const bool is_early = entry.is_there && now < entry.put_at + kApart;
  int& puts = puts_[day_of(now)];
  if (weather_.is(Trouble::kv_takes_nothing, now) || is_early || puts >= kWritesPerDay) return false;
  ++puts;
  entry.is_there = true;
  entry.bytes = bytes;
  entry.put_at = now;
  entry.copies[static_cast<size_t>(place)] = {};
  after_put(key, bytes);
  return true;
}

int Kv::puts_on(Day day) const {
  const auto found = puts_.find(day);
  return found == puts_.end() ? 0 : found->second;
}

}  // namespace hb::simulation
