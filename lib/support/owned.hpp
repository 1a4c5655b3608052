#pragma once

#include <memory>

namespace pes {

template <auto release>
struct Releaser {
  template <typename T>
  void operator()(T* handle) const noexcept {
    release(handle);
  }
};

/// A handle of a C library, freed by its own function: `Owned<xmlDoc, xmlFreeDoc>`.
template <typename T, auto release>
using Owned = std::unique_ptr<T, Releaser<release>>;

}  // namespace pes
