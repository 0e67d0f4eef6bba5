#include "config/templates.hpp"

#include <algorithm>

#include "config/channel_types.hpp"

namespace hb {
namespace {

using Texts = std::map<std::string, std::string>;

constexpr std::string_view kExternal = "_external";
constexpr std::string_view kVariables[] = {
    "emoji",        "eventType", "serviceName", "serviceId",    "groupName", "lastSeen", "timestamp",
    "timestampISO", "duration",  "message",     "dashboardUrl", "headline",  "dedupKey", "alsoDown"};
constexpr std::string_view kExternalVariables[] = {"title", "severity", "source", "status"};

bool is_external(std::string_view name) {
  return name.size() > kExternal.size() && name.substr(name.size() - kExternal.size()) == kExternal;
}

const TemplateShape* shape_of(std::string_view name) {
  if (is_external(name)) name.remove_suffix(kExternal.size());
  const auto type = channel_type(name);
  const bool has_templates = type && !kChannelTypes[*type].shape.texts.empty();
  return has_templates ? &kChannelTypes[*type].shape : nullptr;
}

bool is_among(std::string_view name, std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Reads one template; its fields are kept under `prefix`.
class TemplateReader {
 public:
  explicit TemplateReader(std::string_view name) : is_external_(is_external(name)) {}

  void text(Object& in, std::string_view name, const std::string& prefix) {
    const Field field = in.member(name);
    auto content = hb::text(field, kText);
    if (!content) return;
    warn_of_unknown_variables(field, *content);
    texts_.emplace(prefix + std::string(name), *std::move(content));
  }

  void flag(Object& in, std::string_view name, const std::string& prefix) {
    const auto value = hb::flag(in.member(name));
    if (value) texts_.emplace(prefix + std::string(name), *value ? "true" : "false");
  }

  Texts take() { return std::move(texts_); }

 private:
  bool is_known(std::string_view variable) const {
    return is_among(variable, kVariables) || (is_external_ && is_among(variable, kExternalVariables));
  }

  void warn_of_unknown_variables(const Field& field, std::string_view content) const {
    for (size_t at = content.find("{{"); at != content.npos; at = content.find("{{", at)) {
      at += 2;
      const size_t end = content.find("}}", at);
      if (end == content.npos) return;
      const std::string_view name = content.substr(at, end - at);
      if (!is_known(name))
        field.warn("has {{" + std::string(name) + "}}, which is no variable and stays as written");
    }
  }

  bool is_external_;
  Texts texts_{};
};

Texts read_template(const std::string& name, const TemplateShape& shape, const Field& field) {
  TemplateReader reader(name);
  Object in(field);
  for (const std::string_view text : shape.texts) reader.text(in, text, "");
  if (shape.listed.empty()) return reader.take();
  const Field list = in.member("fields");
  each_element_of(list, [&](const Field& element) {
    Object entry(element);
    const std::string prefix = "fields[" + std::to_string(*element.path.index) + "].";
    for (const std::string_view text : shape.listed) reader.text(entry, text, prefix);
    reader.flag(entry, shape.listed_flag, prefix);
  });
  return reader.take();
}

void unknown_template(const Field& field, const std::string& name) {
  std::vector<std::string> names;
  for (const ChannelType& type : kChannelTypes) {
    if (type.shape.texts.empty()) continue;
    for (const std::string_view end : {std::string_view(), kExternal}) {
      names.push_back(std::string(type.name) + std::string(end));
    }
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  unknown_field(field, name, known, "the name of a template");
}

}  // namespace

std::map<std::string, Texts> read_templates(const Field& field) {
  std::map<std::string, Texts> out;
  each_member_of(field, [&](const std::string& name, const Field& content) {
    if (const TemplateShape* shape = shape_of(name)) {
      out.emplace(name, read_template(name, *shape, content));
    } else {
      unknown_template(content, name);
    }
  });
  return out;
}

}  // namespace hb
