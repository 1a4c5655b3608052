#pragma once

#include "support/file.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace pes::postgresql {

class Copy;

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

  /// The copy of that name that somebody has, to be shared.
  std::shared_ptr<const Copy> copy(const std::string& name);
  void share(const std::shared_ptr<const Copy>& copy);

 private:
  friend class Copy;
  void open();
  std::filesystem::path place_of_copy();
  void forget(const Copy& copy) noexcept;

  std::filesystem::path parent_;
  std::mutex alone_;
  std::filesystem::path path_;
  std::optional<FileDescriptor> lock_;  // the kernel frees it when the process dies
  std::map<std::string, std::weak_ptr<const Copy>> copies_;
  std::size_t made_ = 0;
};

/// A place for a copy of bytes that are kept elsewhere. What is there goes with the object.
class Copy {
 public:
  /// @param name of the bytes: others of that name would be the same
  Copy(std::shared_ptr<Workplace> workplace, std::string name);
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;
  ~Copy();

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::shared_ptr<Workplace> workplace_;
  std::string name_;
  std::filesystem::path path_;
};

}  // namespace pes::postgresql
