// The words that other monitors have for how bad an alert is, and what each stands for here.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace hb {

// critical and error count as down, warning as degraded, info as up; of none nobody is notified.
inline constexpr std::string_view kSeverities[] = {"critical", "error", "warning", "info", "none"};

// What the settings add: words in their plain form, each with one of kSeverities.
using Severities = std::map<std::string, std::string, std::less<>>;

// In the settings: every word that is not known, and no word at all.
inline constexpr std::string_view kAnyOtherWord = "*";

// In small letters and without blanks and punctuation: "SEV-1" is "sev1".
std::string plain_word(std::string_view word);

// One of kSeverities: as the settings say, else as the table does. Any other word, and none at all, is
// critical, because nobody may miss it.
std::string_view severity_of(const Severities& added, std::string_view word);

}  // namespace hb
