#pragma once

#include "support/file.hpp"

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

namespace pes::postgresql {

/// A folder of this process, on this machine: files that are being built, and copies of those that
/// are read. It goes with the object; what a process that died left goes when the next one comes.
/// For several threads.
class Workplace {
 public:
  /// @param parent made when it is missing, once a folder is needed
  explicit Workplace(std::filesystem::path parent) : parent_(std::move(parent)) {}
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace();

  /// A folder in it, made when it is missing.
  std::filesystem::path folder(const std::string& name);
  void remove(const std::string& name) noexcept;

 private:
  void open();

  std::filesystem::path parent_;
  std::mutex alone_;
  std::filesystem::path path_;
  std::optional<FileDescriptor> lock_;  // the kernel frees it when the process dies
};

}  // namespace pes::postgresql
