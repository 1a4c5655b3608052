#pragma once

#include "support/owned.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace pes::net::curl {

/// What libcurl calls so, found in it when it is first asked for. Throws internal when it is not
/// there.
void* symbol(const char* name);

/// The letters of a name, as a template's argument.
template <std::size_t size>
struct Letters {
  // NOLINTNEXTLINE(google-explicit-constructor,cppcoreguidelines-avoid-c-arrays,modernize-avoid-c-arrays)
  constexpr Letters(const char (&name)[size]) { std::copy_n(name, size, text.begin()); }
  std::array<char, size> text{};
};

template <Letters name, typename Function>
Function* loaded() {
  // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): nothing changes it.
  static auto* const function = reinterpret_cast<Function*>(symbol(name.text.data()));
  return function;
}

/// A function of libcurl, called as if it were linked.
template <Letters name, typename Function>
struct Loaded;

template <Letters name, typename Result, typename... Parameters>
struct Loaded<name, Result(Parameters...)> {
  Result operator()(Parameters... arguments) const {
    return loaded<name, Result(Parameters...)>()(arguments...);
  }
};

/// One that takes one value more, of whatever type.
template <Letters name, typename Result, typename... Parameters>
struct Loaded<name, Result(Parameters..., ...)> {
  template <typename Value>
  Result operator()(Parameters... arguments, Value value) const {
    return loaded<name, Result(Parameters..., ...)>()(arguments..., value);
  }
};

// libcurl, loaded when something is first asked of it: with the thirty libraries that it needs it
// takes longer to load than a small flow to verify.

inline constexpr Loaded<"curl_global_init", decltype(curl_global_init)> global_init;
inline constexpr Loaded<"curl_global_cleanup", decltype(curl_global_cleanup)> global_cleanup;
inline constexpr Loaded<"curl_version_info", decltype(curl_version_info)> version_info;
inline constexpr Loaded<"curl_easy_init", decltype(curl_easy_init)> easy_init;
inline constexpr Loaded<"curl_easy_cleanup", decltype(curl_easy_cleanup)> easy_cleanup;
inline constexpr Loaded<"curl_easy_perform", decltype(curl_easy_perform)> easy_perform;
inline constexpr Loaded<"curl_easy_strerror", decltype(curl_easy_strerror)> easy_strerror;
inline constexpr Loaded<"curl_easy_setopt", decltype(curl_easy_setopt)> easy_setopt;
inline constexpr Loaded<"curl_easy_getinfo", decltype(curl_easy_getinfo)> easy_getinfo;
inline constexpr Loaded<"curl_easy_header", decltype(curl_easy_header)> easy_header;
inline constexpr Loaded<"curl_slist_append", decltype(curl_slist_append)> slist_append;
inline constexpr Loaded<"curl_slist_free_all", decltype(curl_slist_free_all)> slist_free_all;
inline constexpr Loaded<"curl_mime_init", decltype(curl_mime_init)> mime_init;
inline constexpr Loaded<"curl_mime_free", decltype(curl_mime_free)> mime_free;
inline constexpr Loaded<"curl_mime_addpart", decltype(curl_mime_addpart)> mime_addpart;
inline constexpr Loaded<"curl_mime_name", decltype(curl_mime_name)> mime_name;
inline constexpr Loaded<"curl_mime_type", decltype(curl_mime_type)> mime_type;
inline constexpr Loaded<"curl_mime_filename", decltype(curl_mime_filename)> mime_filename;
inline constexpr Loaded<"curl_mime_data", decltype(curl_mime_data)> mime_data;
inline constexpr Loaded<"curl_mime_data_cb", decltype(curl_mime_data_cb)> mime_data_cb;
inline constexpr Loaded<"curl_url", decltype(curl_url)> url;
inline constexpr Loaded<"curl_url_cleanup", decltype(curl_url_cleanup)> url_cleanup;
inline constexpr Loaded<"curl_url_get", decltype(curl_url_get)> url_get;
inline constexpr Loaded<"curl_url_set", decltype(curl_url_set)> url_set;
inline constexpr Loaded<"curl_free", decltype(curl_free)> free;

using Handle = Owned<CURL, easy_cleanup>;
using Mime = Owned<curl_mime, mime_free>;
using Lines = Owned<curl_slist, slist_free_all>;
using Url = Owned<CURLU, url_cleanup>;
using Text = Owned<char, free>;

}  // namespace pes::net::curl
