#include "ui/stream.hpp"

#include "pes/error.hpp"
#include "ui/ascii.hpp"
#include "ui/language.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace pes::ui {

namespace {

std::string_view escape(Style style) {
  switch (style) {
    case Style::strong:
      return "\033[1m";
    case Style::error:
      return "\033[1;31m";
    case Style::warning:
      return "\033[1;33m";
    case Style::hint:
      return "\033[36m";
    case Style::faint:
      return "\033[2m";
  }
  return {};
}

void wait_until_writable(int descriptor) {
  pollfd wanted{.fd = descriptor, .events = POLLOUT, .revents = 0};
  constexpr int without_limit = -1;
  ::poll(&wanted, 1, without_limit);
}

}  // namespace

void Stream::text(std::string_view utf8) {
  if (reader_.has_utf8) {
    bytes(utf8);
  } else {
    bytes(to_ascii(utf8));
  }
}

void Stream::line(std::string_view utf8) { text(std::string(utf8) + "\n"); }

void Stream::bytes(std::string_view bytes) {
  while (!bytes.empty() && !abandoned_) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE || (loss_ == Loss::accepted && errno != EINTR && errno != EAGAIN)) {
      abandoned_ = true;
    } else if (errno == EAGAIN) {
      wait_until_writable(descriptor_);
    } else if (errno != EINTR) {
      throw Error(ErrorCode::io_failed, say("the results cannot be written: {1}",
                                            {std::generic_category().message(errno)}));
    }
  }
}

std::string Stream::prefix(Gravity gravity) const {
  if (!reader_.is_system_journal) return {};
  return '<' + std::to_string(static_cast<int>(gravity)) + '>';
}

std::string Stream::styled(Style style, std::string_view text) const {
  if (!reader_.has_colour) return std::string(text);
  return std::string(escape(style)).append(text).append("\033[0m");
}

}  // namespace pes::ui
