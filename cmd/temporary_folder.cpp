#include "temporary_folder.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace pes::cmd {

namespace {

[[noreturn]] void cannot_be_made(const std::error_code& why) {
  throw Error(ErrorCode::io_failed, say("no temporary folder can be made: {1}", {why.message()}),
              tr("name one that can be written in the variable TMPDIR"));
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::error_code failure;
  const std::filesystem::path place = std::filesystem::temp_directory_path(failure);
  if (failure) cannot_be_made(failure);
  std::string pattern = (place / "pes-made.XXXXXX").native();
  if (::mkdtemp(pattern.data()) == nullptr) cannot_be_made({errno, std::generic_category()});
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace pes::cmd
