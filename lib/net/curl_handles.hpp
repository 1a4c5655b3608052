#pragma once

#include "support/owned.hpp"

#include <curl/curl.h>

namespace pes::net {

using CurlHandle = Owned<CURL, curl_easy_cleanup>;
using CurlMime = Owned<curl_mime, curl_mime_free>;
using CurlLines = Owned<curl_slist, curl_slist_free_all>;
using CurlUrl = Owned<CURLU, curl_url_cleanup>;
using CurlText = Owned<char, curl_free>;

}  // namespace pes::net
