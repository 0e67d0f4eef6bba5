// What the page says without its script: what fails, and how every service is.
#pragma once

#include <string>

#include "page/view.hpp"

namespace hb {

inline constexpr size_t kMostListed = 500;  // of more services, only those that fail are listed
inline constexpr int kListedDays = 30;      // that the uptime is of
inline constexpr size_t kMostChanges = 50;  // more are counted

void append_notices(std::string& out, const PageView& view);
// Channels that take no messages, or lack their credentials.
void append_failing_channels(std::string& out, const PageView& view);

void append_failing(std::string& out, const PageView& view);  // the down before the degraded, newest first
void append_changed(std::string& out, const PageView& view);  // what else changed within a day, newest first
void append_services(std::string& out, const PageView& view);

}  // namespace hb
