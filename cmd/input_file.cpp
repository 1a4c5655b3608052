#include "input_file.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace pes::cmd {

namespace {

[[noreturn]] void cannot_be_read() {
  throw Error(ErrorCode::io_failed,
              say("standard input cannot be kept: {1}", {std::generic_category().message(errno)}));
}

void write_all(int descriptor, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(descriptor, bytes, size);
    if (written < 0 && errno != EINTR) cannot_be_read();
    if (written <= 0) continue;
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
}

void copy_stream(int from, int descriptor) {
  std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t got = ::read(from, buffer.data(), buffer.size());
    if (got == 0) return;
    if (got < 0) cannot_be_read();
    write_all(descriptor, buffer.data(), static_cast<std::size_t>(got));
  }
}

void require_standard_input(const std::string& name) {
  if (name.empty()) {
    throw Error(ErrorCode::usage, tr("a flow on standard input has no name"),
                tr("give it one: --nom <name>.xml"));
  }
  if (::isatty(STDIN_FILENO) == 1) {
    throw Error(ErrorCode::usage, tr("a flow is expected on standard input"),
                tr("redirect a file into the command: < flux.xml"));
  }
}

}  // namespace

bool InputFile::is_stream(const std::string& word) {
  if (word == "-") return true;
  std::error_code unreachable;
  const auto status = std::filesystem::status(word, unreachable);
  return std::filesystem::is_fifo(status) || std::filesystem::is_character_file(status);
}

InputFile::InputFile(const std::string& word, std::string name)
    : file_(word), name_(std::move(name)) {
  if (name_.empty() && word != "-") name_ = file_.path.filename().native();
  if (!is_stream(word)) return;
  if (word == "-") {
    require_standard_input(name_);
    file_.name = name_;
    keep(STDIN_FILENO);
    return;
  }
  const int stream = ::open(word.c_str(), O_RDONLY | O_CLOEXEC);
  if (stream < 0) cannot_be_read();
  try {
    keep(stream);
  } catch (const Error&) {
    ::close(stream);
    throw;
  }
  ::close(stream);
}

/// So that it can be read again, and from anywhere.
void InputFile::keep(int stream) {
  std::string pattern = (std::filesystem::temp_directory_path() / "pes-input.XXXXXX").native();
  const int descriptor = ::mkstemp(pattern.data());
  if (descriptor < 0) cannot_be_read();
  file_.path = pattern;
  temporary_ = true;
  try {
    copy_stream(stream, descriptor);
  } catch (const Error&) {
    ::close(descriptor);
    ::unlink(file_.path.c_str());
    throw;
  }
  ::close(descriptor);
}

InputFile::~InputFile() {
  if (temporary_) ::unlink(file_.path.c_str());
}

}  // namespace pes::cmd
