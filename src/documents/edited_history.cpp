#include "documents/edited_history.hpp"

#include <algorithm>

#include "config/finder.hpp"
#include "text/whole_json.hpp"

namespace hb {
namespace {

constexpr size_t kSetDays = 2;  // today and yesterday

class Editor {
 public:
  Editor(const Config& config, const History& history, const Record& record, const Window& window)
      : config_(config),
        record_(record),
        length_(static_cast<size_t>(window.days) * kCellLength),
        dropped_(static_cast<size_t>((window.last_day - history.last_day).count()) * kCellLength),
        finder_(config),
        written_(config.services.size()),
        all_(history.cells),
        rest_(history.cells) {
    edited_.cells.edits.reserve(config.services.size());
  }

  std::optional<EditedHistory> run() {
    if (!eat('{')) return std::nullopt;
    do {
      if (!eat_row()) return std::nullopt;
    } while (eat(','));
    if (!eat('}') || lacks_services()) return std::nullopt;
    edited_.cells.bytes = all_.substr(0, position());
    return std::move(edited_);
  }

 private:
  size_t position() const { return all_.size() - rest_.size(); }

  bool eat(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // "id":"cells"
  bool eat_row() {
    if (!eat('"')) return false;
    const std::string_view id = rest_.substr(0, position_of('"', rest_));
    rest_.remove_prefix(id.size());
    if (!is_plain(id) || !rest_.starts_with("\":\"")) return false;
    rest_.remove_prefix(3);
    const size_t at = position();
    const std::string_view cells = rest_.substr(0, length_);
    rest_.remove_prefix(cells.size());
    return eat('"') && is_plain(cells) && edit(id, cells, at);
  }

  // False: the row is not as it would be printed.
  bool edit(std::string_view id, std::string_view cells, size_t at) {
    ++edited_.written;
    const auto service = finder_.find(id);
    if (!service) return edit_unconfigured(cells, at);
    if (config_.services[*service].id != id || written_[*service]) return false;
    written_[*service] = true;
    const std::optional<DayCells>& set = record_.cells[*service];
    set ? put(cells, at, pack(set->yesterday) + pack(set->today)) : put(cells, at, kept_days(cells));
    return true;
  }

  // One that has become empty leaves at a day change.
  bool edit_unconfigured(std::string_view cells, size_t at) {
    const bool is_empty = cells.find_first_not_of('A', dropped_) == cells.npos;
    if (dropped_ > 0 && is_empty) return false;
    put(cells, at, kept_days(cells));
    return true;
  }

  std::string kept_days(std::string_view cells) const {
    std::string days(cells.substr(cells.size() - kSetDays * kCellLength + dropped_));
    return days.append(dropped_, 'A');
  }

  void put(std::string_view cells, size_t at, std::string_view days) {
    if (dropped_ == 0 && cells.ends_with(days)) return;
    Edit& edit = edited_.cells.edits.emplace_back(Edit{.at = at, .size = length_, .dropped = dropped_});
    std::copy(days.begin(), days.end(), edit.last.begin());
  }

  bool lacks_services() const {
    for (size_t i = 0; i < written_.size(); ++i) {
      if (record_.cells[i] && !written_[i]) return true;
    }
    return false;
  }

  const Config& config_;
  const Record& record_;
  const size_t length_;
  const size_t dropped_;  // bytes in front of each
  ServiceFinder finder_;
  std::vector<bool> written_;
  const std::string_view all_;
  std::string_view rest_;
  EditedHistory edited_{};
};

}  // namespace

std::optional<EditedHistory> edited_history(const Config& config, const History& history,
                                            const Record& record, int retention_days) {
  const Window window = window_of_record(history, record.today, retention_days);
  const int64_t elapsed = (window.last_day - history.last_day).count();
  const bool is_for_today = window.last_day == record.today && window.days == history.days;
  const bool has_room = window.days >= static_cast<int>(kSetDays) && elapsed >= 0 && elapsed <= 2;
  if (!history.is_in_document || !is_for_today || !has_room) return std::nullopt;
  return Editor(config, history, record, window).run();
}

}  // namespace hb
