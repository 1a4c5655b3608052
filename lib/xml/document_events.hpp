#pragma once

#include "xml/events.hpp"
#include "xml/tag.hpp"

#include <string_view>

namespace pes::xml {

/// What a document holds, in order, with the place of each tag. Offsets and `kind` are
/// those of the bytes read; where the encoding is not ASCII-compatible offsets are 0, and
/// line and column those of the end of the tag.
class Events {
 public:
  Events() = default;
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;
  virtual ~Events() = default;

  virtual void start_element(const StartElement& element, const Tag& tag) = 0;
  /// An empty-element tag is given again as its own end.
  virtual void end_element(const ElementName& name, const Tag& tag) = 0;
  virtual void text(std::string_view text) = 0;
  virtual void processing_instruction(std::string_view target, std::string_view data) = 0;
  virtual void comment(std::string_view text) = 0;
};

}  // namespace pes::xml
