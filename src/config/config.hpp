// The configuration: what the four files and the secrets say, checked once and then only read.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/severities.hpp"
#include "schedule/schedule.hpp"
#include "text/time.hpp"

namespace hb {

// Which kinds of change are announced.
struct Events {
  bool down = true;
  bool up = true;
  bool degraded = true;

  bool operator==(const Events&) const = default;
};

struct Notifications {
  bool enabled = true;
  std::optional<std::vector<std::string>> channels{};  // absent: all; by type or name
  std::optional<Events> events{};                      // absent: each channel's own

  bool operator==(const Notifications&) const = default;
};

inline constexpr Millis kUsualGrace = 300s;

// When a service is expected, and how long its runs may take.
struct Timing {
  std::optional<Schedule> schedule{};   // absent: only the staleness threshold counts
  bool has_threshold = true;            // beside a schedule: an upper bound
  std::optional<Millis> grace{};        // from when it is expected until it is down
  std::optional<Millis> early{};        // how long before a slot it may come for it
  std::optional<Millis> start_grace{};  // from when it is expected until it should have started
  std::optional<Millis> max_runtime{};  // of a run
  std::optional<Millis> min_runtime{};  // a shorter run failed
  std::optional<Time> expect_from{};    // of one that was never heard; the epoch: since it is watched

  Millis grace_or_usual() const;
  Millis early_or_usual() const;

  bool operator==(const Timing&) const = default;
};

struct Group {
  std::string id{};
  std::string name{};
  std::vector<size_t> services{};  // in the order of the group's list

  bool operator==(const Group&) const = default;
};

// With its group's values merged in.
struct Service {
  std::string id{};
  std::string name{};
  std::string description{};
  bool enabled = true;
  std::optional<size_t> group{};  // absent: shown as "Ungrouped"
  Millis staleness_threshold = 300s;
  Timing timing{};
  std::string uptime_threshold_set = "default";
  bool auth_required = true;
  int failure_threshold = 1;
  int success_threshold = 1;     // good heartbeats before a recovery is announced
  int repeat_alert_minutes = 0;  // 0: no reminders
  Notifications notifications{};
  std::vector<std::string> previous_ids{};

  bool operator==(const Service&) const = default;
};

struct Channel {
  std::string type{};
  std::string name{};
  bool enabled = true;
  bool external_alerts = true;
  Events events{};
  // type email
  std::string provider{};
  std::string region = "us";  // of mailgun, PagerDuty and Opsgenie: us or eu; of the last also jira
  std::string from{};
  std::vector<std::string> to{};
  // type webhook
  std::string method = "POST";
  std::map<std::string, std::string> headers{};
  std::string auth_header = "Authorization";
  std::string body{};  // a template of its own, for all kinds of messages; empty: the usual JSON
  // others
  std::string thread{};         // of Telegram, a topic's number; empty: the general one
  bool posts_to_forum = false;  // of Discord: each message begins a thread
  std::string stream{};         // of Zulip, a channel's name
  std::string topic{};          // of Zulip; empty: the service's name
  std::string tag{};            // of Apprise; empty: all

  bool operator==(const Channel&) const = default;
};

struct AlertHistory {
  int max_alerts = 100;
  int max_age_days = 7;
};

struct NotificationSettings {
  bool enabled = true;
  int cooldown_minutes = 5;
  int repeat_alert_minutes = 0;
  bool include_metadata = true;
  std::string timezone = "UTC";
  int digest_after = 5;
  AlertHistory alert_history{};
  // Per template ("discord", "discord_external", …) its text fields as written; fields of lists are named
  // "fields[0].name" and so on.
  std::map<std::string, std::map<std::string, std::string>> templates{};
  std::vector<Channel> channels{};
};

// The switches of the endpoints.
struct Api {
  bool heartbeat = true;
  bool status = true;
  bool uptime = true;  // and history
  bool logs = true;    // and incidents
  bool services = true;
  bool export_csv = true;
  bool alert = true;
  bool alert_history = true;
  bool test_notification = false;
  bool public_log_metadata = false;
};

struct Features {
  bool refresh_button = true;
  bool last_updated = true;
  int auto_refresh_seconds = 0;  // 0: off
  bool uptime_percentage = true;
  bool uptime_history = true;
  bool export_button = true;
  bool alert_history_button = true;
};

struct BrowserAlerts {
  int polling_interval_seconds = 60;           // 0: off
  std::vector<std::string> severity_filter{};  // empty: all
  bool toasts = true;
  bool browser_notifications = false;
};

struct UptimeThreshold {
  std::string name{};
  double min = 0;  // per cent, inclusive
  std::string color{};
  std::string label{};

