#include "message/redaction.hpp"

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <vector>

#include "message/spellings.hpp"
#include "message/wording.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

// More than that is not looked at: what is shown is far shorter.
constexpr size_t kRead = 500;
constexpr size_t kShortestSecret = 5;
constexpr size_t kShortestWord = 8;  // of an address, when it is made of small letters alone
// So many bytes in a row of a credential are hidden as well: others may have cut it.
constexpr size_t kPiece = 8;
constexpr std::string_view kHidden = "***";

bool is_small_letter(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_key_letter(char c) {
  return is_small_letter(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("+/=_-~%\\").find(c) != std::string_view::npos;
}

// Such as "api" in an address.
bool is_word(std::string_view part) {
  return std::all_of(part.begin(), part.end(), is_small_letter);
}

// A text in all its spellings, in which secrets are looked for. What is found is marked as hidden.
class Search {
 public:
  explicit Search(std::string_view text) : spellings_(spellings(text)), hidden_(text.size()) {
    for (const Spelling& spelling : spellings_) {
      for (size_t i = 0; i + kGram <= spelling.text.size(); ++i) has_gram_[gram_at(spelling.text, i)] = true;
    }
  }

  // Hides every `piece` bytes in a row of the secret.
  void hide(std::string_view secret, size_t piece) {
    if (secret.size() < kShortestSecret) return;
    // The spellings have no escapes either.
    const bool has_escapes = secret.find_first_of("%+\\&") != secret.npos;
    const std::string own = has_escapes ? undone(spelling_of(secret)).text : std::string();
    if (!own.empty()) secret = own;
    piece = std::min(piece, secret.size());
    for (size_t at = 0; piece >= kGram && at + piece <= secret.size(); ++at) {
      if (has_gram_[gram_at(secret, at)]) hide_piece(secret.substr(at, piece));
    }
  }

  const std::vector<bool>& hidden() const { return hidden_; }

 private:
  static constexpr size_t kGram = 4;
  static constexpr size_t kGrams = 1 << 14;

  // Four bytes in a row, as a number below kGrams that others may have as well.
  static size_t gram_at(std::string_view text, size_t at) {
    uint32_t gram = 0;
    for (size_t i = at; i < at + kGram; ++i) gram = gram << 8 | static_cast<uint8_t>(text[i]);
    return gram * 2'654'435'761U >> 18;
  }

  void hide_piece(std::string_view piece) {
    for (const auto& [text, places] : spellings_) {
      for (size_t hit = text.find(piece); hit != text.npos; hit = text.find(piece, hit + 1)) {
        const size_t first = places[hit].first;
        std::fill_n(hidden_.begin() + static_cast<ptrdiff_t>(first),
                    places[hit + piece.size() - 1].last - first, true);
      }
    }
  }

  std::vector<Spelling> spellings_;
  std::vector<bool> hidden_;
  std::bitset<kGrams> has_gram_{};
};

// Of an address what follows the host, and who logs in, part by part.
void hide_parts(Search& search, std::string_view address) {
  const size_t path = std::min(address.find('/'), address.size());
  const size_t at = address.rfind('@', path);
  const std::string_view login = address.substr(0, at == address.npos ? 0 : at);
  for (std::string_view rest : {login, address.substr(path)}) {
    while (!rest.empty()) {
      const size_t end = std::min(rest.find_first_of("/?&=#:;,"), rest.size());
      const std::string_view part = rest.substr(0, end);
      if (!is_word(part)) search.hide(part, kPiece);
      if (is_word(part) && end >= kShortestWord) search.hide(part, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

void hide_credential(Search& search, std::string_view secret) {
  const size_t scheme = secret.find("://");
  search.hide(secret, scheme == secret.npos ? kPiece : secret.size());
  if (scheme != secret.npos) hide_parts(search, secret.substr(scheme + 3));
}

void hide_all(Search& search, const Secrets& secrets) {
  for (const auto& [name, value] : secrets.notification) hide_credential(search, value);
  hide_credential(search, secrets.monitor_ping_url);
  hide_credential(search, secrets.alert_api_key);
  // There may be thousands, so that they are looked for as a whole.
  for (const auto& [id, key] : secrets.api_keys.keys) search.hide(key, key.size());
}

bool ends_url(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>' || c == ')';
}

void hide_urls(std::string& text) {
  static constexpr std::string_view kShown = "(URL)";
  for (size_t at = text.find("://"); at != text.npos; at = text.find("://", at)) {
    size_t start = at;
    while (start > 0 && is_small_letter(static_cast<char>(text[start - 1] | 0x20))) --start;
    size_t end = at;
    while (end < text.size() && !ends_url(text[end])) ++end;
    text.replace(start, end - start, kShown);
    at = start + kShown.size();
  }
}

void mark_runs(std::string_view text, std::vector<bool>& hidden) {
  size_t start = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && is_key_letter(text[i])) continue;
    if (i - start > kLongestRun) std::fill_n(hidden.begin() + static_cast<ptrdiff_t>(start), i - start, true);
    start = i + 1;
  }
}

std::string without(std::string_view text, const std::vector<bool>& hidden) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!hidden[i]) out += text[i];
    if (hidden[i] && (i == 0 || !hidden[i - 1])) out += kHidden;
  }
  return out;
}

}  // namespace

std::string redacted(const Secrets& secrets, std::string_view text, size_t limit) {
  std::string whole = valid_utf8(text.substr(0, kRead));
  hide_urls(whole);
  Search search(whole);
  hide_all(search, secrets);
  std::vector<bool> hidden = search.hidden();
  mark_runs(whole, hidden);
  return shortened(one_line(valid_utf8(without(whole, hidden))), limit);
}

}  // namespace hb
