// Requests, checks and merges with any path, query, key, body and documents.

#include "app/routes.hpp"
#include "app/wire.hpp"
#include "documents/monitor_document.hpp"
#include "fuzz.hpp"
#include "text/json.hpp"

using namespace hb;

namespace {

Document document_of(const Exact& bytes) {
  if (bytes.view().empty()) return {Document::State::absent, {}};
  if (bytes.view() == "-") return {Document::State::failed, {}};
  return {Document::State::found, bytes.view()};
}

Trigger trigger_of(uint8_t choice, const std::vector<Exact>& parts, std::string& path) {
  if (choice == 255) return Cron{kNow - 1s};
  if (choice >= 253) {
    return MergeCopies{choice == 254 ? Key::latest : Key::alerts,
                       {parts[3].view(), parts[4].view(), parts[5].view()}};
  }
  const Route& route = routes()[choice % routes().size()];
  path = route.path;
  if (path.ends_with("*")) path.replace(path.size() - 1, 1, parts[1].view());
  return Request{.method = route.method,
                 .path = path,
                 .query = parts[0].view(),
                 .base_url = "https://m.example",
                 .authorization = parts[1].view(),
                 .origin = "https://a.example",
                 .body = parts[2].view()};
}

void check_reply(const Event& event, const Reply& reply) {
  require(reply.status >= 200 && reply.status < 600 && reply.status != 500);
  const bool is_json = !reply.headers.empty() && reply.headers[0].second.starts_with("application/json");
  const auto* request = std::get_if<Request>(&event.trigger);
  if (is_json && request != nullptr && request->method != "HEAD") require(parse_json(reply.body).has_value());
}

// A document that the core has written is never damaged, and the same event on it changes nothing more.
void check_puts(const Core& core, Event event, const Done& done) {
  for (const Put& put : done.puts) {
    const Exact bytes(put.text());
    if (put.key == Key::data) {
      require(!read_monitor_document(bytes.view()).damaged);
      event.documents[static_cast<size_t>(put.key)] = {Document::State::found, bytes.view()};
    }
    if (auto* merge = std::get_if<MergeCopies>(&event.trigger)) merge->copies = {bytes.view()};
    const auto again = std::get<Done>(core.step(event));
    for (const Log& log : again.logs) require(log.text.find("damaged") == log.text.npos);
    require(again.puts.empty());
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Core core(parsed_config(), parse_page("<p>{{title}}</p>"));
  if (size == 0) return 0;
  const std::vector<Exact> parts = split(view_of(data + 1, size - 1), 6);
  std::string path;
  const Event event{.trigger = trigger_of(data[0], parts, path),
                    .now = kNow,
                    .documents = {document_of(parts[3]), document_of(parts[4]), document_of(parts[5])}};
  const Outcome outcome = core.step(event);
  check_encoding(event, outcome);
  const auto* done = std::get_if<Done>(&outcome);
  if (done == nullptr) return 0;
  check_reply(event, done->reply);
  for (const Merge& merge : done->merges) require(parse_json(merge.addition).has_value());
  check_puts(core, event, *done);
  return 0;
}
