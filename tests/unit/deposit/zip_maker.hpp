#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pes::test {

struct ZipEntry {
  std::string name;
  std::string content;
  bool is_link = false;  // to `content`
};

/// Writes a ZIP, with whatever names it is given.
/// @param password encrypts it; empty: it is not
void make_zip(const std::filesystem::path& file, const std::vector<ZipEntry>& entries,
              const std::string& password = {});

}  // namespace pes::test
