#include "notify/announcements.hpp"

#include <algorithm>
#include <iterator>

#include "notify/inactive_news.hpp"
#include "notify/service_news.hpp"
#include "notify/silence_news.hpp"

namespace hb {
namespace {

class Announcer {
 public:
  Announcer(const Config& config, const CheckState& before, std::span<const Heard> heard,
            const Moment& moment, const LastBeats& last_beats, Verdict& verdict)
      : config_(config),
        before_(before),
        heard_(heard),
        moment_(moment),
        last_beats_(last_beats),
        verdict_(verdict) {}

  std::vector<Announcement> run() {
    add(silence_news(config_, moment_, verdict_.state));
    add(inactive_news(config_, moment_, verdict_.state));
    for (size_t i = 0; i < config_.services.size(); ++i) {
      if (config_.services[i].enabled) follow(i);
    }
    if (!out_.empty()) verdict_.has_changed = true;
    return std::move(out_);
  }

 private:
  void add(std::vector<Announcement> more) { std::move(more.begin(), more.end(), std::back_inserter(out_)); }

  // They are in the order of the services.
  std::span<const ServiceChange> changes_of(size_t service) {
    const auto& all = verdict_.changes;
    while (next_change_ < all.size() && all[next_change_].service < service) ++next_change_;
    size_t end = next_change_;
    while (end < all.size() && all[end].service == service) ++end;
    return std::span(all).subspan(next_change_, end - next_change_);
  }

  void follow(size_t i) {
    const Service& service = config_.services[i];
    ServiceState& row = verdict_.state.services[i];
    const Turn turn{.config = config_,
                    .service = service,
                    .before = before_.services[i],
                    .row = row,
                    .heard = heard_[i],
                    .moment = moment_,
                    .last_beats = last_beats_,
                    .changes = changes_of(i),
                    .is_blind = is_blind(verdict_.state, service.staleness_threshold, moment_.scheduled)};
    if (!may_be_news(turn)) return;
    News news = news_of(turn, row.notified);
    row.notified = std::move(news.notified);
    add(std::move(news.announcements));
  }

  const Config& config_;
  const CheckState& before_;
  std::span<const Heard> heard_;
  const Moment& moment_;
  const LastBeats& last_beats_;
  Verdict& verdict_;
  size_t next_change_ = 0;
  std::vector<Announcement> out_{};
};

}  // namespace

std::vector<Announcement> announce(const Config& config, const CheckState& before,
                                   std::span<const Heard> heard, const Moment& moment,
                                   const LastBeats& last_beats, Verdict& verdict) {
  return Announcer(config, before, heard, moment, last_beats, verdict).run();
}

}  // namespace hb
