#pragma once

#include <httplib.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace pes::sandbox {

struct UploadedFile {
  std::string name;  // as the client gave it
  std::filesystem::path path;
  std::uint64_t size = 0;  // bytes received
  std::string sha1;        // lower-case hex, of the bytes received
};

struct Upload {
  std::map<std::string, std::string, std::less<>> fields;
  std::map<std::string, UploadedFile, std::less<>> files;
};

/// Receives a multipart form as it comes: a part with a file name is written and synced into
/// `folder`, the others are kept as text. A body that is no form gives an empty one.
/// @param kept bytes written of each file; the rest is only counted and digested
/// @return none when the client went away before the end
std::optional<Upload> receive_upload(const httplib::Request& request,
                                     const httplib::ContentReader& reader,
                                     const std::filesystem::path& folder, std::uint64_t kept);

}  // namespace pes::sandbox
