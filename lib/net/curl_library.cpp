#include "net/curl_library.hpp"

#include "net/curl.hpp"
#include "pes/error.hpp"
#include "support/text.hpp"

namespace pes::net {

CurlLibrary::CurlLibrary() {
  const CURLcode code = curl::global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) {
    throw Error(ErrorCode::internal, tr("libcurl cannot be started"), {},
                curl::easy_strerror(code));
  }
}

CurlLibrary::~CurlLibrary() { curl::global_cleanup(); }

}  // namespace pes::net
