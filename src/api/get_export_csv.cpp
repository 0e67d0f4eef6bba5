// GET /api/export.csv: the daily history as a table, one row per service and day.

#include "api/lookup.hpp"
#include "config/uptime_grade.hpp"
#include "documents/monitor_document.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "text/csv.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

constexpr int64_t kMaxRows = 20'000;
constexpr std::string_view kColumns =
    "Date,Service Name,Service ID,Group,Status,Uptime %,Total Checks,Up Checks,Degraded Checks,Down Checks,"
    "Unknown Checks\r\n";

struct DayRange {
  Day from{};
  Day to{};  // inclusive

  int64_t days() const { return (to - from).count() + 1; }
};

std::variant<Day, Error> requested_day(const Query& query, std::string_view name) {
  const auto day = parse_day(query.text(name).value_or(""));
  if (day && *day >= Day{}) return *day;  // earlier ones cannot be printed
  return Error{400, std::string(name) + " must be a day such as 2026-11-22"};
}

std::variant<DayRange, Error> requested_range(const Query& query) {
  const auto from = requested_day(query, "from");
  if (const auto* error = std::get_if<Error>(&from)) return *error;
  const auto to = requested_day(query, "to");
  if (const auto* error = std::get_if<Error>(&to)) return *error;
  const DayRange range{std::get<Day>(from), std::get<Day>(to)};
  if (range.to < range.from) return Error{400, "to must not be a day before from"};
  return range;
}

std::vector<size_t> enabled_services(const Config& config) {
  std::vector<size_t> services;
  for (size_t i = 0; i < config.services.size(); ++i) {
    if (config.services[i].enabled) services.push_back(i);
  }
  return services;
}

std::optional<Error> excess(const DayRange& range, size_t services) {
  const int64_t rows = range.days() * static_cast<int64_t>(services);
  if (rows <= kMaxRows) return std::nullopt;
  const int64_t fitting = kMaxRows / static_cast<int64_t>(services);
  const std::string count = std::to_string(services) + (services == 1 ? " service" : " services");
  if (fitting == 0)
    return Error{413, "serviceId names " + count + "; at most 20000 rows are exported at once"};
  const Day last = range.from + std::chrono::days{fitting - 1};
  return Error{413, "That would be " + std::to_string(rows) +
                        " rows, and at most 20000 are exported at once; for " + count +
                        " this fits: from=" + iso_day(range.from) + "&to=" + iso_day(last)};
}

// Every row ends in the same cells of its day, most often those of a day without data.
void append_day(std::string& out, const UptimeThresholds& thresholds, const Minutes& minutes) {
  const std::optional<double> percentage = uptime_percentage(minutes);
  if (!percentage) {
    out += minutes.total() == 0 ? "No Data,N/A" : "Unknown,N/A";
  } else {
    append_csv_cell(out, uptime_grade(thresholds, *percentage).label);
    (out += ',') += JsonWriter().value(*percentage).text();
  }
  for (const int count : {minutes.total(), minutes.up, minutes.degraded, minutes.down, minutes.unknown}) {
    (out += ',') += std::to_string(count);
  }
  out += "\r\n";
}

// A set that is not there is replaced by the default one, and that by one without labels.
const UptimeThresholds& thresholds_of(const Config& config, const Service& service) {
  static const UptimeThresholds kUnlabelled(1);
  const auto& sets = config.settings.uptime_thresholds;
  for (const std::string& name : {service.uptime_threshold_set, std::string("default")}) {
    const auto found = sets.find(name);
    if (found != sets.end() && !found->second.empty()) return found->second;
  }
  return kUnlabelled;
}

std::string service_cells(const Config& config, const Service& service) {
  std::string cells;
  append_csv_cell(cells, service.name);
  append_csv_cell(cells += ',', service.id);
  append_csv_cell(cells += ',', group_name(config, service));
  return cells;
}

std::string print(const Context& context, const DayRange& range, const std::vector<size_t>& services) {
  const Config& config = context.config;
  const MonitorDocument monitor_document = read_monitor_document(context.document(Key::data).bytes);
  const History history = monitor_document.history();
  const std::vector<std::string_view> cells = read_history(config, history);
  const int days = static_cast<int>(range.days());
  std::vector<std::string> dates;
  dates.reserve(static_cast<size_t>(days));
  for (int i = 0; i < days; ++i) dates.push_back(iso_day(range.from + std::chrono::days{i}));

  std::string out(kColumns);
  for (const size_t i : services) {
    const Service& service = config.services[i];
    const UptimeThresholds& thresholds = thresholds_of(config, service);
    const std::string about = service_cells(config, service);
    const std::vector<Minutes> minutes = daily_minutes(cells[i], history.last_day, range.to, days);
    for (size_t day = 0; day < dates.size(); ++day) {
      (((out += dates[day]) += ',') += about) += ',';
      append_day(out, thresholds, minutes[day]);
    }
  }
  return out;
}

Reply download(const DayRange& range, std::string_view table) {
  const std::string name = "uptime_" + iso_day(range.from) + "_" + iso_day(range.to) + ".csv";
  return {.headers = {{"Content-Type", "text/csv; charset=utf-8"},
                      {"Content-Disposition", "attachment; filename=\"" + name + "\""}},
          .body = std::string(kCsvStart).append(table)};
}

}  // namespace

Outcome get_export_csv(const Context& context) {
  const Query query(context.request().query);
  const auto parsed_range = requested_range(query);
  if (const auto* error = std::get_if<Error>(&parsed_range)) return outcome_of(*error);
  const auto& range = std::get<DayRange>(parsed_range);
  const auto named = requested_services(context.config, query);
  if (const auto* error = std::get_if<Error>(&named)) return outcome_of(*error);
  auto services = std::get<std::vector<size_t>>(named);
  if (services.empty()) services = enabled_services(context.config);
  if (services.empty()) return outcome_of(download(range, kColumns));
  if (const auto error = excess(range, services.size())) return outcome_of(*error);
  if (auto reply = unreadable(context.event)) return outcome_of(std::move(*reply));
  return outcome_of(download(range, print(context, range, services)));
}

}  // namespace hb
