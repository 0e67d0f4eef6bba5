#include "uptime_bars.hpp"

#include <algorithm>
#include <cmath>

#include "html.hpp"
#include "page_time.hpp"

namespace hb {
namespace {

constexpr size_t kNoData = static_cast<size_t>(-1);
constexpr int kPitch = 8;  // of the drawing: a bar of 6 and a gap of 2

struct ReadCell {
  Minutes minutes{};
  std::optional<double> percentage{};
};

// Days are mostly alike, so the last cell that was read is remembered.
class Cells {
 public:
  const ReadCell& read(std::string_view cell) {
    if (cell == last_) return read_;
    last_ = cell;
    read_.minutes = unpack(cell).value_or(Minutes{});
    read_.percentage = uptime_percentage(read_.minutes);
    return read_;
  }

 private:
  std::string_view last_ = kEmptyCell;
  ReadCell read_{};
};

// As a class name; whatever could not stand in one is written as its code.
std::string identifier(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const bool is_plain =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    if (is_plain) {
      out += c;
    } else {
      ((out += '_') += kHex[(c >> 4) & 0xF]) += kHex[c & 0xF];
    }
  }
  return out;
}

using Ranks = std::array<size_t, kShownDays>;

Ranks ranks(const UptimeDays& uptime, const UptimeScale& scale) {
  Ranks out;
  for (size_t i = 0; i < out.size(); ++i) out[i] = uptime.days[i] ? scale.rank(*uptime.days[i]) : kNoData;
  return out;
}

// One line per run of equal days; the style sheet dashes it into bars.
void append_path(std::string& out, const Ranks& ranks, size_t rank, std::string_view css_class) {
  const auto is_other = [&](size_t other) { return other != rank; };
  auto run = std::find(ranks.begin(), ranks.end(), rank);
  if (run == ranks.end()) return;
  ((out += "<path class=\"") += css_class) += "\" d=\"";
  while (run != ranks.end()) {
    const auto end = std::find_if(run, ranks.end(), is_other);
    (out += 'M') += std::to_string((run - ranks.begin()) * kPitch);
    (out += " 16h") += std::to_string((end - run) * kPitch - 2);
    run = std::find(end, ranks.end(), rank);
  }
  out += "\"/>";
}

// "27 Excellent, 1 Fair, 2 without data"
std::string counted(const Ranks& ranks, const UptimeScale& scale) {
  std::string out;
  const auto add = [&](size_t rank, std::string_view label) {
    const auto count = std::count(ranks.begin(), ranks.end(), rank);
    if (count > 0) ((out += out.empty() ? "" : ", ") += std::to_string(count) + ' ') += label;
  };
  for (size_t rank = 0; rank < scale.classes.size(); ++rank) {
    const UptimeThreshold& threshold = (*scale.thresholds)[rank];
    add(rank, threshold.label.empty() ? threshold.name : threshold.label);
  }
  add(kNoData, "without data");
  return out;
}

}  // namespace

size_t UptimeScale::rank(double percentage) const {
  size_t rank = 0;
  while (rank + 1 < thresholds->size() && (*thresholds)[rank].min > percentage) ++rank;
  return rank;
}

UptimeScale uptime_scale(const std::string& set, const UptimeThresholds& thresholds) {
  UptimeScale scale{.thresholds = &thresholds};
  for (size_t i = 0; i < thresholds.size(); ++i) {
    scale.classes.push_back("uptime-" + identifier(set) + '-' + std::to_string(i));
  }
  return scale;
}

UptimeDays uptime_days(std::string_view cells, Day last_day, Day today) {
  UptimeDays uptime{.today = today};
  Cells reader;
  Minutes sum;
  const int64_t stored = static_cast<int64_t>(cells.size() / kCellLength);
  const int64_t first = stored - kShownDays + (today - last_day).count();
  for (int64_t i = std::max<int64_t>(0, -first); i < kShownDays && first + i < stored; ++i) {
    const size_t cell = static_cast<size_t>(first + i) * kCellLength;
    const auto& [day, percentage] = reader.read(cells.substr(cell, kCellLength));
    uptime.days[static_cast<size_t>(i)] = percentage;
    sum = {sum.up + day.up, sum.degraded + day.degraded, sum.down + day.down};
  }
  uptime.overall = uptime_percentage(sum);
  return uptime;
}

void append_percentage(std::string& out, double percentage) {
  int hundredths = static_cast<int>(std::lround(percentage * 100));
  if (percentage < 100) hundredths = std::min(hundredths, 9999);
  out += std::to_string(hundredths / 100);
  const int rest = hundredths % 100;
  if (rest > 0) ((out += '.') += static_cast<char>('0' + rest / 10)) += static_cast<char>('0' + rest % 10);
  out += " %";
}

void append_bars(std::string& out, const UptimeDays& uptime, const UptimeScale& scale) {
  const Ranks all = ranks(uptime, scale);
  append_path(out, all, kNoData, "no-data");
  for (size_t rank = 0; rank < scale.classes.size(); ++rank) append_path(out, all, rank, scale.classes[rank]);
}

void append_bars_label(std::string& out, const UptimeDays& uptime, const UptimeScale& scale) {
  append_html(out += "Last 30 days: ", counted(ranks(uptime, scale), scale));
  const auto worst =
      std::min_element(uptime.days.begin(), uptime.days.end(),
                       [](const auto& a, const auto& b) { return a.value_or(100) < b.value_or(100); });
  if (worst->value_or(100) >= 100) return;
  out += "; worst day ";
  append_date(out, uptime.today - std::chrono::days{uptime.days.end() - worst - 1});
  append_percentage(out += ", ", **worst);
}

}  // namespace hb
