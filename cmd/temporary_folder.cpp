#include "temporary_folder.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace pes::cmd {

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "pes-made.XXXXXX").native();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw Error(
        ErrorCode::io_failed,
        say("no temporary folder can be made: {1}", {std::generic_category().message(errno)}),
        tr("name one that can be written in the variable TMPDIR"));
  }
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace pes::cmd
