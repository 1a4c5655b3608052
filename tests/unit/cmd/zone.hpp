#pragma once

#include <cstdlib>
#include <ctime>
#include <string>

namespace pes::test {

/// Another zone than the system's, until the object goes.
class Zone {
 public:
  explicit Zone(const char* name) {
    const char* before = std::getenv("TZ");
    was_set_ = before != nullptr;
    if (was_set_) before_ = before;
    set(name);
  }
  Zone(const Zone&) = delete;
  Zone& operator=(const Zone&) = delete;
  ~Zone() {
    if (was_set_) {
      set(before_.c_str());
    } else {
      ::unsetenv("TZ");
      ::tzset();
    }
  }

 private:
  static void set(const char* name) {
    constexpr int replace = 1;
    ::setenv("TZ", name, replace);
    ::tzset();
  }

  bool was_set_ = false;
  std::string before_;
};

/// Paris by its rules, so that no zone file needs to be installed.
inline constexpr const char* paris = "CET-1CEST,M3.5.0,M10.5.0/3";

}  // namespace pes::test
