#include "channels/discord.hpp"

#include "channels/markup.hpp"
#include "message/message_template.hpp"
#include "message/wording.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
constexpr size_t kDiscordTitle = 256;
constexpr size_t kDescription = 4096;
constexpr size_t kFields = 25;
constexpr size_t kFieldName = 256;
constexpr size_t kFieldValue = 1024;
constexpr size_t kDiscordFooter = 2048;
constexpr size_t kTotal = 6000;
constexpr size_t kContent = 2000;
constexpr size_t kThreadName = 100;

struct EmbedField {
  std::string name{};
  std::string value{};
  bool is_inline = true;
};

struct Embed {
  std::string title{};
  std::string description{};
  std::vector<EmbedField> fields{};
  std::string footer{};
};

// Adds a field while there is room for it; fields must have a name and a value.
void add_field(Embed& embed, EmbedField field, size_t& room) {
  const size_t size = units(field.name) + units(field.value);
  if (field.name.empty() || field.value.empty() || embed.fields.size() >= kFields || size > room) return;
  room -= size;
  embed.fields.push_back(std::move(field));
}

size_t room_in(const Embed& embed) {
  const size_t used = units(embed.title) + units(embed.description) + units(embed.footer);
  return used > kTotal ? 0 : kTotal - used;
}

Embed usual_embed(const DeliveryAttempt& attempt) {
  const std::string title = std::string(emoji(tone(attempt.message))) + " " + headline(attempt.message);
  Embed embed{.title = escaped(title, append_backslashed, kDiscordTitle),
              .description = escaped(body_text(attempt.message), append_backslashed, kDescription)};
  size_t room = room_in(embed);
  for (const Fact& fact : facts(attempt)) {
    add_field(embed,
              {.name = escaped(fact.name, append_backslashed, kFieldName),
               .value = escaped(fact.value, append_backslashed, kFieldValue),
               .is_inline = units(fact.value) <= 40},
              room);
  }
  return embed;
}

Embed embed_after_template(const DeliveryAttempt& attempt, const TemplateTexts& texts) {
  const Variables variables(attempt);
  const auto fill = [&](std::string_view text, size_t limit) {
    return std::string(first_characters(variables.truncated(text, append_backslashed, limit), limit));
  };
  Embed embed{.title = fill(template_text(texts, "title"), kDiscordTitle),
              .description = fill(template_text(texts, "description"), kDescription),
              .footer = fill(template_text(texts, "footer"), kDiscordFooter / 2)};
  size_t room = room_in(embed);
  for (const TemplateField& field : template_fields(texts, "name", "inline")) {
    add_field(embed,
              {.name = fill(field.name, kFieldName),
               .value = fill(field.value, kFieldValue),
               .is_inline = field.is_short},
              room);
  }
  return embed;
}

void print_fields(JsonWriter& json, const Embed& embed) {
  if (embed.fields.empty()) return;
  json.key("fields").begin_array();
  for (const auto& [name, value, is_inline] : embed.fields)
    json.begin_object().member("name", name).member("value", value).member("inline", is_inline).end_object();
  json.end_array();
}

void print_embed(JsonWriter& json, const DeliveryAttempt& attempt, const Embed& embed) {
  json.begin_object();
  if (!embed.title.empty()) json.member("title", embed.title);
  if (!embed.description.empty()) json.member("description", embed.description);
  const std::string& url = attempt.config.settings.monitoring.public_url;
  if (!url.empty()) json.member("url", url);
  json.member("color", color(tone(attempt.message))).member("timestamp", attempt.message.timestamp);
  print_fields(json, embed);
  if (!embed.footer.empty()) json.key("footer").begin_object().member("text", embed.footer).end_object();
  json.end_object();
}

}  // namespace

Send discord(const DeliveryAttempt& attempt) {
  JsonWriter json;
  json.begin_object();
  if (attempt.options.form == Form::plain) {
    json.member("content", escaped(plain_text(attempt.message, kContent), append_backslashed, kContent));
  } else {
    const TemplateTexts* texts = template_for(attempt);
    json.key("embeds").begin_array();
    print_embed(json, attempt,
                texts != nullptr ? embed_after_template(attempt, *texts) : usual_embed(attempt));
    json.end_array();
  }
  if (attempt.channel.posts_to_forum)
    json.member("thread_name", shortened(headline(attempt.message), kThreadName));
  // Nobody is pinged by what stands in a message.
  json.key("allowed_mentions").begin_object().key("parse").begin_array().end_array().end_object();
  json.end_object();
  return json_send(std::string(attempt.credential("WEBHOOKURL")), json);
}

}  // namespace hb
