// The alerts from outside that were posted lately, so that a repeat is not announced again. In the collector
// each has its place in one of kKnownRows rows, by the hash of its key, so that an alert costs a small row:
//
//   {"alert:5f1c…":["firing",1795327200000,1795327260000,"down",1795327500000],…}
//
// with when the alert started (0: it does not say), when it was last posted, as which event it counted, and,
// if there is one, when it fired again (all in ms). Without the collector the history says as much.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/external_alert.hpp"
#include "event/event.hpp"

namespace hb {

struct KnownAlert {
  bool is_resolved = false;
  std::optional<Time> starts_at{};
  Time posted{};
  std::optional<Status> event{};  // unknown: there was no data; absent: an earlier version did not keep it
  std::optional<Time> again{};    // of one that fired again: when

  bool operator==(const KnownAlert&) const = default;
};

// What one post about an alert is.
struct Novelty {
  bool is_news = false;
  std::optional<Time> again{};  // what tells its entries from those of the same beginning

  bool operator==(const Novelty&) const = default;
};

// The one rule of repeats. It is news when nothing is known of the alert, when its state or its event is another, or
// when it says that it began at another time; one without a fingerprint always is. When it fires again, or
// more or less severely, with the beginning that is known, that is an occasion of its own, until it is
// resolved.
Novelty novelty_of(const KnownAlert* known, const ExternalAlert& alert, Time now);

// What the newest entry of the alert says; absent when there is none.
std::optional<KnownAlert> known_from_history(std::span<const Alert> newest_first, const ExternalAlert& alert);

inline constexpr size_t kKnownRows = 64;
inline constexpr size_t kMostKnownInRow = 160;  // beyond it the one that was posted longest ago is forgotten
inline constexpr Millis kKnownFor = std::chrono::days{30};  // since it was last posted
// All rows, and the one in which earlier versions had them all.
inline const Range kAllKnownRows{"known:", "known;"};
inline constexpr const char* kOldKnownRow = "known";

// "known:2c", by the low bits of the key's FNV-1a hash.
std::string known_row(std::string_view alert_key);

using KnownInRow = std::map<std::string, KnownAlert, std::less<>>;  // by alert_key

// As much as can be read, without what is older than kKnownFor at `now`.
KnownInRow read_known_alerts(std::string_view row, Time now);
std::string write_known_alerts(const KnownInRow& known);

struct KnownRow {
  KnownInRow known{};
  bool has_changed = false;
};

// The rows as an event has them: those of the alerts that it asks for have to be read.
class KnownAlerts {
 public:
  KnownAlerts(const Event& event, Time now) : event_(event), now_(now) {}

  // `key` is that of the alert.
  const KnownAlert* find(std::string_view key);
  // Remembers the post; of one without a fingerprint there is nothing to remember.
  void remember(const std::string& key, const ExternalAlert& alert, std::optional<Time> again);
  // That a repeat came, once a day.
  void refresh(const std::string& key);
  // Those that changed, and the old one once it has nothing more to say.
  std::vector<RowPut> changed_rows();

 private:
  KnownRow& row_of(std::string_view key);
  const KnownInRow& old();

  const Event& event_;
  Time now_;
  std::array<std::optional<KnownRow>, kKnownRows> rows_{};
  std::optional<KnownInRow> old_{};
};

}  // namespace hb
