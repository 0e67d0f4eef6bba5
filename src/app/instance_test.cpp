#include "app/instance.hpp"

#include "catch.hpp"
#include "frames.hpp"

namespace hb::instance_test {
namespace {

const ConfigFiles kFiles{
    .services = R"({"services":[{"id":"web"}]})", .notifications = "{}", .settings = "{}", .dashboard = "{}"};

void fill(Instance& instance, std::string_view bytes) {
  std::copy(bytes.begin(), bytes.end(), instance.input(bytes.size()));
}

Done stepped(Instance& instance, std::string_view frame) {
  fill(instance, frame);
  REQUIRE(instance.step());
  return std::get<Done>(outcome_in(instance.output()).outcome);
}

}  // namespace

TEST_CASE("an instance is configured once, and then steps") {
  Instance instance;
  fill(instance, frame_of(Event{}));
  CHECK_FALSE(instance.step());
  fill(instance, "no configuration");
  CHECK_FALSE(instance.configure());
  fill(instance, frame_of(kFiles, ""));
  REQUIRE(instance.configure());
  CHECK(instance.output().at(0).starts_with(R"({"faults":[])"));
  const Event event{.trigger = Request{.method = "GET", .path = "/api/services"}};
  CHECK(stepped(instance, frame_of(event)).reply.status == 200);
  instance.input(1);
  CHECK(instance.output().empty());
}

TEST_CASE("an event of another version is answered with 503, and the log says so") {
  Instance instance;
  fill(instance, frame_of(kFiles, ""));
  REQUIRE(instance.configure());
  for (const std::string& frame : {std::string(), frame_of(Event{}, "{}"), frame_of(Event{}, "")}) {
    const Done done = stepped(instance, frame);
    CHECK(done.reply.status == 503);
    CHECK(done.reply.headers == Headers{{"Content-Type", "application/json; charset=utf-8"},
                                        {"Retry-After", "10"},
                                        {"X-Content-Type-Options", "nosniff"},
                                        {"Referrer-Policy", "no-referrer"},
                                        {"Cache-Control", "no-store"}});
    REQUIRE(done.logs.size() == 1);
    CHECK(done.logs[0].event == "other-version");
  }
}

}  // namespace hb::instance_test
