#pragma once

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace pes::cmd {

/// A page of HTML being written. Whatever a text or an attribute holds, it is shown and never
/// understood; each element is closed where its content ends.
class Markup {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  /// An element with what `inside` writes.
  template <typename Inside>
  requires std::invocable<Inside>
  void element(std::string_view name, Attributes attributes, Inside inside) {
    open(name, attributes);
    inside();
    close(name);
  }
  void element(std::string_view name, Attributes attributes, std::string_view text);
  void element(std::string_view name, std::string_view text) { element(name, {}, text); }
  /// One that has no content: `meta`, `rect`.
  void leaf(std::string_view name, Attributes attributes);
  void text(std::string_view text);
  /// What is ours and is no text: the type of the document, a stylesheet.
  void verbatim(std::string_view code) { page_ += code; }

  [[nodiscard]] const std::string& page() const noexcept { return page_; }

 private:
  void open(std::string_view name, Attributes attributes);
  void close(std::string_view name);
  void begin(std::string_view name, Attributes attributes);

  std::string page_;
};

}  // namespace pes::cmd
