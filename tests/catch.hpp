// Catch2, whichever major version the machine has.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <nlohmann/json_fwd.hpp>

// How JSON is printed by a failing CHECK: compiled once, in catch_main.cpp.
template <>
struct Catch::StringMaker<nlohmann::json> {
  static std::string convert(const nlohmann::json& json);
};
