#include "support/shared.hpp"
#include "unit/preflight/sound_flow.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace pes {

namespace {

using Codes = std::vector<std::string>;
using test::codes_of;
using test::findings_of;
using test::sound_flow;
using test::sound_flow_with;

bool is_of_structure(const Finding& finding) {
  return finding.code.starts_with("structure.") || finding.code.starts_with("value.") ||
         finding.code.starts_with("code.");
}

std::string content(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    lines.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

bool is_leaf(const std::string& line) {
  const std::size_t first = line.find('<');
  return first != std::string::npos && line.find("V=\"") != std::string::npos &&
         line.find('<', first + 1) == std::string::npos && line.find("/>") != std::string::npos;
}

/// The same document with a leaf left out, twice, swapped with the next, or of no sense.
std::vector<std::string> damaged(const std::vector<std::string>& lines, std::size_t leaf) {
  std::vector<std::string> documents;
  std::vector<std::string> without = lines;
  without.erase(without.begin() + static_cast<std::ptrdiff_t>(leaf));
  documents.push_back(joined(without));
  std::vector<std::string> twice = lines;
  twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(leaf), lines[leaf]);
  documents.push_back(joined(twice));
  if (leaf + 1 < lines.size() && is_leaf(lines[leaf + 1])) {
    std::vector<std::string> swapped = lines;
    std::swap(swapped[leaf], swapped[leaf + 1]);
    documents.push_back(joined(swapped));
  }
  const std::size_t begin = lines[leaf].find("V=\"") + 3;
  const std::size_t end = lines[leaf].find('"', begin);
  for (const char* value : {"", "0", "000", "nc", "-1", "1,5", "2026-02-30", "99999999999999999999",
                            "a b", "1.005", "01", "TRUE"}) {
    std::vector<std::string> other = lines;
    other[leaf].replace(begin, end - begin, value);
    documents.push_back(joined(other));
  }
  return documents;
}

}  // namespace

