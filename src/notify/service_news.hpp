// What one service's people are to be told after a check.
#pragma once

#include <span>
#include <vector>

#include "check/verdict.hpp"
#include "config/config.hpp"
#include "documents/notified.hpp"
#include "notify/announcement.hpp"
#include "notify/announcement_texts.hpp"

namespace hb {

// A service in one check: as it was and as it is.
struct Turn {
  const Config& config;
  const Service& service;
  const ServiceState& before;
  const ServiceState& row;
  const Heard& heard;
  const Moment& moment;
  const LastBeats& last_beats;
  std::span<const ServiceChange> changes{};  // of this service
  bool is_blind = false;                     // silence is not to be told
};

struct News {
  Notified notified{};
  std::vector<Announcement> announcements{};
};

// Whether there may be anything to tell or to remember. Cheap, because most services are up and stay so.
bool may_be_news(const Turn& turn);

News news_of(const Turn& turn, Notified notified);

// The trouble is not followed any more: every channel that was told of it and still exists hears why.
std::vector<Announcement> closings(const Config& config, const Service& service, const Notified& notified,
                                   const Moment& moment, std::string_view reason);

}  // namespace hb
