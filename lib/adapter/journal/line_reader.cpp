#include "adapter/journal/line_reader.hpp"

#include "support/text.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace pes::journal {

LineReader::LineReader(const FileDescriptor& file, std::filesystem::path path, std::uint64_t begin,
                       std::uint64_t end)
    : file_(file), path_(std::move(path)), position_(begin), read_until_(begin), end_(end) {}

std::optional<Line> LineReader::next() {
  Line line{.offset = position_};
  std::uint64_t dropped = 0;  // bytes of this line that the buffer does not hold any more
  std::size_t searched = 0;
  while (true) {
    const std::size_t feed = buffer_.find('\n', begin_ + searched);
    if (feed != std::string::npos) {
      const std::size_t length = feed + 1 - begin_;
      line.too_long = dropped + length > longest_line;
      if (!line.too_long) line.bytes = std::string_view(buffer_).substr(begin_, length - 1);
      begin_ = feed + 1;
      position_ += dropped + length;
      return line;
    }
    searched = buffer_.size() - begin_;
    if (searched > longest_line) {
      dropped += searched;
      begin_ = buffer_.size();
      searched = 0;
    }
    if (!read_more()) return std::nullopt;
  }
}

bool LineReader::read_more() {
  std::array<char, 65536> block{};
  const std::size_t wanted = std::min<std::uint64_t>(block.size(), end_ - read_until_);
  ssize_t count = 0;
  do {
    count = ::pread(file_.get(), block.data(), wanted, static_cast<off_t>(read_until_));
  } while (count < 0 && errno == EINTR);
  if (count < 0) throw_io(tr("cannot read"), path_, errno);
  buffer_.erase(0, begin_);
  begin_ = 0;
  buffer_.append(block.data(), static_cast<std::size_t>(count));
  read_until_ += static_cast<std::uint64_t>(count);
  return count > 0;
}

}  // namespace pes::journal
