#include "channels/email.hpp"

#include "message/message_test.hpp"
#include "text/base64.hpp"
#include "text/utf8.hpp"
#include "text/visible.hpp"

namespace hb::email_test {
namespace {

Mail mail_for(const Config& config, const Message& message, Form form = Form::full) {
  const SendOptions options{.at = kTestTime, .form = form};
  return mail_of({config, config.notifications.channels.back(), message, options});
}

// Nothing of a header can follow it.
bool is_one_line(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

TEST_CASE("a subject is one line of at most 200 characters, whatever the title") {
  Config config = channel_config();
  Message message = down_message();
  message.title = "a\r\nBcc: everybody@example.com\r\n\r\nbody\x01";
  for (const Form form : {Form::full, Form::plain})
    CHECK(is_one_line(mail_for(config, message, form).subject));
  config.notifications.templates["email"] = {{"subject", "x\r\n{{message}}\n{{serviceName}}"}};
  message.text = message.service_name = message.title;
  CHECK(is_one_line(mail_for(config, message).subject));
  CHECK(units(mail_for(config, long_message(MessageKind::down, 10'000)).subject) <= 200);
  config.notifications.templates.clear();
  CHECK(units(mail_for(config, long_message(MessageKind::down, 10'000)).subject) <= 200);
}

TEST_CASE("no text of a message is markup in a mail") {
  for (const MessageKind kind : {MessageKind::down, MessageKind::alert, MessageKind::digest}) {
    const Mail mail = mail_for(channel_config(), hostile_message(kind));
    CHECK(mail.html.find("<script") == std::string::npos);
    CHECK(mail.html.find("&lt;script&gt;alert(1)") != std::string::npos);
    CHECK(mail.text.find(visible(kHostile)) != std::string::npos);
  }
}

TEST_CASE("a mail template in HTML has escaped values there and none of its tags in the text") {
  Config config = channel_config();
  config.notifications.templates["email"] = {{"subject", "{{serviceName}}"},
                                             {"body", "<h1>{{serviceName}}</h1>\n<p>{{message}}</p>"}};
  Message message = down_message();
  message.service_name = "<b>&";
  CHECK(mail_for(config, message) ==
        Mail{.subject = "<b>&",
             .text = "<b>&\nNo heartbeat for 6 min, limit 5 min",
             .html = "<h1>&lt;b&gt;&amp;</h1>\n<p>No heartbeat for 6 min, limit 5 min</p>"});
}

TEST_CASE("a mail template in text becomes HTML line by line") {
  Config config = channel_config();
  config.notifications.templates["email"] = {{"body", "{{serviceName}}\nA & B"}};
  Message message = down_message();
  message.service_name = "<b>";
  CHECK(mail_for(config, message) ==
        Mail{.subject = "🔴 Website is down", .text = "<b>\nA & B", .html = "&lt;b&gt;<br>\nA &amp; B"});
}

TEST_CASE("the plain form of a mail is text alone") {
  CHECK(mail_for(channel_config(), down_message(), Form::plain) ==
        Mail{.subject = "Website is down", .text = "Website is down\nNo heartbeat for 6 min, limit 5 min"});
  CHECK_FALSE(body_json(send_through(channel_config(), "resend", down_message(), {.form = Form::plain}))
                  .contains("html"));
}

TEST_CASE("Mailgun gets every recipient, the key as a password, and its region's host") {
  Config config = channel_config();
  const Send send = send_through(config, "mailgun", down_message());
  CHECK(header(send, "Authorization") == "Basic " + base64("api:mailgun-key"));
  std::vector<std::string> to;
  for (const auto& [name, value] : form(send)) {
    if (name == "to") to.push_back(value);
  }
  CHECK(to == std::vector<std::string>{"ops@example.com", "Boss <boss@example.com>"});
  CHECK(send.url == "https://api.mailgun.net/v3/mg.example.com/messages");
  channel_named(config, "mailgun").region = "eu";
  CHECK(send_through(config, "mailgun", down_message()).url ==
        "https://api.eu.mailgun.net/v3/mg.example.com/messages");
  config.secrets.notification["NOTIFICATION_MAILGUN_DOMAIN"] = "a/../b";
  CHECK(send_through(config, "mailgun", down_message()).url ==
        "https://api.eu.mailgun.net/v3/a%2F..%2Fb/messages");
}

TEST_CASE("Resend's idempotency key is the same for repeats, and for nothing else") {
  Config config = channel_config();
  const auto key = [&](const Message& message, const SendOptions& options) {
    return header(send_through(config, "resend", message, options), "Idempotency-Key");
  };
  const std::string first = key(down_message(), {.at = kTestTime});
  CHECK((!first.empty() && first.size() <= 256));
  CHECK(key(down_message(), {.at = kTestTime + 1h}) == first);
  CHECK(key(down_message(), {.at = kTestTime, .form = Form::plain}) != first);
  CHECK(key(up_message(), {.at = kTestTime}) != first);
  Channel& channel = channel_named(config, "resend");
  config.secrets.notification["NOTIFICATION_OTHER_APIKEY"] = "re_key";
  channel.name = "other";
  CHECK(header(send_through(config, "other", down_message()), "Idempotency-Key") != first);
}

TEST_CASE("a mailbox is an address with or without a name") {
  CHECK(mailbox("a@b.example") == Mailbox{"", "a@b.example"});
  CHECK(mailbox(" a@b.example ") == Mailbox{"", "a@b.example"});
  CHECK(mailbox("Ann <a@b.example>") == Mailbox{"Ann", "a@b.example"});
  CHECK(mailbox("\"Ann, B.\" < a@b.example >") == Mailbox{"Ann, B.", "a@b.example"});
  CHECK(mailbox("<a@b.example>") == Mailbox{"", "a@b.example"});
  CHECK(mailbox("a<b@c") == Mailbox{"", "a<b@c"});
}

}  // namespace hb::email_test
