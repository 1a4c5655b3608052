#include "output_file.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <system_error>

namespace pes::cmd {

namespace {

using Block = std::array<char, 65536>;

std::ifstream opened(const std::filesystem::path& source) {
  std::ifstream input(source, std::ios::binary);
  if (!input) throw Error(ErrorCode::io_failed, say("{1} cannot be read", {source.native()}));
  return input;
}

void copy_to_console(ui::Console& console, const std::filesystem::path& source) {
  std::ifstream input = opened(source);
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

[[noreturn]] void cannot_be_written(const std::filesystem::path& file, int error) {
  throw Error(ErrorCode::io_failed,
              say("{1} cannot be written: {2}",
                  {file.native(), std::generic_category().message(error == 0 ? EIO : error)}));
}

/// @param named what a message calls the file
void write_bytes(std::istream& source, const std::filesystem::path& file,
                 const std::filesystem::path& named) {
  errno = 0;
  std::ofstream output(file, std::ios::binary);
  Block block{};
  while (output && (source.read(block.data(), block.size()), source.gcount() > 0)) {
    output.write(block.data(), source.gcount());
  }
  output.close();
  if (!output) cannot_be_written(named, errno);
}

/// A new file beside the place of another, which it takes or is removed.
class FileBeside {
 public:
  explicit FileBeside(std::filesystem::path place) : place_(std::move(place)) {
    std::string pattern =
        (place_.parent_path() / ("." + place_.filename().native())).native() + ".XXXXXX";
    const int descriptor = ::mkstemp(pattern.data());
    if (descriptor < 0) cannot_be_written(place_, errno);
    ::close(descriptor);
    path_ = pattern;
  }
  FileBeside(const FileBeside&) = delete;
  FileBeside& operator=(const FileBeside&) = delete;
  ~FileBeside() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

  void take_place() {
    give_usual_rights(path_);
    if (::rename(path_.c_str(), place_.c_str()) != 0) cannot_be_written(place_, errno);
    path_.clear();
  }

 private:
  std::filesystem::path place_;
  std::filesystem::path path_;
};

void put(std::istream& source, const std::filesystem::path& destination) {
  if (is_stream(destination)) {
    write_bytes(source, destination, destination);
    return;
  }
  FileBeside beside(followed(destination));
  write_bytes(source, beside.path(), destination);
  beside.take_place();
}

bool have_same_bytes(const std::filesystem::path& one, const std::filesystem::path& other) {
  std::ifstream left = opened(one);
  std::ifstream right = opened(other);
  Block left_block{};
  Block right_block{};
  do {
    left.read(left_block.data(), left_block.size());
    right.read(right_block.data(), right_block.size());
    if (left.gcount() != right.gcount() || left_block != right_block) return false;
  } while (left.gcount() > 0);
  return true;
}

}  // namespace

void add_force_option(Command& command, Existing& existing) {
  command.add_flag(
      "--force", [&existing] { existing = Existing::replaced; },
      tr("replace the file that stands where another is written"));
}

bool is_stream(const std::filesystem::path& path) {
  std::error_code unreachable;
  const auto status = std::filesystem::status(path, unreachable);
  return std::filesystem::is_fifo(status) || std::filesystem::is_character_file(status) ||
         std::filesystem::is_socket(status);
}

bool is_taken(const std::filesystem::path& destination) {
  std::error_code unreachable;
  return std::filesystem::is_regular_file(destination, unreachable);
}

std::filesystem::path followed(const std::filesystem::path& destination) {
  std::error_code failure;
  if (!std::filesystem::is_symlink(destination, failure)) return destination;
  const std::filesystem::path target = std::filesystem::weakly_canonical(destination, failure);
  return failure ? destination : target;
}

void refuse_to_replace(const std::filesystem::path& file) {
  throw Error(ErrorCode::usage, say("{1} exists already", {file.native()}),
              tr("name another file, or replace this one: --force"));
}

void give_usual_rights(const std::filesystem::path& file) {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  constexpr mode_t everybody = 0666;
  if (::chmod(file.c_str(), everybody & ~mask) != 0) cannot_be_written(file, errno);
}

void copy_out(ui::Console& console, const std::filesystem::path& source,
              const std::string& destination, Existing existing) {
  if (destination == "-") return copy_to_console(console, source);
  if (existing == Existing::kept && is_taken(destination)) {
    if (have_same_bytes(source, destination)) return;
    refuse_to_replace(destination);
  }
  std::ifstream input = opened(source);
  put(input, destination);
}

void write_out(ui::Console& console, std::string_view text, const std::string& destination,
               Existing existing) {
  if (destination == "-") return console.result_bytes(text);
  if (existing == Existing::kept && is_taken(destination)) refuse_to_replace(destination);
  std::istringstream input{std::string(text)};
  put(input, destination);
}

}  // namespace pes::cmd
