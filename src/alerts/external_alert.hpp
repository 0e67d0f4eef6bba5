// An alert that another monitor posted, and what it becomes here: an entry of the history, and a message.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/severities.hpp"
#include "documents/alerts.hpp"
#include "documents/last_heartbeat.hpp"
#include "documents/message.hpp"

namespace hb {

struct ExternalAlert {
  std::string title{};     // one line, at most 300 characters
  std::string message{};   // at most 4,096 characters
  std::string severity{};  // one of kSeverities, also when it is resolved
  std::string source{};    // "grafana", "alertmanager", or what the sender calls itself
  bool is_resolved = false;
  bool is_truncation = false;  // is about what the sender left out of a group
  std::string fingerprint{};   // empty: every post is a new alert
  std::optional<Time> starts_at{};
  std::optional<Time> ends_at{};        // of what is resolved; else when the sender means to forget it
  std::string url{};                    // empty, or http or https
  std::string labels{};                 // a JSON object of at most kMaxLabelBytes, or empty
  std::string annotations{};            // the same
  std::vector<std::string> channels{};  // empty: those whose events fit

  bool operator==(const ExternalAlert&) const = default;
};

inline constexpr size_t kMaxLabelBytes = 4096;

// Nobody is notified of it unless it names channels, as of the alert that shows that Prometheus works.
bool is_for_nobody(const ExternalAlert& alert);

// As which event of a service it counts: up, degraded or down.
Status event_of(const ExternalAlert& alert);

// Whether the alert of this title is about a rule that found no data. Grafana gives it the same name as the one
// that the rule is made for.
inline constexpr const char* kNoData = ": no data";
bool is_of_missing_data(std::string_view title);

// The same for all posts about one alert: its fingerprint, else its source, title and labels.
std::string alert_key(const ExternalAlert& alert);

// The entry of recent:alerts. Its id is the same for repeats of one firing or resolved alert that says when
// it started; of others each post has its own. `again` is when it fired again within what its sender takes for
// one beginning (known_alerts.hpp).
Alert history_entry(const ExternalAlert& alert, std::optional<Time> again, Time now);

// What the id of an entry says of the alert of this key; absent when it is of another.
struct EntryId {
  std::optional<Time> starts_at{};
  std::optional<Time> again{};
};
std::optional<EntryId> parse_entry_id(std::string_view id, std::string_view alert_key);

Message alert_message(const ExternalAlert& alert, Time now);

}  // namespace hb
