#include "documents/history.hpp"

#include <algorithm>
#include <array>

#include "config/finder.hpp"
#include "text/buffer.hpp"
#include "text/cursor.hpp"
#include "text/whole_json.hpp"

namespace hb {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr int kMaxCounter = 4095;
constexpr size_t kMostDays = 400;  // that a document may have

char* put_counter(char* at, int value) {
  value = std::clamp(value, 0, kMaxCounter);
  at[0] = kAlphabet[static_cast<size_t>(value >> 6)];
  at[1] = kAlphabet[static_cast<size_t>(value & 63)];
  return at + 2;
}

void put_cell(char* at, const Minutes& minutes) {
  at = put_counter(at, minutes.up);
  at = put_counter(at, minutes.degraded);
  at = put_counter(at, minutes.down);
  put_counter(at, minutes.unknown);
}

// By character, -1 for those outside the alphabet.
constexpr std::array<int8_t, 256> kDigits = [] {
  std::array<int8_t, 256> digits{};
  digits.fill(-1);
  for (size_t i = 0; i < kAlphabet.size(); ++i) {
    digits[static_cast<unsigned char>(kAlphabet[i])] = static_cast<int8_t>(i);
  }
  return digits;
}();

int digit(char c) {
  return kDigits[static_cast<unsigned char>(c)];
}

// Negative when a character is none of the alphabet.
int counter(std::string_view two) {
  const int high = digit(two[0]);
  const int low = digit(two[1]);
  return high < 0 || low < 0 ? -1 : high * 64 + low;
}

void append_empty(std::string& out, size_t cells) {
  for (size_t i = 0; i < cells; ++i) out += kEmptyCell;
}

bool is_empty(std::string_view cells) {
  return cells.find_first_not_of('A') == cells.npos;
}

// Exactly `days` cells: the newest stay, missing ones are empty.
std::string resized(std::string_view cells, int days) {
  const size_t wanted = static_cast<size_t>(days);
  const size_t had = std::min(cells.size() / kCellLength, wanted);
  std::string out;
  out.reserve(wanted * kCellLength);
  append_empty(out, wanted - had);
  out += cells.substr(cells.size() / kCellLength * kCellLength - had * kCellLength, had * kCellLength);
  return out;
}

Minutes cell_at(std::string_view cells, size_t index) {
  return unpack(cells.substr(index * kCellLength, kCellLength)).value_or(Minutes{});
}

// Adds up two histories of the same days.
std::string joined(std::string_view one, std::string_view other) {
  std::string out;
  for (size_t i = 0; i < one.size() / kCellLength; ++i) {
    Minutes day = cell_at(one, i);
    const Minutes more = cell_at(other, i);
    count(day, Status::up, more.up);
    count(day, Status::degraded, more.degraded);
    count(day, Status::down, more.down);
    count(day, Status::unknown, more.unknown);
    out += pack(day);
  }
  return out;
}

// Visits each history, `visit(id, cells)`; a damaged one does not hide those behind it. False: there was one.
template <class Visit>
bool each_history(const History& history, Visit visit) {
  if (history.cells.empty()) return true;
  const size_t length = static_cast<size_t>(std::max(history.days, 0)) * kCellLength;
  Cursor cursor(history.cells);
  return each_member_past_damage(cursor, '"', [&](std::string_view id) {
    const std::string_view cells = cursor.string_or_skip(length);
    if (!cursor.bad()) visit(id, cells);
  });
}

// Whole cells, the bad ones emptied.
std::string repaired(std::string_view cells) {
  std::string out;
  for (size_t i = 0; i < cells.size() / kCellLength; ++i) out += pack(cell_at(cells, i));
  return out;
}

// A clock that is a little ahead may have begun the next day. What cannot be counts as absent: then the cells
// are taken for today's and those before.
Day plausible_last_day(const History& history, Day today) {
  const bool is_known = history.last_day > Day{} && history.last_day <= today + std::chrono::days{1};
  return is_known ? history.last_day : today;
}

int days_elapsed(const History& history, Day today) {
  return static_cast<int>(std::clamp<int64_t>((today - plausible_last_day(history, today)).count(), 0, 400));
}

// Prints the histories of one record.
class Recorder {
 public:
  Recorder(std::string start, const Config& config, const History& history, const Record& record,
           int retention_days)
      : config_(config),
        history_(history),
        record_(record),
        begin_(start.size()),
        cells_(std::move(start)),
        shift_(static_cast<size_t>(days_elapsed(history, record.today))),
        written_(config.services.size()) {
    const Window window = window_of_record(history, record.today, retention_days);
    result_.last_day = window.last_day;
    result_.days = window.days;
    stored_length_ = static_cast<size_t>(std::max(history.days, 0)) * kCellLength;
    length_ = static_cast<size_t>(result_.days) * kCellLength;
  }

