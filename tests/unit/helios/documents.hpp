#pragma once

#include "support/scratch.hpp"

#include <fstream>
#include <string>
#include <string_view>

namespace pes::test {

/// A PES Aller in ISO-8859-1 around some content, on as few lines as it has.
inline std::string flow_of(std::string_view content, std::string_view root_attributes = "") {
  std::string text = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<n:PES_Aller ";
  text += "xmlns:n=\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller\" ";
  text += "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" ";
  text += root_attributes;
  text += ">";
  text += content;
  text += "</n:PES_Aller>\n";
  return text;
}

/// A file in a fresh folder.
class WrittenFile {
 public:
  explicit WrittenFile(std::string_view bytes) : path_(scratch_.path() / "flow.xml") {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  Scratch scratch_;
  std::filesystem::path path_;
};

}  // namespace pes::test
