#include "pes/deposit.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"
#include "unit/deposit/zip_maker.hpp"

#include <doctest/doctest.h>

using pes::ErrorCode;
using pes::deposit::Flow;
using pes::deposit::Source;
using pes::test::content;
using pes::test::make_zip;
using pes::test::write;

namespace {

constexpr const char* manifest =
    R"(<flux type="pes"><data name="objet" value="Mars"/><data name="envoi_sae" value="non"/>)"
    R"(<data name="classification" value="7"/>)"
    R"(<files name="fichier_pes"><file content="a.xml"/></files></flux>)";

class Place {
 public:
  Place() { std::filesystem::create_directory(scratch_.path() / "workspace"); }
  [[nodiscard]] std::filesystem::path path(const std::string& name) const {
    return scratch_.path() / name;
  }
  [[nodiscard]] std::vector<Flow> flows(Source::Kind kind, const std::string& name) const {
    return pes::deposit::flows_of({.kind = kind, .path = path(name)}, path("workspace"), {});
  }
  [[nodiscard]] pes::Error refused(Source::Kind kind, const std::string& name) const {
    return pes::test::refusal([&] { (void)flows(kind, name); });
  }
  void folder(const std::string& name,
              const std::vector<std::pair<std::string, std::string>>& files) const {
    std::filesystem::create_directory(path(name));
    for (const auto& [file, bytes] : files) write(path(name) / file, bytes);
  }

 private:
  pes::test::Scratch scratch_;
};

}  // namespace

TEST_SUITE("deposit") {
  TEST_CASE("a file is its own flow") {
    const Place place;
    write(place.path("a.xml"), "<a/>");

    const auto flows = place.flows(Source::Kind::flow, "a.xml");

    REQUIRE(flows.size() == 1);
    CHECK(flows[0].name == "a.xml");
    CHECK(flows[0].file == place.path("a.xml"));
  }

  TEST_CASE("a manifest names the flow of a folder, its title and its route") {
    const Place place;
    place.folder("lot", {{"manifest.xml", manifest}, {"a.xml", "<a/>"}, {"note.txt", "x"}});

    const auto flows = place.flows(Source::Kind::folder, "lot");

    REQUIRE(flows.size() == 1);
    CHECK(flows[0].name == "a.xml");
    CHECK(flows[0].type == "pes");
    CHECK(flows[0].objet == "Mars");
    CHECK(flows[0].envoi_sae == false);
    REQUIRE(flows[0].warnings.size() == 2);
    CHECK(flows[0].warnings[0].code == "manifest.field");
    CHECK(flows[0].warnings[1].code == "manifest.file");
  }

  TEST_CASE("a ZIP of a folder is read as that folder") {
    const Place place;
    make_zip(place.path("lot.zip"), {{"mars/manifest.xml", manifest},
                                     {"mars/a.xml", "<a/>"},
                                     {"__MACOSX/mars/._a.xml", "x"},
                                     {"mars/.DS_Store", "x"}});

    const auto flows = place.flows(Source::Kind::zip, "lot.zip");

    REQUIRE(flows.size() == 1);
    CHECK(flows[0].name == "a.xml");
    CHECK(content(flows[0].file) == "<a/>");
    CHECK(flows[0].objet == "Mars");
  }

  TEST_CASE("of a ZIP without manifest each XML file is a flow") {
    const Place place;
    make_zip(place.path("lot.zip"),
             {{"b.xml", "<b/>"}, {"a.XML", "<a/>"}, {"autre.zip", "x"}, {"note.txt", "x"}});

    const auto flows = place.flows(Source::Kind::zip, "lot.zip");

    REQUIRE(flows.size() == 2);
    CHECK(flows[0].name == "a.XML");
    CHECK(flows[1].name == "b.xml");
    REQUIRE(flows[0].warnings.size() == 2);
    CHECK(flows[0].warnings[0].code == "zip.file");
    CHECK(flows[0].warnings[1].message.find("note.txt") != std::string::npos);
    CHECK(flows[1].warnings.empty());
  }

  TEST_CASE("what no flow can be got from is refused as a whole") {
    const Place place;
    const auto with = [&](const std::string& files) {
      place.folder("lot", {{"manifest.xml", "<flux>" + files + "</flux>"}, {"a.xml", "<a/>"}});
      return place.refused(Source::Kind::folder, "lot").code();
    };

    SUBCASE("a folder without manifest") {
      place.folder("lot", {{"a.xml", "<a/>"}});
      CHECK(place.refused(Source::Kind::folder, "lot").code() == ErrorCode::input_invalid);
    }
    SUBCASE("an empty folder") {
      place.folder("lot", {});
      CHECK(place.refused(Source::Kind::folder, "lot").code() == ErrorCode::input_empty);
    }
    SUBCASE("a manifest that names no flow") { CHECK(with("") == ErrorCode::input_invalid); }
    SUBCASE("a manifest that names two") {
      CHECK(
          with(
              "<files name='fichier_pes'><file content='a.xml'/><file content='b.xml'/></files>") ==
          ErrorCode::input_invalid);
    }
    SUBCASE("a manifest that names a file elsewhere") {
      write(place.path("secret.xml"), "<a/>");
      CHECK(with("<files name='fichier_pes'><file content='../secret.xml'/></files>") ==
            ErrorCode::input_invalid);
    }
    SUBCASE("a ZIP without XML") {
      make_zip(place.path("lot.zip"), {{"note.txt", "x"}});
      CHECK(place.refused(Source::Kind::zip, "lot.zip").code() == ErrorCode::input_invalid);
    }
    SUBCASE("a folder that is gone") {
      CHECK(place.refused(Source::Kind::folder, "gone").code() == ErrorCode::file_unknown);
    }
  }

  TEST_CASE("a link in a folder is not followed") {
    const Place place;
    write(place.path("secret.xml"), "<a/>");
    place.folder("lot", {{"manifest.xml", manifest}});
    std::filesystem::create_symlink(place.path("secret.xml"), place.path("lot") / "a.xml");

    CHECK(place.refused(Source::Kind::folder, "lot").code() == ErrorCode::input_invalid);
  }
}
