#include "api/lookup.hpp"

#include <algorithm>

namespace hb {
namespace {

constexpr int kRetryAfterSeconds = 30;

std::variant<size_t, Error> position_of(const Config& config, const std::string& id) {
  if (id.empty()) return Error{400, "serviceId is missing; name a service, as in ?serviceId=web"};
  const auto found = config.by_id.find(id);
  if (found == config.by_id.end()) return Error{404, "Unknown serviceId"};
  return found->second;
}

std::string_view without_blanks(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  return begin == text.npos ? std::string_view()
                            : text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

}  // namespace

std::optional<Reply> unreadable(const Event& event) {
  const bool any = std::any_of(event.documents.begin(), event.documents.end(), [](const Document& document) {
    return document.state == Document::State::failed;
  });
  if (!any) return std::nullopt;
  return unavailable("What the monitor stored could not be read; ask again", kRetryAfterSeconds);
}

std::variant<size_t, Error> requested_service(const Config& config, const Query& query) {
  return position_of(config, query.text("serviceId").value_or(""));
}

std::variant<std::vector<size_t>, Error> requested_services(const Config& config, const Query& query) {
  std::vector<size_t> services;
  for (const std::string& id : query.all("serviceId")) {
    const auto position = position_of(config, id);
    if (const auto* error = std::get_if<Error>(&position)) return *error;
    const size_t service = std::get<size_t>(position);
    if (std::find(services.begin(), services.end(), service) == services.end()) services.push_back(service);
  }
  return services;
}

std::vector<std::string> comma_separated(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const std::string_view part = list.substr(0, list.find(','));
    if (!without_blanks(part).empty()) parts.emplace_back(without_blanks(part));
    list.remove_prefix(std::min(part.size() + 1, list.size()));
  }
  return parts;
}

}  // namespace hb
