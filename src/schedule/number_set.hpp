// The words and numbers that fields of cron and OnCalendar share.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hb {

inline constexpr std::array<std::string_view, 7> kWeekdayNames{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                               "Thursday", "Friday", "Saturday"};
inline constexpr std::array<std::string_view, 12> kMonthNames{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

// 0 for Sunday; by the whole name, or its first three letters, in any case.
std::optional<int> weekday_named(std::string_view word);
// 1 for January; by its first three letters, in any case.
std::optional<int> month_named(std::string_view word);

// Of up to four digits.
std::optional<int> small_number(std::string_view text);

// The parts between the separators, empty ones too.
std::vector<std::string_view> parts_of(std::string_view text, char separator);
// The parts between blanks.
std::vector<std::string_view> words_of(std::string_view text);

// "\"15W\"", cut when it is long.
std::string in_quotes(std::string_view text);

}  // namespace hb
