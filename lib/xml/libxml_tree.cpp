#include "xml/libxml_tree.hpp"

#include "xml/libxml_errors.hpp"

namespace pes::xml {

LibxmlDocument parse_as_libxml(std::string_view text) {
  return LibxmlDocument(libxml::read_memory(
      text.data(), static_cast<int>(text.size()), nullptr, nullptr,
      XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
}

std::optional<std::string> canonical_form_of_libxml(const LibxmlDocument& document) {
  const LibxmlErrors ignored(nullptr, [](void*, auto*) {});
  const LibxmlOutput output(libxml::alloc_output_buffer(nullptr));
  constexpr int without_comments = 0;
  if (!output || libxml::c14n_execute(document.get(), nullptr, nullptr, XML_C14N_EXCLUSIVE_1_0,
                                      nullptr, without_comments, output.get()) < 0) {
    return std::nullopt;
  }
  return std::string(reinterpret_cast<const char*>(libxml::output_buffer_get_content(output.get())),
                     libxml::output_buffer_get_size(output.get()));
}

}  // namespace pes::xml
