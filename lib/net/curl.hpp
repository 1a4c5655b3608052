#pragma once

#include "support/loaded.hpp"
#include "support/owned.hpp"

#include <curl/curl.h>

/// libcurl's functions, without their prefix.
namespace pes::net::curl {

inline constexpr LoadedLibrary library{"libcurl.so.4", "libcurl4"};

inline constexpr Loaded<library, "curl_global_init", decltype(curl_global_init)> global_init;
inline constexpr Loaded<library, "curl_global_cleanup", decltype(curl_global_cleanup)>
    global_cleanup;
inline constexpr Loaded<library, "curl_version_info", decltype(curl_version_info)> version_info;
inline constexpr Loaded<library, "curl_easy_init", decltype(curl_easy_init)> easy_init;
inline constexpr Loaded<library, "curl_easy_cleanup", decltype(curl_easy_cleanup)> easy_cleanup;
inline constexpr Loaded<library, "curl_easy_perform", decltype(curl_easy_perform)> easy_perform;
inline constexpr Loaded<library, "curl_easy_strerror", decltype(curl_easy_strerror)> easy_strerror;
inline constexpr Loaded<library, "curl_easy_setopt", decltype(curl_easy_setopt)> easy_setopt;
inline constexpr Loaded<library, "curl_easy_getinfo", decltype(curl_easy_getinfo)> easy_getinfo;
inline constexpr Loaded<library, "curl_easy_header", decltype(curl_easy_header)> easy_header;
inline constexpr Loaded<library, "curl_share_init", decltype(curl_share_init)> share_init;
inline constexpr Loaded<library, "curl_share_setopt", decltype(curl_share_setopt)> share_setopt;
inline constexpr Loaded<library, "curl_share_cleanup", decltype(curl_share_cleanup)> share_cleanup;
inline constexpr Loaded<library, "curl_slist_append", decltype(curl_slist_append)> slist_append;
inline constexpr Loaded<library, "curl_slist_free_all", decltype(curl_slist_free_all)>
    slist_free_all;
inline constexpr Loaded<library, "curl_mime_init", decltype(curl_mime_init)> mime_init;
inline constexpr Loaded<library, "curl_mime_free", decltype(curl_mime_free)> mime_free;
inline constexpr Loaded<library, "curl_mime_addpart", decltype(curl_mime_addpart)> mime_addpart;
inline constexpr Loaded<library, "curl_mime_name", decltype(curl_mime_name)> mime_name;
inline constexpr Loaded<library, "curl_mime_type", decltype(curl_mime_type)> mime_type;
inline constexpr Loaded<library, "curl_mime_filename", decltype(curl_mime_filename)> mime_filename;
inline constexpr Loaded<library, "curl_mime_data", decltype(curl_mime_data)> mime_data;
inline constexpr Loaded<library, "curl_mime_data_cb", decltype(curl_mime_data_cb)> mime_data_cb;
inline constexpr Loaded<library, "curl_url", decltype(curl_url)> url;
inline constexpr Loaded<library, "curl_url_cleanup", decltype(curl_url_cleanup)> url_cleanup;
inline constexpr Loaded<library, "curl_url_get", decltype(curl_url_get)> url_get;
inline constexpr Loaded<library, "curl_url_set", decltype(curl_url_set)> url_set;
inline constexpr Loaded<library, "curl_free", decltype(curl_free)> free;

using Handle = Owned<CURL, easy_cleanup>;
using Share = Owned<CURLSH, share_cleanup>;
using Mime = Owned<curl_mime, mime_free>;
using Lines = Owned<curl_slist, slist_free_all>;
using Url = Owned<CURLU, url_cleanup>;
using Text = Owned<char, free>;

}  // namespace pes::net::curl
