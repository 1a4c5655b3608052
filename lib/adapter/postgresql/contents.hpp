#pragma once

#include "adapter/postgresql/connection.hpp"
#include "adapter/store/content.hpp"

#include <cstdint>
#include <filesystem>
#include <string_view>

/// Bytes of files, in parts: little memory is needed, whatever their size.
namespace pes::postgresql {

struct KeptContent {
  std::int64_t id = 0;
  store::Content content;
};
/// In the transaction that is open, of which the caller makes something that names them.
KeptContent keep_file(Connection& connection, const std::filesystem::path& source);
KeptContent keep_bytes(Connection& connection, std::string_view bytes);

/// Writes them into a file that appears whole. @return what was written
store::Content fetch(Connection& connection, std::int64_t id, const std::filesystem::path& target);

}  // namespace pes::postgresql
