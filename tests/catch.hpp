// Catch2, whichever major version the machine has. For WebAssembly, for which machines have no libraries,
// doctest: one header with the same names, but for these.
#pragma once

#ifdef __EMSCRIPTEN__
#include <doctest/doctest.h>

#include <sstream>
#include <string>

#define SECTION SUBCASE
#undef INFO
#define INFO(message)                                                                         \
  std::ostringstream DOCTEST_CAT(info_stream_, __LINE__);                                     \
  DOCTEST_CAT(info_stream_, __LINE__) << message;                                             \
  const std::string DOCTEST_CAT(info_, __LINE__) = DOCTEST_CAT(info_stream_, __LINE__).str(); \
  DOCTEST_INFO(DOCTEST_CAT(info_, __LINE__))

#else

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

#endif
