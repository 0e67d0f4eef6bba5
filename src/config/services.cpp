#include "config/services.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace hb {
namespace {

constexpr size_t kMostServices = 10'000;
constexpr size_t kMostHistory = 16'000'000;  // bytes
constexpr size_t kBytesOfDay = 8;

using Index = std::unordered_map<std::string_view, size_t>;

// The groups of a file before the services are known.
struct Groups {
  std::vector<Group> groups{};
  std::vector<InheritedSettings> settings{};             // of each group
  std::unordered_map<std::string, size_t> by_service{};  // by the id of a listed service
};

std::string read_id(const Field& field) {
  if (auto id = text(field, kId)) return *std::move(id);
  return field ? as_string(*field.json).value_or("") : std::string();
}

std::string read_name(const Field& field, const std::string& id) {
  return text(field, kName).value_or(id);
}

void read_list_of_group(const Field& list, Groups& out) {
  const size_t own = out.groups.size();
  each_element_of(list, [&](const Field& element) {
    const auto id = text(element, kText);
    if (!id) return;
    const auto [earlier, is_free] = out.by_service.emplace(*id, own);
    if (is_free) return;
    element.fault(earlier->second == own
                      ? "lists \"" + *id + "\" a second time"
                      : "lists \"" + *id + "\", which groups[" + std::to_string(earlier->second) +
                            "] lists already; a service can be in one group");
  });
}

Groups read_groups(const Field& list, const InheritedSettings& usual, const References& references) {
  Groups out;
  std::unordered_set<std::string> ids;
  each_element_of(list, [&](const Field& field) {
    Object in(field);
    const Field id_field = in.required("id", kId.expected);
    std::string id = read_id(id_field);
    if (!id.empty() && !ids.insert(id).second) id_field.fault("is used twice; ids of groups must be unique");
    read_list_of_group(in.member("services"), out);
    out.settings.push_back(read_inherited_settings(in, usual, references));
    std::string name = read_name(in.member("name"), id);
    out.groups.push_back({.id = std::move(id), .name = std::move(name)});
  });
  return out;
}

// One id, or a list of them.
std::vector<std::string> read_previous_ids(const Field& field) {
  if (!field) return {};
  if (!field.json->is_string()) return texts(field, kId).value_or(std::vector<std::string>());
  const auto id = text(field, kId);
  return id ? std::vector{*id} : std::vector<std::string>();
}

Service read_service(const Field& field, const Groups& groups, const InheritedSettings& usual,
                     const References& references) {
  Object in(field);
  std::string id = read_id(in.required("id", kId.expected));
  const auto member = groups.by_service.find(id);
  const bool has_group = member != groups.by_service.end();
  InheritedSettings settings =
      read_inherited_settings(in, has_group ? groups.settings[member->second] : usual, references);
  std::string name = read_name(in.member("name"), id);
  return {.id = std::move(id),
          .name = std::move(name),
          .description = in.text("description", kText, ""),
          .enabled = in.flag("enabled", true),
          .group = has_group ? std::optional(member->second) : std::nullopt,
          .staleness_threshold = settings.staleness_threshold,
          .timing = std::move(settings.timing),
          .uptime_threshold_set = std::move(settings.uptime_threshold_set),
          .auth_required = settings.auth_required,
          .failure_threshold = settings.failure_threshold,
          .success_threshold = settings.success_threshold,
          .repeat_alert_minutes = settings.repeat_alert_minutes,
          .notifications = std::move(settings.notifications),
          .previous_ids = read_previous_ids(in.member("formerly"))};
}

Field element(const Field& list, size_t index) {
  return {&elements(*list.json)[index], FieldPath{.parent = &list.path, .index = index}, list.findings};
}

// Where the service's id, or one of its previous ids, stands; only asked for when it is wrong.
void fault_at(const Field& list, size_t index, std::string_view member, std::string text) {
  element(list, index).member(member).fault(std::move(text));
}

Index index_of_ids(const Field& list, const std::vector<Service>& services) {
  Index index;
  index.reserve(services.size() * 2);
  for (size_t i = 0; i < services.size(); ++i) {
    const std::string& id = services[i].id;
    if (id.empty() || index.emplace(id, i).second) continue;
    fault_at(list, i, "id",
             "is used twice; \"" + id + "\" is also services[" + std::to_string(index[id]) + "]");
  }
  return index;
}

void add_previous_ids(const Field& list, const std::vector<Service>& services, Index& index) {
  for (size_t i = 0; i < services.size(); ++i) {
    for (const std::string& id : services[i].previous_ids) {
      const auto [other, is_free] = index.emplace(id, i);
      if (is_free) continue;
      const bool is_configured = services[other->second].id == id;
      fault_at(list, i, "formerly",
               "names \"" + id + "\", which " + (is_configured ? "is the id of" : "is claimed by") +
                   " services[" + std::to_string(other->second) + "]");
    }
  }
}

void join_groups(const Field& list, const Index& index, std::vector<Group>& groups) {
  if (groups.empty()) return;
  each_element_of(list, [&](const Field& field) {
    const Field listed = field.member("services");
    if (!listed || !listed.json->is_array()) return;
    each_element_of(listed, [&](const Field& element) {
      const auto id = as_string(*element.json);
      if (!id) return;
      const auto found = index.find(*id);
      if (found == index.end())
        return element.fault("lists \"" + *id + "\", which is not the id of a service");
      groups[*field.path.index].services.push_back(found->second);
    });
  });
}

// The default threshold is the only one that can still be below the check interval.
void check_thresholds(const Field& list, const std::vector<Service>& services, Millis shortest) {
  const auto is_shorter = [shortest](const Service& s) {
    return s.timing.has_threshold && s.staleness_threshold < shortest;
  };
  const auto first = std::find_if(services.begin(), services.end(), is_shorter);
  if (first == services.end()) return;
  const auto count = std::count_if(first, services.end(), is_shorter);
  fault_at(list, static_cast<size_t>(first - services.begin()), "stalenessThreshold",
           "is missing here and for " + std::to_string(count - 1) +
               " more services, and the default of 300 s is below checkIntervalSeconds; set at least the "
               "interval");
}

std::string megabytes(size_t bytes) {
  const size_t tenths = (bytes + 99'999) / 100'000;
  return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " MB";
}

void check_sizes(const Field& list, const std::vector<Service>& services, const Settings* settings) {
  const auto enabled =
      std::count_if(services.begin(), services.end(), [](const Service& s) { return s.enabled; });
  if (static_cast<size_t>(enabled) > kMostServices) {
    list.fault("has " + std::to_string(enabled) + " enabled services; at most 10000 are possible");
  }
  const auto days = static_cast<size_t>(settings == nullptr ? 0 : settings->retention_days);
  const size_t history = services.size() * days * kBytesOfDay;
  if (history <= kMostHistory) return;
  list.fault("has " + std::to_string(services.size()) + " services, whose history of " +
             std::to_string(days) + " days takes " + megabytes(history) +
             "; 16 MB fit, so uptime.retentionDays in settings.json may be " +
             std::to_string(kMostHistory / services.size() / kBytesOfDay) + " at most");
}

}  // namespace

Services read_services(const Field& file, const Known& known) {
  Object in(file);
  const Field group_list = in.member("groups");
  const Field service_list = in.member("services");
  ZoneNames zones(known.zones);
  const References references(known, zones);
  InheritedSettings usual;
  if (known.notifications) usual.repeat_alert_minutes = known.notifications->repeat_alert_minutes;

  Groups groups = read_groups(group_list, usual, references);
  Services out;
  if (service_list) out.services.reserve(elements(*service_list.json).size());
  each_element_of(service_list, [&](const Field& field) {
    out.services.push_back(read_service(field, groups, usual, references));
  });
  out.by_id = index_of_ids(service_list, out.services);
  join_groups(group_list, out.by_id, groups.groups);
  add_previous_ids(service_list, out.services, out.by_id);
  check_thresholds(service_list, out.services, references.shortest_threshold());
  check_sizes(service_list, out.services, known.settings);
  out.groups = std::move(groups.groups);
  out.zones = zones.take();
  return out;
}

}  // namespace hb
