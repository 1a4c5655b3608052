#include "pes/library_versions.hpp"

#include "net/curl.hpp"
#include "xml/libxml.hpp"

#include <openssl/crypto.h>

namespace pes {

std::vector<LibraryVersion> library_versions() {
  return {{"libxml2", xml::libxml::version()},
          {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
          {"libcurl", net::curl::version_info(CURLVERSION_NOW)->version}};
}

}  // namespace pes