TEST_SUITE("preflight") {
  TEST_CASE("nothing is said of a flow of both domains that is as it should be") {
    CHECK(codes_of(sound_flow()).empty());
  }

  TEST_CASE("what the structure of a PES forbids is told, with its place") {
    struct Case {
      const char* from;
      const char* to;
      Codes codes;
    };
    for (const Case& one : std::vector<Case>{
             {"<DteStr V=\"2026-01-15\"/>", "", {"structure.missing"}},
             {"<MtHT V=\"1200.50\"/>\n", "", {"structure.missing"}},
             {"<Nature V=\"615221\"/>",
              "<Nature V=\"615221\"/><Nature V=\"615221\"/>",
              {"structure.repeated"}},
             {"<TypPce V=\"01\"/>\n<NatPce V=\"01\"/>",
              "<NatPce V=\"01\"/><TypPce V=\"01\"/>",
              {"structure.order"}},
             {"<Nom V=\"TOITS\"/>", "<Nom V=\"TOITS\"/><Age V=\"3\"/>", {"structure.unknown"}},
             {"<Nom V=\"TOITS\"/>", "<Nom V=\"TOITS\"><X/></Nom>", {"structure.unknown"}},
             {"<Nom V=\"TOITS\"/>", "<Nom V=\"TOITS\" W=\"1\"/>", {"structure.attribute"}},
             {"<Nom V=\"TOITS\"/>", "<Nom V=\"TOITS\">TOITS</Nom>", {"structure.text"}},
             {"<Nom V=\"TOITS\"/>", "<Nom>TOITS</Nom>", {"value.missing"}},
             {"<Nom V=\"TOITS\"/>",
              "<n:Nom V=\"TOITS\"/>",
              {"structure.namespace", "structure.missing"}},
             {"<BIC V=\"AGRIFRPP\"/>",
              "<CodeEtab V=\"3\"/><BIC V=\"AGRIFRPP\"/>",
              {"structure.missing", "structure.missing", "structure.missing", "structure.choice",
               "structure.choice"}},
             {"<BIC V=\"AGRIFRPP\"/><IBAN V=\"FR7630006000011234567890189\"/>",
              "",
              {"structure.missing"}},
             {" MIMEType=\"application/pdf\"", "", {"value.missing"}},
         }) {
      CAPTURE(std::string(one.from));
      CAPTURE(std::string(one.to));
      const std::vector<Finding> findings = findings_of(sound_flow_with(one.from, one.to));
      Codes codes;
      for (const Finding& finding : findings) {
        if (!is_of_structure(finding)) continue;
        codes.push_back(finding.code);
        CHECK(finding.line > 1);
        CHECK(finding.column > 0);
        CHECK(finding.consequence == Consequence::flow);
        CHECK(finding.refused_by == Refuser::helios);
      }
      std::sort(codes.begin(), codes.end());
      Codes expected = one.codes;
      std::sort(expected.begin(), expected.end());
      CHECK(codes == expected);
    }
  }

  TEST_CASE("what is missing is told where something else stands, at line and column") {
    const auto findings = findings_of(sound_flow_with("<IdPost V=\"034000\"/>", "  "));

    REQUIRE(findings.size() == 2);
    CHECK(findings[0].code == "idpost.missing");
    CHECK(findings[1].code == "structure.missing");
    CHECK(findings[1].message.find("IdPost") != std::string::npos);
    CHECK(findings[1].line == 10);
    CHECK(findings[1].column == 1);
  }

  TEST_CASE("what may come with newer schemas does not stop a flow, what never may does") {
    const auto severity = [](const std::string& document) {
      const auto findings = findings_of(document);
      REQUIRE_FALSE(findings.empty());
      return findings.front().severity;
    };

    CHECK(severity(sound_flow_with("<Nom V=\"TOITS\"/>", "<Nom V=\"TOITS\"/><Age V=\"3\"/>")) ==
          Severity::warning);
    CHECK(severity(sound_flow_with("<TypPce V=\"01\"/>", "<TypPce V=\"99\"/>")) ==
          Severity::warning);
    CHECK(severity(sound_flow_with("<MtHT V=\"1200.50\"/>", "<MtHT V=\"1200,50\"/>")) ==
          Severity::error);
    CHECK(severity(sound_flow_with("<DteStr V=\"2026-01-15\"/>", "")) == Severity::error);
  }

  TEST_CASE("a fault that every line has is told a few times, and counted") {
    std::string many;
    for (int i = 0; i < 1000; ++i) many += "<Inconnu/>";
    const auto findings =
        findings_of(sound_flow_with("<Nom V=\"TOITS\"/>", "<Nom V=\"TOITS\"/>" + many));

    CHECK(findings.size() == 21);
    CHECK(std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
      return finding.message.find("980") != std::string::npos;
    }));
  }

  TEST_CASE("no sample that follows the schemas has a fault of structure") {
    if (!test::has_shared()) return;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(test::shared() / "samples")) {
      if (entry.path().extension() != ".xml") continue;
      const std::string document = content(entry.path());
      if (document.find("PES_Aller") == std::string::npos) continue;
      CAPTURE(entry.path().string());
      std::vector<Finding> faults;
      try {
        faults = schema_faults(entry.path(), test::shared() / "schemas/pes");
      } catch (const std::exception&) {
        continue;  // no PES Aller that can be read
      }
      if (!faults.empty()) continue;
      const auto findings = findings_of(document);
      CHECK(std::none_of(findings.begin(), findings.end(), is_of_structure));
    }
  }

  TEST_CASE("damaged flows are refused here when and only when the schemas refuse them") {
    if (!test::has_shared()) return;
    const std::filesystem::path schemas = test::shared() / "schemas/pes";
    const std::vector<std::string> lines = lines_of(sound_flow());
    for (std::size_t leaf = 0; leaf < lines.size(); ++leaf) {
      if (!is_leaf(lines[leaf])) continue;
      for (const std::string& document : damaged(lines, leaf)) {
        const test::WrittenFile file(document);
        const bool official = !schema_faults(file.path(), schemas).empty();
        const auto findings = findings_of(document);
        const bool here = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
          // Where the TdT refuses a value, Hélios is not heard too.
          return is_of_structure(finding) || finding.refused_by == Refuser::tdt;
        });
        if (here != official) CAPTURE(document);
        CAPTURE(lines[leaf]);
        CHECK(here == official);
      }
    }
  }

  TEST_CASE("what the schemas say of a place that something was said of is left out") {
    if (!test::has_shared()) return;
    const auto findings = findings_of(sound_flow_with("<DteStr V=\"2026-01-15\"/>\n", ""),
                                      test::shared() / "schemas/pes");

    CHECK(codes_of(findings) == Codes{"structure.missing"});
  }

  TEST_CASE("what only the schemas know is told with its place") {
    if (!test::has_shared()) return;
    const auto findings =
        findings_of(sound_flow_with("<PES_PJ>",
                                    "<PES_Marche><EnTeteMarche><IdVer "
                                    "V=\"2\"/></EnTeteMarche><Marches><Marche><Rien/></Marche></"
                                    "Marches></PES_Marche><PES_PJ>"),
                    test::shared() / "schemas/pes");

    REQUIRE_FALSE(findings.empty());
    CHECK(findings.front().code == "schema.invalid");
    CHECK(findings.front().line > 1);
    CHECK(findings.front().column > 1);
  }
}

}  // namespace pes
