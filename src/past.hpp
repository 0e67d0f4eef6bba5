// One service's past, page by page, for the logs and the incidents.
#pragma once

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "alerts.hpp"
#include "config.hpp"
#include "http.hpp"

namespace hb {

// What ?serviceId=…&limit=…&before=… asks for.
struct PastRequest {
  size_t service = 0;            // position in Config::services
  size_t limit = 100;            // 1 to 1000
  std::optional<Time> before{};  // exclusive; absent: from the newest on

  bool operator==(const PastRequest&) const = default;
};

std::variant<PastRequest, Error> parse_past_request(const Config& config, const Query& query);

// The entries of recent:alerts that are about the service, also under an earlier id, newest first.
std::vector<Alert> alerts_of(const Config& config, size_t service, std::string_view document);

// The items (newest first, each at its time) that belong on a page, and where the next one goes on.
struct PageBounds {
  size_t begin = 0;
  size_t end = 0;              // at most `limit` later, or more when the last ones are of the same instant
  std::optional<Time> next{};  // `before` of the next page; absent: this was the last

  bool operator==(const PageBounds&) const = default;
};

PageBounds page_of(const PastRequest& request, const std::vector<Time>& times);

}  // namespace hb
