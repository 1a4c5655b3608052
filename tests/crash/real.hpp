#pragma once

#include <dlfcn.h>

/// The function that would have been called, had nothing been preloaded.
template <typename Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}
