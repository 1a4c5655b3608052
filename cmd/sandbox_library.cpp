#include "sandbox_library.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

#include <dlfcn.h>

namespace pes::cmd {

namespace {

[[noreturn]] void throw_missing() {
  const char* const reason = ::dlerror();
  throw Error(ErrorCode::internal, say("{1} cannot be loaded", {PES_SANDBOX_FILE}),
              tr("install pes again, with its libraries"), reason == nullptr ? "" : reason);
}

/// Never closed: what it made may live as long as the process.
const sandbox::Library& load() {
  void* const handle = ::dlopen(PES_SANDBOX_FILE, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) throw_missing();
  const void* const library = ::dlsym(handle, "pes_sandbox_library");
  if (library == nullptr) throw_missing();
  return *static_cast<const sandbox::Library*>(library);
}

}  // namespace

const sandbox::Library& sandbox_library() {
  static const sandbox::Library& library = load();
  return library;
}

}  // namespace pes::cmd
