#pragma once

#include "helios/reading.hpp"
#include "support/file.hpp"
#include "xades/read_back.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pes::xades {

/// A flow being written with its signatures, and read back from the bytes written. What stands
/// before the first place where a signature may go is written and read back while the original
/// is still being read, so that both readings take hardly longer than one.
class SignedCopy {
 public:
  /// @param digests what the reading of the original digests, and so that of the copy
  SignedCopy(std::filesystem::path original, const std::filesystem::path& copy,
             helios::DigestPlan digests);

  [[nodiscard]] const helios::DigestPlan& digests() const { return digests_; }
  /// The next piece of the original, from its first byte. For a copy whose only changes will
  /// be signatures; who leaves it out has everything written by `complete`.
  void follow(std::string_view piece);
  /// Writes what is not yet written, with these changes made, and reads all of it back; a
  /// change of an empty range is an insertion.
  /// @param changes in any order, apart from each other
  helios::Reading complete(std::vector<helios::Replacement> changes);

  /// What is written, under the name that it has until `commit`.
  [[nodiscard]] const std::filesystem::path& written() const { return file_.temporary(); }
  void commit() { file_.commit(); }

 private:
  void copy(std::string_view bytes);
  void start_again();
  void write_rest(std::vector<helios::Replacement> changes);

  std::filesystem::path original_;
  helios::DigestPlan digests_;
  PendingFile file_;
  std::uint64_t root_end_;    // offset of the root's end tag, most probably
  std::string held_;          // may be the beginning of an end tag
  std::uint64_t copied_ = 0;  // bytes of the original
  bool following_ = true;
  std::optional<ReadBack> read_back_;
};

}  // namespace pes::xades
