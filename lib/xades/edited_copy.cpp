#include "xades/edited_copy.hpp"

#include "helios/flow_source.hpp"

#include <algorithm>

namespace pes::xades {

void copy_with(const std::filesystem::path& file, std::vector<helios::Replacement> changes,
               PendingFile& copy) {
  std::sort(changes.begin(), changes.end(), [](const auto& left, const auto& right) {
    return left.bytes.begin < right.bytes.begin;
  });
  helios::FileSource original(file);
  helios::PatchedSource patched(original, std::move(changes));
  for (std::string_view piece = patched.next(); !piece.empty(); piece = patched.next()) {
    copy.write(piece);
  }
}

}  // namespace pes::xades
