// The fields of alerts from outside, bounded, whatever their senders put there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "alerts/external_alert.hpp"
#include "text/json_fwd.hpp"

namespace hb {

// Text as it is, numbers and flags in digits and letters; empty for anything else.
std::string scalar_text(const Json& json);
std::string scalar_member(const Json& json, std::string_view name);

// The first of the members that has any text.
std::string first_member(const Json* json, std::initializer_list<std::string_view> names);

// As JSON, with what is too long cut and what is too much left out; empty when it has no member.
std::string bounded_object(const Json* json);

// Names out of a list of texts or a text with commas.
std::vector<std::string> channel_names(const Json* json);

// Makes the alert's texts and its URL fit their bounds.
void bound(ExternalAlert& alert);

bool is_resolved_word(std::string_view status);

}  // namespace hb
