// The people at the other end of the channels: what they were told, and what they believe.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "event/event.hpp"
#include "simulation/findings.hpp"
#include "simulation/model.hpp"
#include "simulation/weather.hpp"

namespace hb::simulation {

inline constexpr std::array<const char*, kChannels> kChannelNames = {"ops", "team", "boss", "pager"};

// The notifications that they were configured with, and the secrets of that.
std::string notifications_of(const Story& story);
std::map<std::string, std::string> channel_secrets();

class Readers {
 public:
  Readers(const Story& story, const Timeline& timeline, const Weather& weather, const Model& model,
          Findings& findings);

  // A call to a provider, and its answer. What is accepted is read.
  Answer answer(const Send& send);
  // Somebody died, or an answer was lost: from now on a message may come twice.
  void doubt() { ++doubts_; }

  // At the end, when all is well and time has passed.
  void check_all();

  int accepted() const { return accepted_; }

 private:
  struct Told {
    Time at{};
    std::string status{};  // of the service, or empty where the text tells it
    std::string text{};
  };
  struct Reader {
    std::map<std::string, int> bodies{};  // accepted, by how many doubts there were
    std::map<size_t, std::vector<Told>> told{};
    std::map<std::string, bool> incidents{};  // open or closed
  };

  void hear(size_t channel, const Send& send);
  void hear_incident(Reader& reader, const Json& body);
  void hear_message(Reader& reader, const Json& body);
  void hear_of_others(Reader& reader, const std::string& text);
  void check_told(size_t channel, size_t service, const Stay& stay);
  bool was_told(const Reader& reader, size_t service, const Stay& stay) const;

  const Story& story_;
  const Timeline& timeline_;
  const Weather& weather_;
  const Model& model_;
  Findings& findings_;
  std::array<Reader, kChannels> readers_{};
  int doubts_ = 0;
  int accepted_ = 0;
};

}  // namespace hb::simulation
