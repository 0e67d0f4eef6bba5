#if !__has_include(<catch2/catch_all.hpp>)
#define CATCH_CONFIG_MAIN
#endif
#include <nlohmann/json.hpp>

#include "catch.hpp"

std::string Catch::StringMaker<nlohmann::json>::convert(const nlohmann::json& json) {
  return json.dump();
}
