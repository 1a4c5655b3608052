#include "output_file.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <string_view>
#include <system_error>

namespace pes::cmd {

namespace {

using Block = std::array<char, 65536>;

[[noreturn]] void cannot_be_read(const std::filesystem::path& source) {
  throw Error(ErrorCode::io_failed, say("{1} cannot be read", {source.native()}));
}

void copy_to_console(ui::Console& console, const std::filesystem::path& source) {
  std::ifstream input(source, std::ios::binary);
  if (!input) cannot_be_read(source);
  Block block{};
  while (input.read(block.data(), block.size()), input.gcount() > 0) {
    const std::string_view bytes(block.data(), static_cast<std::size_t>(input.gcount()));
    if (console.is_terminal() && bytes.find('\0') != std::string_view::npos) {
      throw Error(ErrorCode::usage, tr("this file is no text for a terminal"),
                  tr("write it to a file: -o <file>"));
    }
    console.result_bytes(bytes);
    if (console.abandoned()) return;
  }
}

/// @param write makes the file whose path it is given, and says what went wrong
template <typename Write>
void replace(const std::filesystem::path& destination, Write write) {
  // Beside the destination, so that what stands there is replaced at once.
  const std::filesystem::path temporary = destination.native() + ".part";
  std::error_code failure = write(temporary);
  if (!failure) std::filesystem::rename(temporary, destination, failure);
  if (failure) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw Error(ErrorCode::io_failed,
                say("{1} cannot be written: {2}", {destination.native(), failure.message()}));
  }
}

std::error_code make_copy(const std::filesystem::path& source, const std::filesystem::path& file) {
  std::error_code failure;
  std::filesystem::copy_file(source, file, std::filesystem::copy_options::overwrite_existing,
                             failure);
  return failure;
}

std::error_code write_text(std::string_view text, const std::filesystem::path& file) {
  errno = 0;
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.close();
  if (stream) return {};
  return {errno == 0 ? EIO : errno, std::generic_category()};
}

}  // namespace

void copy_out(ui::Console& console, const std::filesystem::path& source,
              const std::string& destination) {
  if (destination == "-") {
    copy_to_console(console, source);
  } else {
    replace(destination, [&](const auto& file) { return make_copy(source, file); });
  }
}

void write_out(ui::Console& console, std::string_view text, const std::string& destination) {
  if (destination == "-") {
    console.result_bytes(text);
  } else {
    replace(destination, [&](const auto& file) { return write_text(text, file); });
  }
}

}  // namespace pes::cmd
