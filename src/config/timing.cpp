#include "config/timing.hpp"

#include <algorithm>

#include "config/almost.hpp"
#include "schedule/cron.hpp"
#include "schedule/on_calendar.hpp"

namespace hb {
namespace {

constexpr int64_t kLongestPeriod = 365 * 86'400;
constexpr Bounds kPeriods{1, kLongestPeriod};
constexpr Bounds kGraces{0, kLongestPeriod};
constexpr Bounds kEarly{0, 86'400};
constexpr Millis kUsualEarly = 60s;  // of slots
constexpr size_t kMostLines = 20;
constexpr std::string_view kUtc = "UTC";
constexpr std::string_view kWhatSchedules = "one of \"every\", \"cron\" and \"onCalendar\"";

using ParseLine = ParsedLine (*)(std::string_view text);

// Reads the object `schedule`.
class ScheduleReader {
 public:
  ScheduleReader(const Field& field, const TimingReferences& references)
      : field_(field), references_(references) {}

  std::optional<Schedule> read() {
    Object in(field_);
    const Field every = in.member("every");
    const Field cron = in.member("cron");
    const Field on_calendar = in.member("onCalendar");
    const Field zone = in.member("timezone");
    if (!field_.json->is_object()) return std::nullopt;
    const int given = (every ? 1 : 0) + (cron ? 1 : 0) + (on_calendar ? 1 : 0);
    if (given != 1) return field_.fault("must have " + std::string(kWhatSchedules)), std::nullopt;
    schedule_.zone = text(zone, kTimezone).value_or(std::string(references_.zone));
    if (every) return read_every(every);
    schedule_.zone_index = index_of(schedule_.zone, zone ? zone : field_);
    const bool is_read = cron ? read_lines(cron, parse_cron) : read_lines(on_calendar, parse_on_calendar);
    return is_read ? identified() : std::nullopt;
  }

 private:
  std::optional<Schedule> identified() {
    std::string text = std::to_string(schedule_.every.count()) + '\n' + schedule_.zone;
    for (const ScheduleLine& line : schedule_.lines) text += '\n' + line.text;
    for (const char c : text)
      schedule_.identity = (schedule_.identity ^ static_cast<unsigned char>(c)) * 16'777'619;
    return std::move(schedule_);
  }

  std::optional<Schedule> read_every(const Field& field) {
    const auto seconds = integer(field, kPeriods);
    if (!seconds) return std::nullopt;
    schedule_.every = std::chrono::seconds{*seconds};
    return identified();
  }

  bool read_lines(const Field& field, ParseLine parse) {
    if (!field.json->is_array()) return read_line(field, parse);
    const size_t count = elements(*field.json).size();
    if (count == 0 || count > kMostLines)
      return field.fault("must have 1 to " + std::to_string(kMostLines) + " lines"), false;
    bool is_read = true;
    each_element_of(field, [&](const Field& element) { is_read &= read_line(element, parse); });
    return is_read;
  }

  bool read_line(const Field& field, ParseLine parse) {
    const auto line_text = text(field, kLine);
    if (!line_text) return false;
    ParsedLine parsed = parse(*line_text);
    if (const auto* fault = std::get_if<std::string>(&parsed)) return field.fault(*fault), false;
    ScheduleLine& line = schedule_.lines.emplace_back(std::get<ScheduleLine>(std::move(parsed)));
    line.zone_index = line.zone.empty() ? schedule_.zone_index : index_of(line.zone, field);
    return true;
  }

  size_t index_of(std::string_view zone, const Field& field) {
    return zone == kUtc ? kUtcZone : references_.zones.index_of(zone, field);
  }

  const Field& field_;
  const TimingReferences& references_;
  Schedule schedule_{.identity = 2'166'136'261};
};

std::optional<Millis> optional_seconds(const Field& field, Bounds bounds, std::optional<Millis> inherited) {
  const auto value = integer(field, bounds);
  return value ? std::optional<Millis>(std::chrono::seconds{*value}) : inherited;
}

std::optional<Time> read_expect_from(const Field& field, std::optional<Time> inherited) {
  if (!field) return inherited;
  const auto given = as_string(*field.json);
  if (given == "deploy") return Time{};
  const auto time = given ? parse_time(*given) : std::nullopt;
  if (!time) field.fault("must be \"deploy\" or a time, as in 2026-12-01T00:00:00Z");
  return time ? time : inherited;
}

// What is expected more often than the check can see would be late whenever it is looked at.
void check_grace(const Field& schedule, const Field& grace, const Timing& timing, Millis check_interval) {
  const bool is_enough = timing.grace && *timing.grace >= check_interval;
  if (!timing.schedule || is_enough || are_apart(*timing.schedule, 2 * check_interval)) return;
  const std::string least = std::to_string(check_interval / 1s);
  const Field& where = grace ? grace : schedule;
  where.fault("has slots that are closer than two checks, one every " + least + " s: \"grace\" must be " +
              least + " or more");
}

void check_runtimes(const Field& field, const Timing& timing) {
  if (!field || !timing.min_runtime || !timing.max_runtime || *timing.min_runtime < *timing.max_runtime)
    return;
  field.fault("must be less than maxRuntime");
}

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

void check_zone(std::string_view name, std::span<const std::string_view> known, const Field& field) {
  const bool is_known = std::find(known.begin(), known.end(), name) != known.end();
  if (known.empty() || is_known || name == kUtc) return;
  const std::string_view meant = almost(name, known);
  field.fault(
      "names the time zone \"" + std::string(name) + "\", which is not known" +
      (meant.empty() ? "; write one as in Europe/Berlin" : "; did you mean \"" + std::string(meant) + "\"?"));
}

ZoneNames::ZoneNames(std::string_view known) : known_(lines_of(known)) {}

size_t ZoneNames::index_of(std::string_view name, const Field& field) {
  const auto [found, is_new] = positions_.emplace(name, names_.size());
  if (is_new) names_.emplace_back(name);
  if (is_new) check_zone(name, known_, field);
  return found->second;
}

Timing read_timing(Object& in, const Field& threshold, const Timing& inherited,
                   const TimingReferences& references) {
  const Field schedule = in.member("schedule");
  const Field grace = in.member("grace");
  const Field min_runtime = in.member("minRuntime");
  Timing timing = inherited;
  if (schedule) timing.schedule = ScheduleReader(schedule, references).read();
  if (schedule || threshold) timing.has_threshold = static_cast<bool>(threshold);
  timing.grace = optional_seconds(grace, kGraces, inherited.grace);
  timing.early = optional_seconds(in.member("early"), kEarly, inherited.early);
  timing.start_grace = optional_seconds(in.member("startGrace"), kGraces, inherited.start_grace);
  timing.max_runtime = optional_seconds(in.member("maxRuntime"), kPeriods, inherited.max_runtime);
  timing.min_runtime = optional_seconds(min_runtime, kPeriods, inherited.min_runtime);
  timing.expect_from = read_expect_from(in.member("expectFrom"), inherited.expect_from);
  check_grace(schedule, grace, timing, references.check_interval);
  check_runtimes(min_runtime, timing);
  return timing;
}

Millis Timing::grace_or_usual() const {
  return grace.value_or(kUsualGrace);
}

Millis Timing::early_or_usual() const {
  const bool has_lines = schedule && !schedule->lines.empty();
  return early.value_or(has_lines ? kUsualEarly : Millis{0});
}

}  // namespace hb
