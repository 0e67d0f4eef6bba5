// Mails, through Mailgun, Resend or Cloudflare's own binding: a text part and a simple HTML part.
// https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages
// https://resend.com/docs/api-reference/emails/send-email
// https://developers.cloudflare.com/email-service/api/send-emails/workers-api/
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send email(const DeliveryAttempt& attempt);

// Resend compares the key of a mail with those of earlier ones: it is still at work on the same mail, or it
// has taken it in other words.
Meaning email_meaning(const Channel& channel, const Answer& answer, const Json* json);

struct Mail {
  std::string subject{};  // one line
  std::string text{};
  std::string html{};  // empty: there is only text

  bool operator==(const Mail&) const = default;
};

Mail mail_of(const DeliveryAttempt& attempt);

// "Monitor <monitor@example.com>" in its parts; the name may be empty.
struct Mailbox {
  std::string name{};
  std::string address{};

  bool operator==(const Mailbox&) const = default;
};

Mailbox mailbox(std::string_view text);

}  // namespace hb
