#include "channels/send.hpp"

#include "catch.hpp"

namespace hb::send_test {

TEST_CASE("only what a URL may always have stays unencoded") {
  CHECK(percent_encoded("aZ09-._~") == "aZ09-._~");
  CHECK(percent_encoded(" +&=%/?#:@\r\n") == "%20%2B%26%3D%25%2F%3F%23%3A%40%0D%0A");
  CHECK(percent_encoded("é😀") == "%C3%A9%F0%9F%98%80");
  CHECK(percent_encoded("").empty());
}

TEST_CASE("a form has its parameters in order, without the empty ones") {
  FormBody form;
  CHECK(form_send("https://e.example", form).body.empty());
  form.add("b", "");
  form.add("a", "1 2");
  form.add("b", "");
  form.add("a", "&");
  CHECK(form_send("https://e.example", form) ==
        Send{.url = "https://e.example",
             .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                         {"User-Agent", "heartbeat-monitor"}},
             .body = "a=1%202&a=%26"});
}

}  // namespace hb::send_test
