#pragma once

#include "session.hpp"
#include "signing_method.hpp"

#include <string>
#include <vector>

namespace pes::cmd {

/// Flows that are signed where they are, without dossier nor home.
struct SignFilesOptions {
  std::vector<std::string> inputs;  // `-` for standard input
  std::string output;               // a file, a folder, or `-`
  bool fail_fast = false;
};
void add_sign_files_options(Command& command, SignFilesOptions& options);

/// The exit status.
int sign_files(const SignFilesOptions& files, const SigningMethodOptions& method, Session& session);

}  // namespace pes::cmd