  RecordedHistory run() {
    cells_.reserve(begin_ + history_.cells.size() + 1024);
    cells_ += '{';
    collect_inherited();
    walk();
    append_missing();
    cells_ += '}';
    result_.cells = cells_.take();
    return std::move(result_);
  }

 private:
  // Cells under the previous ids of services, which join those under the present id.
  void collect_inherited() {
    const bool any = std::any_of(config_.services.begin(), config_.services.end(),
                                 [](const Service& service) { return !service.previous_ids.empty(); });
    if (!any) return;
    inherited_.resize(config_.services.size());
    each_history(history_, [&](std::string_view id, std::string_view cells) {
      const auto found = config_.by_id.find(id);
      if (found == config_.by_id.end() || config_.services[found->second].id == id) return;
      std::string& inherited = inherited_[found->second];
      const std::string more = shifted(cells);
      inherited = inherited.empty() ? more : joined(inherited, more);
    });
  }

  void walk() {
    ServiceFinder finder(config_);
    result_.damaged = !each_history(history_, [&](std::string_view id, std::string_view cells) {
      const bool is_intact = cells.size() == stored_length_ && is_plain(cells);
      ++(is_intact ? result_.intact : result_.repaired);
      const auto service = finder.find(id);
      if (!service) return append_unconfigured(id, cells);
      if (config_.services[*service].id == id && !written_[*service]) append_service(*service, cells);
    });
  }

  void append_missing() {
    for (size_t i = 0; i < written_.size(); ++i) {
      const bool has_cells = record_.cells[i] || !inherited(i).empty();
      if (!written_[i] && has_cells) append_service(i, {});
    }
  }

  std::string_view inherited(size_t service) const {
    return inherited_.empty() ? std::string_view() : std::string_view(inherited_[service]);
  }

  void append_service(size_t service, std::string_view cells) {
    written_[service] = true;
    append_id(config_.services[service].id);
    append_cells(cells);
    if (!inherited(service).empty()) join_inherited(service);
    if (record_.cells[service]) set_days(*record_.cells[service]);
    cells_ += '"';
  }

  // Behind damage there may be what only looks like a history.
  void append_unconfigured(std::string_view id, std::string_view cells) {
    if (cells.size() != stored_length_ || !is_raw_string(id)) return;
    if (shift_ > 0 && is_empty(shifted(cells))) return;
    append_id(id);
    append_cells(cells);
    cells_ += '"';
  }

  void append_id(std::string_view id) {
    ++result_.written;
    if (cells_.size() > begin_ + 1) cells_ += ',';
    ((cells_ += '"') += id) += "\":\"";
  }

  // The hot path: an ordinary record copies the cells as they are.
  void append_cells(std::string_view cells) {
    if (shift_ == 0 && cells.size() == length_ && is_plain(cells)) {
      cells_ += cells;
    } else {
      cells_ += shifted(cells);
    }
  }

  std::string shifted(std::string_view cells) const {
    std::string moved(is_plain(cells) ? cells.substr(0, cells.size() / kCellLength * kCellLength)
                                      : repaired(cells));
    append_empty(moved, shift_);
    return resized(moved, result_.days);
  }

  void join_inherited(size_t service) {
    char* const own = cells_.last(length_);
    const std::string both = joined({own, length_}, inherited_[service]);
    std::copy(both.begin(), both.end(), own);
  }

  void set_days(const DayCells& days) {
    const int ahead = static_cast<int>((result_.last_day - record_.today).count());
    set_day(ahead, days.today);
    set_day(ahead + 1, days.yesterday);
  }

