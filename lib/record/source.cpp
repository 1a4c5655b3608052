#include "record/source.hpp"

#include "support/text.hpp"

namespace pes::record {

Source written(std::string_view what) {
  return {.name = [name = std::string(what)] { return name; },
          .damaged = ErrorCode::internal,
          .newer = ErrorCode::internal};
}

void throw_damaged(const Source& source, std::string_view message, std::string_view cause) {
  const char* const hint =
      source.hint == nullptr ? tr("restore this file from a backup") : source.hint;
  throw Error(source.damaged, message, hint, cause);
}

void throw_newer(const Source& source, std::string_view schema) {
  throw Error(source.newer,
              say("{1} was written by a newer version of pes ({2})", {source.name(), schema}),
              tr("use a version of pes at least as recent as the one that wrote it"));
}

}  // namespace pes::record
