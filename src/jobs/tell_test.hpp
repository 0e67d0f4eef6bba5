// What the tests of the job `tell` share: services and two channels, with the collector and without.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "text/json.hpp"
#include "world.hpp"

namespace hb {

struct NotifyingWorld : World {
  static constexpr std::string_view kServices = R"({
    "groups": [{"id": "prod", "name": "Production", "services": ["web", "db", "mail", "dns"],
                "auth": {"required": false}}],
    "services": [{"id": "web", "name": "Website"}, {"id": "db"}, {"id": "mail"}, {"id": "dns"}]})";

  static constexpr std::string_view kTwoChannels = R"({
    "settings": {"cooldownMinutes": 0},
    "channels": [{"type": "webhook", "name": "ops"}, {"type": "webhook", "name": "boss", "events": ["down"]}]})";

  explicit NotifyingWorld(Role as_role, std::string_view notifications = kTwoChannels)
      : World(kServices), notifications_(notifications) {
    role = as_role == Role::kv_only ? Role::kv_only : Role::edge;
    env = {{"NOTIFICATION_OPS_URL", "https://ops.example/secret"},
           {"NOTIFICATION_BOSS_URL", "https://boss.example/secret"},
           {"ALERT_API_KEY", "the alert key"}};
    reconfigure(notifications);
  }

  void reconfigure(std::string_view notifications) {
    notifications_ = notifications;
    configure(kServices, kNoLag, notifications_);
  }

  void play(int minutes, const std::vector<std::string>& alive) {
    for (int minute = 0; minute < minutes; ++minute) {
      advance(60s);
      for (const std::string& id : alive) beat(id);
      check();
    }
  }

  // All are heard of; web with this status.
  void report(int minutes, const std::string& status) {
    for (int minute = 0; minute < minutes; ++minute) {
      advance(60s);
      for (const char* id : {"db", "mail", "dns"}) beat(id);
      post("/api/heartbeat", R"({"serviceId":"web","status":")" + status + R"("})");
      check();
    }
  }

  // The words of the messages through ops since the last time that it accepted.
  std::string accepted_words() const {
    std::string out;
    for (const auto& [send, answer] : answered) {
      if (answer == 200 && send.url.starts_with("https://ops."))
        out += string_member(parse_json(send.body).value_or(Json()), "message").value_or("") + "\n";
    }
    return out;
  }

  // From now on providers answer so.
  void answer_all(int status) {
    provider = [this, status](const Send& send) {
      answered.emplace_back(send, status);
      return Answer{.status = status};
    };
  }

  // "06:06 ops down web", for each message since the last time.
  std::vector<std::string> notifications() {
    std::vector<std::string> lines;
    for (const Send& send : sent) lines.push_back(line(send));
    sent.clear();
    return lines;
  }

  static std::string line(const Send& send) {
    const std::string host = send.url.substr(8, send.url.find('.') - 8);
    const Json body = parse_json(send.body).value_or(Json());
    std::string out = host + " " + string_member(body, "event").value_or("ping");
    if (const Json* service = member(body, "service"))
      out += " " + string_member(*service, "id").value_or("?");
    if (const Json* alert = member(body, "alert"))
      out += " " + string_member(*alert, "title").value_or("?") + " " +
             string_member(*alert, "status").value_or("?");
    return out;
  }

  Json post_alert(std::string_view body, int status = 200) {
    authorization = "Bearer the alert key";
    const Reply reply = post("/api/alert", body);
    authorization.clear();
    INFO(reply.body);
    CHECK(reply.status == status);
    return parse_json(reply.body).value_or(Json());
  }

  // With the default thresholds, and the others alive, so that it is no blackout.
  void let_web_go_down() {
    play(1, {"web", "db", "mail", "dns"});
    play(6, {"db", "mail", "dns"});
  }

  // An answer for one host; the others say 200.
  void answer(const std::string& host, const Answer& given) {
    provider = [host, given](const Send& send) {
      return send.url.find("//" + host + ".") == std::string::npos ? Answer{.status = 200} : given;
    };
  }

  std::string notifications_;
  std::vector<std::pair<Send, int>> answered{};
};

inline constexpr Role kRoles[] = {Role::kv_only, Role::edge};

using Lines = std::vector<std::string>;

inline std::string generic(std::string_view more = "") {
  return R"({"title":"Disk","message":"91 %","severity":"critical")" + std::string(more) + "}";
}

}  // namespace hb
