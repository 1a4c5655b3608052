#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace pes {

/// A shared library that is opened when something is first asked of it, and never closed: those
/// that came with it would not always stand it. For what most runs of the tool do not need: with
/// all that they need themselves, such libraries take longer to load than a flow to verify.
class LoadedLibrary {
 public:
  /// @param file its name for the system's loader: `libcurl.so.4`
  /// @param package the Debian package to install when it is not there
  /// @param start a function of it, without parameters, that wants to be called before the others
  ///        and may be called again, from any thread: it is, whenever one of them is looked for
  constexpr LoadedLibrary(const char* file, const char* package, const char* start = nullptr)
      : file_(file), package_(package), start_(start) {}

  /// What the library calls so. Throws internal when it is not there.
  [[nodiscard]] void* symbol(const char* name) const;

 private:
  [[nodiscard]] void* found(void* handle, const char* name) const;
  [[noreturn]] void throw_missing() const;

  const char* file_;
  const char* package_;
  const char* start_;
};

/// The letters of a name, as a template's argument.
template <std::size_t size>
struct Letters {
  // NOLINTNEXTLINE(google-explicit-constructor,cppcoreguidelines-avoid-c-arrays,modernize-avoid-c-arrays)
  constexpr Letters(const char (&name)[size]) { std::copy_n(name, size, text.begin()); }
  std::array<char, size> text{};
};

template <const LoadedLibrary& library, Letters name, typename Function>
Function* loaded() {
  // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): nothing changes it.
  static auto* const function = reinterpret_cast<Function*>(library.symbol(name.text.data()));
  return function;
}

/// A function of such a library, called as if it were linked.
template <const LoadedLibrary& library, Letters name, typename Function>
struct Loaded;

template <const LoadedLibrary& library, Letters name, typename Result, typename... Parameters>
struct Loaded<library, name, Result(Parameters...)> {
  Result operator()(Parameters... arguments) const {
    return loaded<library, name, Result(Parameters...)>()(arguments...);
  }
};

/// One that takes one value more, of whatever type.
template <const LoadedLibrary& library, Letters name, typename Result, typename... Parameters>
struct Loaded<library, name, Result(Parameters..., ...)> {
  template <typename Value>
  Result operator()(Parameters... arguments, Value value) const {
    return loaded<library, name, Result(Parameters..., ...)>()(arguments..., value);
  }
};

}  // namespace pes
