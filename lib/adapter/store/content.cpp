#include "adapter/store/content.hpp"

#include "crypto/digest.hpp"
#include "pes/error.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace pes::store {

namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// `.xml`; nothing when the name ends otherwise than extensions do.
std::string extension_of(std::string_view name) {
  constexpr std::size_t longest = 8;
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view letters = name.substr(dot + 1);
  const bool usual = !letters.empty() && letters.size() <= longest &&
                     std::all_of(letters.begin(), letters.end(), is_letter_or_digit);
  return usual ? lowered_ascii(name.substr(dot)) : std::string();
}

void require_field_name(std::string_view field) {
  const bool usual = !field.empty() && std::all_of(field.begin(), field.end(), [](char c) {
    return is_letter_or_digit(c) || c == '_';
  });
  if (!usual) throw Error(ErrorCode::internal, say("{1} does not name a field", {field}));
}

}  // namespace

Content copy_into(PendingFile& target, const std::filesystem::path& source) {
  const FileDescriptor input = open_for_reading(source);
  crypto::Digester digester(port::DigestAlgorithm::sha256);
  Content content;
  std::array<char, 131072> buffer{};
  while (true) {
    const ssize_t count = ::read(input.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_io(tr("cannot read"), source, errno);
    if (count == 0) break;
    const std::string_view piece(buffer.data(), static_cast<std::size_t>(count));
    target.write(piece);
    digester.update(piece);
    content.size += piece.size();
  }
  content.sha256 = hex(digester.finish());
  return content;
}

StoredFile stored_file(std::string_view field, std::string_view name, const Content& content) {
  constexpr std::size_t digits = 16;
  require_field_name(field);
  return {.name = std::string(name),
          .path = fill("{1}-{2}{3}", {field, content.sha256.substr(0, digits), extension_of(name)}),
          .size = content.size,
          .sha256 = content.sha256};
}

}  // namespace pes::store
