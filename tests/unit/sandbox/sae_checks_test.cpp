#include "support/scratch.hpp"
#include "support/shared.hpp"
#include "unit/sandbox/deposits.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace pes::test {
namespace {

std::string replaced(std::string text, const std::string& part, const std::string& by) {
  const std::size_t begin = text.find(part);
  REQUIRE(begin != std::string::npos);
  return text.replace(begin, part.size(), by);
}

void agree(const std::filesystem::path& folder, const nlohmann::json& agreement) {
  write(folder / "sae" / "agreement.json", agreement.dump());
}

TEST_SUITE("sandbox") {
  TEST_CASE("an archive may be a ZIP, and its files may stand in folders") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    BordereauText bordereau;
    bordereau.files = {{"pieces/flux.xml", "<flux/>"}};

    CHECK(bench.code_for(bordereau.bytes(), zip(bordereau.files)) == "000");
  }

  TEST_CASE("the files of the archive are those of the bordereau") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    const BordereauText bordereau;
    Files files = bordereau.files;

    SUBCASE("one is missing") {
      files.pop_back();
      CHECK(bench.code_for(bordereau.bytes(), tar_gz(files)) == "211");
      CHECK(element(bench.reply().body, "Comment").find("acquit.xml est absent") !=
            std::string::npos);
    }
    SUBCASE("one is too many") {
      files.emplace_back("autre.xml", "<autre/>");
      CHECK(bench.code_for(bordereau.bytes(), tar_gz(files)) == "211");
    }
    SUBCASE("one too many, where the agreement lets it in") {
      agree(scratch.path(), {{"extra_files", true}});
      files.emplace_back("autre.xml", "<autre/>");
      CHECK(bench.code_for(bordereau.bytes(), tar_gz(files)) == "000");
    }
    SUBCASE("two have the same name") {
      files.push_back(files.front());
      CHECK(bench.code_for(bordereau.bytes(), tar_gz(files)) == "211");
    }
    SUBCASE("names begin with ./") {
      for (auto& [name, content] : files) name = "./" + name;
      CHECK(bench.code_for(bordereau.bytes(), tar_gz(files)) == "211");
    }
    SUBCASE("the archive is none") {
      CHECK(bench.code_for(bordereau.bytes(), "ceci n'est pas une archive") == "211");
    }
    SUBCASE("the archive is cut") {
      const std::string whole = tar_gz(files);
      CHECK(bench.code_for(bordereau.bytes(), whole.substr(0, whole.size() / 2)) == "211");
    }
  }

  TEST_CASE("digests are given and are those of the files") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    const BordereauText bordereau;
    Files files = bordereau.files;

    SUBCASE("changed file") {
      files.front().second = "<FLUX/>";
      CHECK(bench.code_for(bordereau.bytes(), tar_gz(files)) == "207");
    }
    SUBCASE("unknown algorithm") {
      CHECK(bench.code_for(replaced(bordereau.bytes(), "xmlenc#sha256", "xmlenc#md5"),
                           tar_gz(files)) == "207");
    }
    SUBCASE("no digest") {
      std::string text = bordereau.bytes();
      const std::size_t begin = text.find("<Integrity");
      const std::size_t end = text.find("</Integrity>", begin);
      text.erase(begin, end + 12 - begin);
      CHECK(bench.code_for(text, tar_gz(files)) == "308");
    }
  }

  TEST_CASE("a format is the one declared") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    BordereauText bordereau;

    SUBCASE("not what is declared") {
      bordereau.files = {{"flux.xml", "%PDF-1.7"}};
      CHECK(bench.code_for(bordereau.bytes(), tar_gz(bordereau.files)) == "205");
    }
    SUBCASE("not handled") {
      agree(scratch.path(), {{"mime_types", {"application/pdf"}}});
      CHECK(bench.code_for(bordereau.bytes(), tar_gz(bordereau.files)) == "204");
    }
  }

  TEST_CASE("an agreement that is configured is enforced") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    const BordereauText bordereau;
    nlohmann::json agreement{{"originating", {"PRODUCTEUR"}},
                             {"archival", {"FRAD000"}},
                             {"transferring", {"VERSANT"}},
                             {"agreements", {"ACCORD_PES"}}};
    std::string expected = "000";

    SUBCASE("all known") {}
    SUBCASE("originating agency") {
      agreement["originating"] = {"AUTRE"};
      expected = "200";
    }
    SUBCASE("archival agency") {
      agreement["archival"] = {"AUTRE"};
      expected = "201";
    }
    SUBCASE("transferring agency") {
      agreement["transferring"] = {"AUTRE"};
      expected = "202";
    }
    SUBCASE("agreement") {
      agreement["agreements"] = {"AUTRE"};
      expected = "300";
    }
    SUBCASE("volume") {
      agreement["max_bytes"] = 10;
      expected = "306";
    }
    agree(scratch.path(), agreement);

    CHECK(bench.code_for(bordereau.bytes(), tar_gz(bordereau.files)) == expected);
  }

  TEST_CASE("a bordereau that breaks the schema is malformed") {
    if (!has_shared()) return;
    const Scratch scratch;
    sandbox::Options options = options_in(scratch.path());
    options.seda_schema = shared() / "schemas/seda/seda-1.0/seda_v1-0.xsd";
    SaeBench bench(options);
    const BordereauText bordereau;

    SUBCASE("valid") { CHECK(bench.code_for(bordereau.bytes(), tar_gz(bordereau.files)) == "000"); }
    SUBCASE("not valid") {
      CHECK(bench.code_for(replaced(bordereau.bytes(), ">fra<", ">français<"),
                           tar_gz(bordereau.files)) == "101");
    }
  }

  TEST_CASE("a bordereau follows the profile of the agreement") {
    if (!has_shared()) return;
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    const BordereauText bordereau;
    const std::string profile =
        (shared() / "samples/sae/seda-1.0/Profil_PES_AP_v3-3.0.4.rng").native();
    agree(scratch.path(), {{"profile", profile}});

    CHECK(bench.code_for(bordereau.bytes(), tar_gz(bordereau.files)) == "203");
  }
}

}  // namespace
}  // namespace pes::test
