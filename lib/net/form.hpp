#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace pes::net {

struct FormField {
  std::string name;
  std::string value;
};

/// A file, or a slice of it, streamed from disk as application/octet-stream.
struct FormFile {
  std::string name;
  std::string file_name;  // what the service is told
  std::filesystem::path file;
  std::uint64_t offset = 0;
  std::optional<std::uint64_t> size;  // none: to the end
};

/// The whole body of a request that is no form.
struct Document {
  std::string content_type;
  std::string bytes;
};

using FormPart = std::variant<FormField, FormFile>;
using Form = std::vector<FormPart>;

}  // namespace pes::net
