#include "collector/usage.hpp"

#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

// Requests to Workers, requests to Durable Objects, and rows written: each so many.
constexpr int64_t kRequestsPerDay = 100'000;
constexpr int64_t kRowsReadPerDay = 5'000'000;
constexpr int kWarnAbovePercent = 80;

struct UsageField {
  const char* name;
  int64_t Usage::*number;
};

constexpr UsageField kFields[] = {
    {"heartbeats", &Usage::heartbeats},  {"checks", &Usage::checks},
    {"publishMs", &Usage::publish_ms},   {"longestPublishMs", &Usage::longest_publish_ms},
    {"requests", &Usage::requests},      {"rowsWritten", &Usage::rows_written},
    {"rowsRead", &Usage::rows_read},     {"puts", &Usage::puts},
    {"failedPuts", &Usage::failed_puts}, {"sent", &Usage::sent},
    {"unsent", &Usage::unsent},          {"errors", &Usage::errors},
    {"readers", &Usage::readers}};

int64_t sum(const Tally& tally) {
  int64_t total = 0;
  for (const auto& [name, count] : tally) total += count;
  return total;
}

std::string_view humanized_name(std::string_view quota) {
  if (quota == "workerRequests") return "requests";
  if (quota == "kvWrites") return "writes to KV";
  if (quota == "collectorRequests") return "requests to the collector";
  return quota == "rowsWritten" ? "rows written by the collector" : "rows read by the collector";
}

}  // namespace

Usage read_usage(std::string_view text) {
  Usage usage;
  const auto json = parse_json(text);
  if (!json) return usage;
  for (const auto& [name, number] : kFields) usage.*number = integer_member(*json, name).value_or(0);
  if (const Json* refused = member(*json, "refused")) usage.refused = read_tally(dump(*refused));
  return usage;
}

void print_usage(JsonWriter& json, const Usage& usage) {
  json.begin_object();
  for (const auto& [name, number] : kFields) json.member(name, usage.*number);
  print_tally(json.key("refused"), usage.refused);
  json.end_object();
}

std::vector<Quota> quotas(const Config& config, const Usage& today) {
  const int writes = config.settings.monitoring.kv_writes_per_day;
  if (writes == 0) return {};
  return {{"workerRequests", today.heartbeats + today.checks + sum(today.refused), kRequestsPerDay},
          {"kvWrites", today.puts, writes},
          {"collectorRequests", today.requests, kRequestsPerDay},
          {"rowsWritten", today.rows_written, kRequestsPerDay},
          {"rowsRead", today.rows_read, kRowsReadPerDay}};
}

std::vector<std::string> quota_warnings(const Config& config, const Usage& today) {
  std::vector<std::string> warnings;
  for (const auto& [name, used, limit] : quotas(config, today)) {
    if (used * 100 <= limit * kWarnAbovePercent) continue;
    warnings.push_back(std::to_string(used * 100 / limit) + " % of the day's " +
                       std::string(humanized_name(name)) + " are used; they begin anew at 00:00 UTC");
  }
  return warnings;
}

}  // namespace hb
