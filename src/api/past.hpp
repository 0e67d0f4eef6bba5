// One service's past, page by page, for the logs and the incidents.
#pragma once

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "config/config.hpp"
#include "documents/alerts.hpp"
#include "event/context.hpp"
#include "event/http.hpp"

namespace hb {

// What ?serviceId=…&limit=…&before=… asks for.
struct PastRequest {
  std::string id{};                 // of the service, in the configuration if it is there
  std::optional<size_t> service{};  // its position in Config::services
  size_t limit = 100;               // 1 to 1000
  std::optional<Time> before{};     // exclusive; absent: from the newest on

  bool operator==(const PastRequest&) const = default;
};

// A service that is not configured is an error where no edge has decided already.
std::variant<PastRequest, Error> parse_past_request(const Context& context);

// What is wrong with such a request, if anything; for the logs also with its key.
std::optional<Error> require_past_request(const Context& context);
std::optional<Error> require_past_request_and_no_wrong_key(const Context& context);

// The entries of recent:alerts that are about the service, also under a previous id, newest first.
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
