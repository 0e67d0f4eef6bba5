// Requests, checks and merges with any path, query, key, body and documents.

#include "app/routes.hpp"
#include "app/wire.hpp"
#include "documents/data.hpp"
#include "fuzz.hpp"
#include "text/json.hpp"

using namespace hb;

namespace {

Document document_of(const Exact& bytes) {
  if (bytes.view().empty()) return {Document::State::absent, {}};
  if (bytes.view() == "-") return {Document::State::failed, {}};
  return {Document::State::found, bytes.view()};
}

Event event_of(uint8_t choice, const std::vector<Exact>& parts) {
  const Route& route = routes()[choice % routes().size()];
  Event event{.method = route.method,
              .path = std::string(route.path),
              .query = std::string(parts[0].view()),
              .base_url = "https://m.example",
              .authorization = std::string(parts[1].view()),
              .origin = "https://a.example",
              .now = kNow,
              .scheduled = kNow - 1s,
              .body = parts[2].view(),
              .documents = {document_of(parts[3]), document_of(parts[4]), document_of(parts[5])},
              .parts = {parts[3].view(), parts[4].view(), parts[5].view()}};
  if (event.path.ends_with("*")) event.path.replace(event.path.size() - 1, 1, parts[1].view());
  return event;
}

void check_reply(const Event& event, const Reply& reply) {
  require(reply.status >= 200 && reply.status < 600 && reply.status != 500);
  const bool is_json = !reply.headers.empty() && reply.headers[0].second.starts_with("application/json");
  if (is_json && event.method != "HEAD") require(parse_json(reply.body).has_value());
}

// A document that the core has written is never damaged, and the same event on it changes nothing more.
void check_puts(const Core& core, Event event, const Outcome& outcome) {
  for (const Put& put : outcome.puts) {
    const Exact bytes(put.bytes);
    if (put.key == Key::data) {
      require(!read_data(bytes.view()).damaged);
      event.documents[static_cast<size_t>(put.key)] = {Document::State::found, bytes.view()};
    }
    event.parts = {bytes.view()};
    for (const Log& log : core.step(event).logs) require(log.text.find("damaged") == log.text.npos);
    require(core.step(event).puts.empty());
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Core core(parsed_config(), parse_page("<p>{{title}}</p>"));
  if (size == 0) return 0;
  const std::vector<Exact> parts = split(view_of(data + 1, size - 1), 6);
  const Event event = event_of(data[0], parts);
  const Outcome outcome = core.step(event);
  require(parse_json(encode_outcome(outcome).header).has_value());
  if (!outcome.needs.empty()) return 0;
  check_reply(event, outcome.reply);
  for (const Merge& merge : outcome.merges) require(parse_json(merge.addition).has_value());
  check_puts(core, event, outcome);
  return 0;
}
