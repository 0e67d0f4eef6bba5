// Alerts that other monitors post: generic ones, Grafana's and Alertmanager's.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "documents/alerts.hpp"
#include "documents/last_heartbeat.hpp"
#include "documents/message.hpp"
#include "event/http.hpp"

namespace hb {

struct ExternalAlert {
  std::string title{};     // one line, at most 300 characters
  std::string message{};   // at most 4,096 characters
  std::string severity{};  // critical, error, warning or info; as the sender says, resolved or not
  std::string source{};    // "grafana", "alertmanager", or what the sender calls itself
  bool is_resolved = false;
  std::string fingerprint{};  // empty: every post is a new alert
  std::optional<Time> starts_at{};
  std::string url{};                    // empty, or http or https
  std::string labels{};                 // a JSON object of at most kMaxLabelBytes, or empty
  std::string annotations{};            // the same
  std::vector<std::string> channels{};  // empty: those whose events fit

  bool operator==(const ExternalAlert&) const = default;
};

inline constexpr size_t kMaxLabelBytes = 4096;

// Every alert of the body, which is told apart by its shape. Not empty.
std::variant<std::vector<ExternalAlert>, Error> parse_alerts(std::string_view body);

// critical, error, warning or info for any word in any case of letters.
std::string_view known_severity(std::string_view word);

// As which event of a service it counts: up, degraded or down.
Status event_of(const ExternalAlert& alert);

// The same for all posts about one alert: its fingerprint, else its source, title and labels.
std::string alert_key(const ExternalAlert& alert);

// The entry of recent:alerts. Its id is the same for repeats of one firing or resolved alert that says when
// it started; of others each post has its own.
Alert history_entry(const ExternalAlert& alert, Time now);

Message alert_message(const ExternalAlert& alert, Time now);

}  // namespace hb
