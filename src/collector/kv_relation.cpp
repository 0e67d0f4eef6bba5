#include "collector/kv_relation.hpp"

namespace hb {
namespace {

bool is_lost(const Tick& tick, const Document& stored, const Data& data) {
  if (!tick.last_day) return false;  // nothing was put
  return stored.state == Document::State::absent || data.history().last_day < *tick.last_day;
}

}  // namespace

KvRelation kv_relation(const Tick& tick, const Document& stored, const Data& data, Time now) {
  if (stored.state == Document::State::failed || data.is_newer()) return KvRelation::own;
  if (!is_own_revision(tick, believable_revision(data.revision, now))) return KvRelation::foreign;
  if (!is_lost(tick, stored, data)) return KvRelation::own;
  return tick.lost && now - *tick.lost >= kLossWaits ? KvRelation::accepted : KvRelation::lost;
}

}  // namespace hb
