#pragma once

namespace pes::net {

/// libcurl's global state, held by whoever sends requests. curl counts its users, and the
/// first one pays for the start of OpenSSL: make it when a request is about to leave.
class CurlLibrary {
 public:
  CurlLibrary();
  CurlLibrary(const CurlLibrary&) = delete;
  CurlLibrary& operator=(const CurlLibrary&) = delete;
  ~CurlLibrary();
};

}  // namespace pes::net
