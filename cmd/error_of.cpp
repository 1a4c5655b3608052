#include "error_of.hpp"

#include "ui/language.hpp"
#include "version_text.hpp"

#include <filesystem>
#include <new>

namespace pes::cmd {

Error error_of(const std::exception& thrown) {
  if (const auto* error = dynamic_cast<const Error*>(&thrown)) return *error;
  if (const auto* error = dynamic_cast<const std::filesystem::filesystem_error*>(&thrown)) {
    return {ErrorCode::io_failed,
            say("{1}: {2}", {error->path1().native(), error->code().message()}),
            {},
            error->what()};
  }
  if (dynamic_cast<const std::bad_alloc*>(&thrown) != nullptr) {
    return {ErrorCode::io_failed, tr("memory is exhausted")};
  }
  return {ErrorCode::internal, say("pes {1} failed in an unexpected way", {version_number()}),
          tr("please report it, with the command and what --verbose adds"), thrown.what()};
}

}  // namespace pes::cmd
