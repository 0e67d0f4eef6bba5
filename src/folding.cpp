#include "folding.hpp"

namespace hb {

std::vector<Range> ranges_to_fold(const Event& event, const Memo& memo) {
  std::vector<Range> needed{{kLatestRow}};
  const auto ring = unfolded_ranges(memo);
  needed.insert(needed.end(), ring.begin(), ring.end());
  if (event.has_read({kLatestRow})) {
    const Collected collected = read_collected(event.row(kLatestRow));
    const LogSegment* open = open_segment(collected, event.now);
    if (open != nullptr) needed.push_back({segment_key(open->slot)});
  }
  return needed;
}

Folded fold_ring(const Config& config, const Event& event, Memo& memo) {
  const Collected collected = read_collected(event.row(kLatestRow));
  const LogSegment* open = open_segment(collected, event.now);
  const std::string_view segment = open == nullptr ? std::string_view() : event.row(segment_key(open->slot));
  Folded folded = fold(config, event.now, collected, event.document(Key::latest).bytes, unfolded(event, memo),
                       memo.next - 1, segment);
  memo.folded = memo.next - 1;
  memo.size = 0;
  return folded;
}

}  // namespace hb
