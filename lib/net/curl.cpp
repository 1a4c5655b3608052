#include "net/curl.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"

#include <dlfcn.h>

namespace pes::net::curl {

namespace {

[[noreturn]] void throw_missing() {
  const char* const reason = ::dlerror();
  throw Error(ErrorCode::internal, tr("libcurl cannot be loaded"),
              tr("install it: the package libcurl4"), reason == nullptr ? "" : reason);
}

/// Never unloaded: other libraries that came with it would not stand it.
void* library() {
  // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): nothing changes it.
  static void* const handle = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) throw_missing();
  return handle;
}

}  // namespace

void* symbol(const char* name) {
  void* const found = ::dlsym(library(), name);
  if (found == nullptr) throw_missing();
  return found;
}

}  // namespace pes::net::curl
