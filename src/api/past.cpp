#include "api/past.hpp"

#include <algorithm>

#include "api/authorization.hpp"
#include "api/lookup.hpp"

namespace hb {

std::variant<PastRequest, Error> parse_past_request(const Context& context) {
  const Query query(context.request().query);
  const auto found = requested_service(context.config, query);
  const auto* unknown = std::get_if<Error>(&found);
  if (unknown != nullptr && !context.request().decided) return *unknown;
  const std::optional<size_t> service =
      unknown == nullptr ? std::optional(std::get<size_t>(found)) : std::nullopt;
  const auto limit = query.number("limit", 1, 1000, 100);
  if (const auto* bad = std::get_if<Error>(&limit)) return *bad;
  const auto before = query.time("before");
  if (const auto* bad = std::get_if<Error>(&before)) return *bad;
  return PastRequest{
      .id = service ? context.config.services[*service].id : query.text("serviceId").value_or(""),
      .service = service,
      .limit = static_cast<size_t>(std::get<int64_t>(limit)),
      .before = std::get<std::optional<Time>>(before)};
}

std::optional<Error> require_past_request(const Context& context) {
  const auto request = parse_past_request(context);
  const auto* error = std::get_if<Error>(&request);
  return error == nullptr ? std::nullopt : std::optional(*error);
}

std::optional<Error> require_past_request_and_no_wrong_key(const Context& context) {
  const auto error = reject_wrong_key(context);
  return error ? error : require_past_request(context);
}

std::vector<Alert> alerts_of(const Config& config, size_t service, std::string_view document) {
  std::vector<Alert> alerts = read_alerts(document);
  const auto is_other = [&](const Alert& alert) {
    return config.find(alert.service_id) != &config.services[service];
  };
  alerts.erase(std::remove_if(alerts.begin(), alerts.end(), is_other), alerts.end());
  return alerts;
}

PageBounds page_of(const PastRequest& request, const std::vector<Time>& times) {
  const auto is_later = [&](Time time) { return request.before && time >= *request.before; };
  const auto begin = std::find_if_not(times.begin(), times.end(), is_later);
  auto end = begin + std::min<ptrdiff_t>(static_cast<ptrdiff_t>(request.limit), times.end() - begin);
  // A page that began inside an instant would lose the rest of it.
  while (end != begin && end != times.end() && *end == *(end - 1)) ++end;
  return {.begin = static_cast<size_t>(begin - times.begin()),
          .end = static_cast<size_t>(end - times.begin()),
          .next = end == times.end() ? std::nullopt : std::optional(*(end - 1))};
}

}  // namespace hb
