#include "support/loaded.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"

#include <dlfcn.h>

namespace pes {

void* LoadedLibrary::symbol(const char* name) const {
  void* const handle = ::dlopen(file_, RTLD_LAZY | RTLD_LOCAL);
  if (handle == nullptr) throw_missing();
  if (start_ != nullptr) reinterpret_cast<void (*)()>(found(handle, start_))();
  return found(handle, name);
}

void* LoadedLibrary::found(void* handle, const char* name) const {
  void* const symbol = ::dlsym(handle, name);
  if (symbol == nullptr) throw_missing();
  return symbol;
}

void LoadedLibrary::throw_missing() const {
  const char* const reason = ::dlerror();
  throw Error(ErrorCode::internal, say("{1} cannot be loaded", {file_}),
              say("install it: the package {1}", {package_}), reason == nullptr ? "" : reason);
}

}  // namespace pes
