#include "sandbox/layout.hpp"

#include "support/file.hpp"
#include "support/text.hpp"

#include <system_error>
#include <utility>

namespace pes::sandbox {

Layout::Layout(std::filesystem::path root) : root_(std::move(root)) {}

std::filesystem::path Layout::identities() const { return root_ / "identities"; }

std::filesystem::path Layout::identity(std::string_view name) const { return identities() / name; }

std::filesystem::path Layout::tdt(std::string_view name) const { return root_ / "tdt" / name; }

std::filesystem::path Layout::sae(std::string_view name) const { return root_ / "sae" / name; }

namespace {

void make_folder(const std::filesystem::path& folder) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure) throw_io(tr("cannot make"), folder, failure.value());
}

}  // namespace

void Layout::create() const {
  make_folder(root_);
  std::filesystem::permissions(root_, std::filesystem::perms::owner_all);
  for (const char* name : {"incoming", "transactions", "pending", "sha1", "nomfic", "sirets",
                           "retours/drop", "errors", "nonces"}) {
    make_folder(tdt(name));
  }
  for (const char* name : {"incoming", "sessions", "transfers", "pending"}) {
    make_folder(sae(name));
  }
}

}  // namespace pes::sandbox