  // Counted back from the last day; days before the first are no longer kept.
  void set_day(int days_back, const Minutes& minutes) {
    if (days_back >= result_.days) return;
    put_cell(cells_.last(static_cast<size_t>(days_back + 1) * kCellLength), minutes);
  }

  const Config& config_;
  const History& history_;
  const Record& record_;
  const size_t begin_;  // of the object in the result
  Buffer cells_;
  const size_t shift_;  // days
  size_t stored_length_ = 0;
  size_t length_ = 0;
  std::vector<bool> written_;
  std::vector<std::string> inherited_{};
  RecordedHistory result_{};
};

}  // namespace

Minutes& operator+=(Minutes& sum, const Minutes& more) {
  sum.up += more.up;
  sum.degraded += more.degraded;
  sum.down += more.down;
  sum.unknown += more.unknown;
  return sum;
}

void count(Minutes& day, Status status, int minutes) {
  int* counter = &day.unknown;
  if (status == Status::up) counter = &day.up;
  if (status == Status::degraded) counter = &day.degraded;
  if (status == Status::down) counter = &day.down;
  *counter = std::min(*counter + std::clamp(minutes, 0, kMinutesPerDay), kMinutesPerDay);
}

std::optional<double> uptime_percentage(const Minutes& minutes) {
  if (minutes.known() == 0) return std::nullopt;
  return 100.0 * (minutes.up + minutes.degraded / 2.0) / minutes.known();
}

std::string pack(const Minutes& minutes) {
  std::string cell(kCellLength, 'A');
  put_cell(cell.data(), minutes);
  return cell;
}

std::optional<Minutes> unpack(std::string_view cell) {
  if (cell.size() != kCellLength) return std::nullopt;
  const Minutes minutes{counter(cell.substr(0, 2)), counter(cell.substr(2, 2)), counter(cell.substr(4, 2)),
                        counter(cell.substr(6, 2))};
  const bool is_good = minutes.up >= 0 && minutes.degraded >= 0 && minutes.down >= 0 && minutes.unknown >= 0;
  return is_good ? std::optional(minutes) : std::nullopt;
}

Window window_of_record(const History& history, Day today, int retention_days) {
  const bool is_first = history.days <= 0;
  const bool has_shifted = days_elapsed(history, today) > 0;
  return {.last_day = std::max(plausible_last_day(history, today), today),
          .days = is_first || has_shifted ? retention_days : history.days};
}

RecordedHistory record(std::string start, const Config& config, const History& history, const Record& record,
                       int retention_days) {
  return Recorder(std::move(start), config, history, record, retention_days).run();
}

int days_of(std::string_view cells, int days) {
  std::array<size_t, 2> lengths{};
  size_t seen = 0;
  Cursor cursor(cells);
  cursor.eat('{');
  for (; seen < lengths.size() && cursor.peek('"'); cursor.eat(',')) {
    cursor.string();
    cursor.expect(':');
    lengths[seen++] = cursor.string().size();
  }
  const auto stored = static_cast<size_t>(std::max(days, 0)) * kCellLength;
  const bool agree = !cursor.bad() && seen > 0 && lengths[0] == lengths[seen - 1];
  if (!agree || lengths[0] == stored || lengths[0] % kCellLength != 0) return days;
  return static_cast<int>(std::min<size_t>(lengths[0] / kCellLength, kMostDays));
}

std::vector<std::string_view> read_history(const Config& config, const History& history) {
  std::vector<std::string_view> all(config.services.size());
  ServiceFinder finder(config);
  each_history(history, [&](std::string_view id, std::string_view cells) {
    const auto service = finder.find(id);
    if (!service || cells.empty()) return;
    if (all[*service].empty() || config.services[*service].id == id) all[*service] = cells;
  });
  return all;
}

std::vector<Minutes> daily_minutes(std::string_view cells, Day last_day, Day today, int days) {
  std::vector<Minutes> minutes(static_cast<size_t>(days));
  const int64_t stored = static_cast<int64_t>(cells.size() / kCellLength);
  for (int i = 0; i < days; ++i) {
    const Day day = today - std::chrono::days{days - 1 - i};
    const int64_t index = stored - 1 - (last_day - day).count();
    if (index >= 0 && index < stored)
      minutes[static_cast<size_t>(i)] = cell_at(cells, static_cast<size_t>(index));
  }
  return minutes;
}

}  // namespace hb