  bool operator==(const UptimeThreshold&) const = default;
};

// Highest `min` first.
using UptimeThresholds = std::vector<UptimeThreshold>;

struct Monitoring {
  Millis check_interval = 60s;
  Millis record_interval = 300s;
  Millis kv_lag = 60s;           // counts only without the collector
  int kv_writes_per_day = 1000;  // 0: unlimited
  int log_retention_days = 7;
  std::string public_url{};
  std::string collector_location{};  // as Cloudflare's locationHint; empty: where it is first asked
};

struct Settings {
  Features features{};
  Api api{};
  Millis default_recent_period = std::chrono::hours{24};
  int default_recent_limit = 20;
  BrowserAlerts alert_notifications{};
  int retention_days = 120;
  std::map<std::string, UptimeThresholds> uptime_thresholds{};  // has "default", "strict" and "relaxed"
  std::vector<std::string> allowed_origins{};
  Monitoring monitoring{};
  Severities severities{};  // of alerts from outside, besides those that are known
};

struct Link {
  std::string text{};
  std::string url{};

  bool operator==(const Link&) const = default;
};

struct Dashboard {
  std::string title = "Service status";
  std::string subtitle{};
  std::string logo_url{};
  std::string logo_alt{};
  bool show_logo = false;
  std::vector<Link> header_links{};
  std::string page_title = "Service status";
  std::string favicon{};
  std::string primary_color{};
  std::string accent_color{};
  std::string default_mode = "auto";  // auto, light or dark
  bool show_theme_toggle = true;
  std::map<std::string, std::string> light_colors{};  // name of a custom property → CSS colour
  std::map<std::string, std::string> dark_colors{};
  std::string footer_text{};
  std::vector<Link> footer_links{};
  std::string custom_css{};
};

// Keys of heartbeats, out of API_KEYS, API_KEYS_2, ….
struct ApiKeys {
  enum class State { unset, damaged, set };

  State state = State::unset;
  std::map<std::string, std::string, std::less<>> keys{};  // by service id, group id, or "*"; empty: none
  std::vector<std::string> unusable{};                     // ids whose value is no text
};

struct Secrets {
  ApiKeys api_keys{};
  std::string alert_api_key{};                                     // empty: unset
  std::string monitor_ping_url{};                                  // empty: unset
  std::map<std::string, std::string, std::less<>> notification{};  // by whole name, NOTIFICATION_…
};

struct Config {
  std::vector<Group> groups{};
  std::vector<Service> services{};  // in the order of the file
  NotificationSettings notifications{};
  Settings settings{};
  Dashboard dashboard{};
  Secrets secrets{};
  std::string identity{};            // of the four files: 16 hexadecimal digits
  std::vector<std::string> zones{};  // that schedules name, besides UTC

  // By id and by previous ids (`formerly`). Its keys point into `services`.
  std::unordered_map<std::string_view, size_t> by_id{};

  // The service that goes by this id, or went by it.
  const Service* find(std::string_view id) const {
    const auto found = by_id.find(id);
    return found == by_id.end() ? nullptr : &services[found->second];
  }

  Config() = default;
  Config(Config&&) = default;
  Config& operator=(Config&&) = default;
  Config(const Config&) = delete;
};

inline constexpr std::string_view kUngrouped = "Ungrouped";

// The id and the name of a service's group; of one without a group null and kUngrouped.
inline const Group* group_of(const Config& config, const Service& service) {
  return service.group ? &config.groups[*service.group] : nullptr;
}

inline std::string_view group_name(const Config& config, const Service& service) {
  const Group* group = group_of(config, service);
  return group ? std::string_view(group->name) : kUngrouped;
}

// "services.json", the path to the value as in `services[2].id`, and what was expected there.
struct Fault {
  std::string file{};
  std::string path{};
  std::string text{};

  bool operator==(const Fault&) const = default;
};

// "services.json: services[2].id: is used twice; ids must be unique"
std::string sentence(const Fault& fault);

// The texts of the four files, and every variable and secret by its name.
struct ConfigFiles {
  std::string_view services{};
  std::string_view notifications{};
  std::string_view settings{};
  std::string_view dashboard{};
  std::string_view known_zones{};  // names of time zones, a line each; empty: nobody says which there are
  std::map<std::string, std::string> env{};
};

struct ParsedConfig {
  Config config{};
  std::vector<Fault> faults{};  // not empty: the configuration must not be used
  std::vector<Fault> warnings{};
};

ParsedConfig parse_config(const ConfigFiles& files);

}  // namespace hb
