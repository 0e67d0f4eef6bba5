#include "notify/group_troubles.hpp"

#include <algorithm>

#include "message/wording.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

constexpr size_t kNamed = 3;
constexpr size_t kName = 60;

}  // namespace

std::string GroupTroubles::others_of(const Service& service) {
  if (!service.group || *service.group >= config_.groups.size()) return {};
  const auto& [followed, down] = members_of(*service.group);
  std::string names;
  size_t named = 0;
  const auto own = static_cast<size_t>(&service - config_.services.data());
  const bool is_down = state_.services[own].status == Status::down;
  const size_t others = down.size() - std::min<size_t>(down.size(), is_down ? 1 : 0);
  for (auto one = down.begin(); one != down.end() && named < kNamed; ++one) {
    if (*one == &service) continue;
    (names += named++ == 0 ? "" : ", ") += shortened(one_line((*one)->name), kName);
  }
  if (others == 0) return {};
  if (others > named) names += " and " + std::to_string(others - named) + " more";
  return std::to_string(others) + " of " + std::to_string(followed - 1) +
         (followed == 2 ? " other: " : " others: ") + names;
}

const GroupTroubles::Members& GroupTroubles::members_of(size_t group) {
  const auto [found, is_new] = groups_.try_emplace(group);
  Members& members = found->second;
  if (!is_new) return members;
  for (const size_t i : config_.groups[group].services) {
    if (!config_.services[i].enabled) continue;
    ++members.followed;
    if (state_.services[i].status == Status::down) members.down.push_back(&config_.services[i]);
  }
  return members;
}

}  // namespace hb
