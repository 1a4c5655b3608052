#include "deposit/manifest.hpp"

#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"
#include "xml/well_formed.hpp"

#include <pugixml.hpp>

namespace pes::deposit {

namespace {

constexpr std::size_t largest_manifest = 1U << 20U;

Error invalid(const std::string& shown_as, const std::string& what) {
  return {ErrorCode::input_invalid, say("{1}: {2}", {shown_as, what}),
          tr("a manifest is a flux with data (name, value) and files (name) of file (content)")};
}

std::string required(const pugi::xml_node& node, const char* attribute,
                     const std::string& shown_as) {
  const std::string value = node.attribute(attribute).value();
  if (!value.empty()) return value;
  throw invalid(shown_as, say("an element {1} has no attribute {2}", {node.name(), attribute}));
}

void read_data(const pugi::xml_node& flux, Manifest& manifest, const std::string& shown_as) {
  for (const pugi::xml_node& data : flux.children("data")) {
    const std::string name = required(data, "name", shown_as);
    const bool first = manifest.data.emplace(name, data.attribute("value").value()).second;
    if (!first) throw invalid(shown_as, say("the field {1} is given twice", {name}));
  }
}

void read_files(const pugi::xml_node& flux, Manifest& manifest, const std::string& shown_as) {
  for (const pugi::xml_node& files : flux.children("files")) {
    std::vector<std::string>& names = manifest.files[required(files, "name", shown_as)];
    for (const pugi::xml_node& file : files.children("file")) {
      names.push_back(required(file, "content", shown_as));
    }
  }
}

}  // namespace

Manifest read_manifest(const std::filesystem::path& file, const std::string& shown_as) {
  const std::string bytes = read_file(file, largest_manifest);
  if (bytes.empty()) throw Error(ErrorCode::input_empty, say("{1} is empty", {shown_as}));
  xml::require_well_formed(bytes, shown_as);

  pugi::xml_document document;
  const auto result = document.load_buffer(bytes.data(), bytes.size());
  const pugi::xml_node flux = document.document_element();
  if (!result || std::string_view(flux.name()) != "flux") {
    throw invalid(shown_as, say("its root is {1}, not flux", {flux.name()}));
  }
  Manifest manifest;
  manifest.type = flux.attribute("type").value();
  read_data(flux, manifest, shown_as);
  read_files(flux, manifest, shown_as);
  return manifest;
}

}  // namespace pes::deposit
