#include "xml/encoding.hpp"

#include "support/text.hpp"
#include "xml/libxml_handles.hpp"

#include <algorithm>
#include <array>

namespace pes::xml {

namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

bool is_utf8(std::string_view name) { return name == "utf-8" || name == "utf8"; }

bool is_ascii_compatible(std::string_view name) {
  constexpr std::array<std::string_view, 5> whole = {"utf-8", "utf8", "us-ascii", "ascii",
                                                     "latin1"};
  constexpr std::array<std::string_view, 6> families = {"iso-8859-",   "iso_8859-", "iso8859-",
                                                        "windows-125", "cp125",     "iso-ir-100"};
  return std::find(whole.begin(), whole.end(), name) != whole.end() ||
         std::any_of(families.begin(), families.end(),
                     [&](std::string_view family) { return name.starts_with(family); });
}

/// UTF-16, UCS-4 or EBCDIC, by the forms that `<?` takes there (XML 1.0, appendix F).
bool is_wide(std::string_view head) {
  if (head.size() < 2) return false;
  const std::string_view start = head.substr(0, 2);
  return start == "\xFE\xFF" || start == "\xFF\xFE" || start == "\x4C\x6F" ||
         start.find('\0') != std::string_view::npos;
}

/// The value of `encoding` in `<?xml version="1.0" encoding="…"?>`.
std::string declared_encoding(std::string_view head) {
  constexpr std::string_view blanks = " \t\r\n";
  if (!head.starts_with("<?xml") || head.size() < 6 ||
      blanks.find(head[5]) == std::string_view::npos) {
    return {};
  }
  std::string_view rest = head.substr(5, head.find("?>") - 5);
  while (true) {
    rest = trimmed(rest);
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) return {};
    const std::string_view name = trimmed(rest.substr(0, equals));
    rest = trimmed(rest.substr(equals + 1));
    if (rest.empty()) return {};
    const std::size_t end = rest.find(rest.front(), 1);
    if (end == std::string_view::npos) return {};
    if (name == "encoding") return std::string(rest.substr(1, end - 1));
    rest = rest.substr(end + 1);
  }
}

}  // namespace

Encoding sniff_encoding(std::string_view head) {
  Encoding result;
  result.byte_order_mark = head.starts_with(utf8_mark);
  if (result.byte_order_mark) head.remove_prefix(utf8_mark.size());
  if (is_wide(head)) {
    std::string narrow(head.starts_with("\xFE\xFF") || head.starts_with("\xFF\xFE") ? head.substr(2)
                                                                                    : head);
    std::erase(narrow, '\0');
    result.declared = declared_encoding(narrow);
    result.ascii_compatible = false;
    result.utf8 = false;
    return result;
  }
  result.declared = declared_encoding(head);
  const std::string name = lowered_ascii(result.declared);
  result.utf8 = name.empty() || is_utf8(name);
  result.ascii_compatible = name.empty() || is_ascii_compatible(name);
  return result;
}

std::optional<std::string> encoded(std::string_view utf8, const std::string& encoding) {
  const std::string name = lowered_ascii(encoding);
  const bool ascii = std::all_of(utf8.begin(), utf8.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii || name.empty() || is_utf8(name)) return std::string(utf8);
  const LibxmlEncoder handler(libxml::find_char_encoding_handler(encoding.c_str()));
  if (!handler) return std::nullopt;
  const LibxmlBuffer in(libxml::buffer_create());
  const LibxmlBuffer out(libxml::buffer_create());
  libxml::buffer_add(in.get(), reinterpret_cast<const xmlChar*>(utf8.data()),
                     static_cast<int>(utf8.size()));
  if (libxml::char_enc_out_func(handler.get(), out.get(), in.get()) < 0) return std::nullopt;
  std::string result(reinterpret_cast<const char*>(libxml::buffer_content(out.get())),
                     static_cast<std::size_t>(libxml::buffer_length(out.get())));
  // What the encoding lacks, libxml2 writes as character references.
  const bool referred =
      std::count(result.begin(), result.end(), '&') != std::count(utf8.begin(), utf8.end(), '&');
  if (referred || libxml::buffer_length(in.get()) != 0) return std::nullopt;
  return result;
}

}  // namespace pes::xml
