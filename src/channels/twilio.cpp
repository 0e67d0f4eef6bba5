#include "channels/twilio.hpp"

#include "channels/title_and_message.hpp"
#include "message/message_template.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

// 1,600 are allowed, but each 153 of plain text, or 67 when there is any sign beyond, cost a message.
constexpr size_t kSms = 459;

// Without an emoji, which would make each part less than half as long.
std::string sms_text(const DeliveryAttempt& attempt) {
  const TemplateTexts* texts = attempt.options.form == Form::plain ? nullptr : template_for(attempt);
  const std::string_view own = texts == nullptr ? std::string_view() : template_text(*texts, "message");
  const std::string filled = own.empty() ? "" : Variables(attempt).truncated(own, nullptr, kSms);
  if (!filled.empty()) return shortened(filled, kSms);
  const std::string& url = dashboard_url(attempt);
  const std::string link = url.empty() || url.size() > kSms / 2 ? "" : "\n" + url;
  return plain_text(attempt.message, kSms - link.size()) + link;
}

}  // namespace

Send twilio(const DeliveryAttempt& attempt) {
  const std::string_view sender = attempt.credential("SENDER");
  FormBody form;
  form.add("To", attempt.credential("RECIPIENT"));
  form.add(sender.starts_with("MG") ? "MessagingServiceSid" : "From", sender);
  form.add("Body", sms_text(attempt));
  const std::string account(attempt.credential("ACCOUNTSID"));
  Send send = form_send(
      "https://api.twilio.com/2010-04-01/Accounts/" + percent_encoded(account) + "/Messages.json", form);
  add_basic(send, account, attempt.credential("AUTHTOKEN"));
  return send;
}

}  // namespace hb
