// What the tests of the configuration share: files by text, and faults as sentences.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "config/config.hpp"

namespace hb {

// Four files that say nothing, for tests that change one of them.
struct Files {
  std::string services = "{}";
  std::string notifications = "{}";
  std::string settings = "{}";
  std::string dashboard = "{}";
  std::map<std::string, std::string> env{};
};

inline ParsedConfig parse(const Files& files) {
  return parse_config({.services = files.services,
                       .notifications = files.notifications,
                       .settings = files.settings,
                       .dashboard = files.dashboard,
                       .env = files.env});
}

inline std::vector<std::string> sentences(const std::vector<Fault>& faults) {
  std::vector<std::string> out;
  for (const Fault& fault : faults) out.push_back(sentence(fault));
  return out;
}

inline bool has(const std::vector<Fault>& faults, const std::string& path, const std::string& part_of_text) {
  return std::any_of(faults.begin(), faults.end(), [&](const Fault& fault) {
    return fault.path == path && fault.text.find(part_of_text) != std::string::npos;
  });
}

inline std::string joined(const std::vector<Fault>& faults) {
  std::string out;
  for (const Fault& fault : faults) out += sentence(fault) + '\n';
  return out;
}

// A file, the path at fault, and a part of what is said there.
struct Wrong {
  std::string file;
  std::string path;
  std::string text;
};

// Each file of the list has exactly the one fault, when it stands at `place` among the four.
inline void check_faults(std::string Files::*file_text, const std::vector<Wrong>& table, Files files = {}) {
  for (const Wrong& wrong : table) {
    files.*file_text = wrong.file;
    const ParsedConfig parsed = parse(files);
    INFO(wrong.file << "\n" << joined(parsed.faults));
    CHECK(parsed.faults.size() == 1);
    CHECK(has(parsed.faults, wrong.path, wrong.text));
  }
}

// None of the files has a fault or a warning.
inline void check_sound(std::string Files::*file_text, const std::vector<std::string>& table,
                        Files files = {}) {
  for (const std::string& text : table) {
    files.*file_text = text;
    const ParsedConfig parsed = parse(files);
    INFO(text << "\n" << joined(parsed.faults) << joined(parsed.warnings));
    CHECK(parsed.faults.empty());
    CHECK(parsed.warnings.empty());
  }
}

}  // namespace hb
