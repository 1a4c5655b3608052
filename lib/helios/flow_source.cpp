#include "helios/flow_source.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"
#include "xml/character_scan.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace pes::helios {

FileSource::FileSource(NamedFile file, std::size_t piece_size)
    : file_(std::move(file)),
      descriptor_(open_for_reading(file_.path)),
      buffer_(piece_size, '\0') {}

std::string_view FileSource::next() { return next_up_to(buffer_.size()); }

std::string_view FileSource::next_up_to(std::uint64_t most) {
  const std::size_t wanted = std::min<std::uint64_t>(most, buffer_.size());
  while (true) {
    const ssize_t count = ::read(descriptor_.get(), buffer_.data(), wanted);
    if (count >= 0) return std::string_view(buffer_).substr(0, static_cast<std::size_t>(count));
    if (errno != EINTR) throw_io(tr("cannot read"), file_.name, errno);
  }
}

void FileSource::start_at(std::uint64_t offset) {
  if (::lseek(descriptor_.get(), static_cast<off_t>(offset), SEEK_SET) < 0) {
    throw_io(tr("cannot read"), file_.name, errno);
  }
}

PatchedSource::PatchedSource(xml::ByteSource& original, std::vector<Replacement> replacements)
    : original_(original), replacements_(std::move(replacements)) {
  std::uint64_t reached = 0;
  for (const Replacement& replacement : replacements_) {
    if (replacement.bytes.begin < reached || replacement.bytes.end < replacement.bytes.begin) {
      throw Error(ErrorCode::internal, tr("replacements of bytes overlap or are out of order"));
    }
    reached = replacement.bytes.end;
  }
}

bool PatchedSource::refill() {
  if (piece_.empty()) piece_ = original_.next();
  return !piece_.empty();
}

std::string_view PatchedSource::next() {
  while (rank_ < replacements_.size()) {
    Replacement& replacement = replacements_[rank_];
    if (offset_ < replacement.bytes.begin) {
      if (!refill()) break;
      const std::string_view kept = piece_.substr(0, replacement.bytes.begin - offset_);
      piece_.remove_prefix(kept.size());
      offset_ += kept.size();
      return kept;
    }
    if (offset_ < replacement.bytes.end) {
      if (!refill()) break;
      const std::size_t dropped =
          std::min<std::uint64_t>(piece_.size(), replacement.bytes.end - offset_);
      piece_.remove_prefix(dropped);
      offset_ += dropped;
      continue;
    }
    ++rank_;
    if (!replacement.text.empty()) return replacement.text;
  }
  if (rank_ < replacements_.size()) {
    throw Error(ErrorCode::internal, tr("replacements of bytes lie beyond the end of the file"));
  }
  refill();
  offset_ += piece_.size();
  return std::exchange(piece_, {});
}

std::string_view MeasuredSource::next() {
  const std::string_view piece = original_.next();
  size_ += piece.size();
  if (size_ > max_bytes_) {
    throw Error(ErrorCode::input_too_large,
                say("{1} is larger than {2} bytes", {name(), std::to_string(max_bytes_)}));
  }
  if (!has_c1_bytes_) has_c1_bytes_ = xml::holds_c1_bytes(piece);
  return piece;
}

}  // namespace pes::helios
