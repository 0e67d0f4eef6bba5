#include "app/instance.hpp"

#include <utility>

#include "event/http.hpp"

namespace hb {
namespace {

constexpr int kOtherVersionSeconds = 10;

// An edge and a collector of different versions may meet for a while after a deploy.
Done of_another_version() {
  const std::string_view text =
      "What the edge says is of another version of the monitor than the collector; ask again";
  Done done = outcome_of(unavailable(text, kOtherVersionSeconds));
  add_common_headers(done.reply);
  done.logs.push_back({Level::error, std::string(text), "other-version"});
  return done;
}

}  // namespace

char* Instance::input(size_t size) {
  parts_.clear();
  encoded_ = {};
  outcome_ = {};
  if (size > input_.size()) input_.resize(size);
  size_ = size;
  return input_.data();
}

bool Instance::configure() {
  const auto decoded = decode_configure(frame());
  if (!decoded) return false;
  ParsedConfig parsed = parse_config(decoded->files);
  answer({.header = encode_configured(parsed)});
  core_.emplace(std::move(parsed), parse_page(decoded->page));
  return true;
}

bool Instance::step() {
  if (!core_) return false;
  const auto event = decode_event(frame());
  static const Event kNone{};
  outcome_ = event ? core_->step(*event) : of_another_version();
  edit_kept();
  answer(encode_outcome(event ? *event : kNone, outcome_));
  return true;
}

// The input is nobody else's, and not looked at again.
void Instance::edit_kept() {
  const auto* done = std::get_if<Done>(&outcome_);
  if (done == nullptr) return;
  for (const Put& put : done->puts) {
    const auto& [bytes, edits] = put.kept;
    for (const Edit& edit : edits) apply(edit, input_.data() + (bytes.data() - input_.data()));
  }
}

void Instance::answer(EncodedOutcome encoded) {
  encoded_ = std::move(encoded);
  parts_.assign(1, encoded_.header);
  parts_.insert(parts_.end(), encoded_.parts.begin(), encoded_.parts.end());
}

}  // namespace hb
