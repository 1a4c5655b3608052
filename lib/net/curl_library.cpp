#include "net/curl_library.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"

#include <curl/curl.h>

namespace pes::net {

CurlLibrary::CurlLibrary() {
  const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) {
    throw Error(ErrorCode::internal, tr("libcurl cannot be started"), {}, curl_easy_strerror(code));
  }
}

CurlLibrary::~CurlLibrary() { curl_global_cleanup(); }

}  // namespace pes::net
