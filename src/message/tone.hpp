// How good or bad it is what a message says.
#pragma once

#include "documents/message.hpp"

namespace hb {

// The worst a message can say is bad. It decides on its colour, its emoji and its priority.
enum class Tone { bad, warning, good, info };

Tone tone(const Message& message);

// What a list has for the tone; it goes from bad to info.
template <class T>
const T& of_tone(Tone tone, const T (&list)[4]) {
  return list[static_cast<size_t>(tone)];
}

// Whether it says that a problem is over, or at least monitored no more.
bool is_recovery(const Message& message);

}  // namespace hb
