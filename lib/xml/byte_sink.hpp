#pragma once

#include <cstddef>
#include <span>

namespace pes::xml {

/// Where a stream of bytes goes. It gives the room, so that nothing is copied on the way.
class ByteSink {
 public:
  ByteSink() = default;
  ByteSink(const ByteSink&) = delete;
  ByteSink& operator=(const ByteSink&) = delete;
  virtual ~ByteSink() = default;

  /// Where to write next; never empty, valid until `written`.
  virtual std::span<char> room() = 0;
  /// The first bytes of the room are the next of the stream.
  virtual void written(std::size_t count) = 0;
};

}  // namespace pes::xml
