#include "pes/runtime.hpp"

#include "net/curl.hpp"

#include <libxml/parser.h>
#include <openssl/crypto.h>

#include <cstdlib>

namespace pes {

// libcurl and OpenSSL cost more to start and are started by their first user.
Runtime::Runtime() { xmlInitParser(); }

Runtime::~Runtime() { xmlCleanupParser(); }

std::vector<LibraryVersion> library_versions() {
  // libxml2 gives 2.9.14 as 20914, with the name of the build behind.
  const int number = std::atoi(xmlParserVersion);
  const std::string libxml2 = std::to_string(number / 10000) + "." +
                              std::to_string(number / 100 % 100) + "." +
                              std::to_string(number % 100);
  return {{"libxml2", libxml2},
          {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
          {"libcurl", net::curl::version_info(CURLVERSION_NOW)->version}};
}

}  // namespace pes
