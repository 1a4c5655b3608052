#include "adapter/store/content.hpp"

#include "support/refusal.hpp"
#include "unit/store/store_home.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>

using pes::store::stored_file;
using pes::test::refusal;
using pes::test::StoreHome;

TEST_SUITE("store") {
  TEST_CASE("a stored file is named after its field, its content and the extension of its name") {
    const pes::store::Content content{.size = 1, .sha256 = "0123456789abcdef0123"};
    const auto path = [&](std::string_view name) {
      return stored_file("fichier_pes", name, content).path;
    };

    CHECK(path("PESALR1.XML") == "fichier_pes-0123456789abcdef.xml");
    CHECK(path("archive.tar.gz") == "fichier_pes-0123456789abcdef.gz");
    CHECK(path("no extension") == "fichier_pes-0123456789abcdef");
    CHECK(path("ends.") == "fichier_pes-0123456789abcdef");
    CHECK(path("a.x/../y") == "fichier_pes-0123456789abcdef");
    CHECK(path("a.longextension") == "fichier_pes-0123456789abcdef");
    CHECK(path("") == "fichier_pes-0123456789abcdef");
  }

  TEST_CASE("a field whose name could reach out of the folder is our mistake") {
    const StoreHome home;
    const auto held = home.open()->hold(home.dossier.id_d, "edit", 0);

    for (const char* field : {"", "../a", "a b", "a/b"}) {
      CAPTURE(field);
      CHECK(refusal([&] { held->keep_bytes(field, "a.xml", "x"); }).code() ==
            pes::ErrorCode::internal);
      CHECK(refusal([&] { held->keep(field, "a.xml", home.state()); }).code() ==
            pes::ErrorCode::internal);
    }
    CHECK(refusal([&] { held->scratch("../a"); }).code() == pes::ErrorCode::internal);
    CHECK(refusal([&] { held->keep_scratch("a", "a", home.home() / "home.json"); }).code() ==
          pes::ErrorCode::internal);
    CHECK(home.names() == home.usual_names());
  }

  TEST_CASE("what is kept is for its owner alone") {
    const StoreHome home;
    const auto held = home.open()->hold(home.dossier.id_d, "edit", 0);
    const auto scratch = held->scratch("archive.tar.gz");
    std::ofstream(scratch) << "archive";
    ::chmod(scratch.c_str(), 0644);
    const pes::StoredFile built = held->keep_scratch("sae_archive", "archive.tar.gz", scratch);
    const auto mode_of = [](const std::filesystem::path& path) {
      struct stat facts {};
      REQUIRE(::stat(path.c_str(), &facts) == 0);
      return facts.st_mode & 0777U;
    };

    for (const std::string& name : home.names()) {
      CAPTURE(name);
      CHECK(mode_of(home.folder() / name) == 0600);
    }
    CHECK(std::filesystem::exists(home.folder() / built.path));
    CHECK(mode_of(home.folder()) == 0700);
    CHECK(mode_of(home.folder().parent_path()) == 0700);
  }

  TEST_CASE("a file of several blocks is copied whole, with its digest") {
    const StoreHome home;
    std::string bytes;
    while (bytes.size() < 1'000'001) bytes += std::to_string(bytes.size());
    pes::replace_file(home.home() / "large", bytes);
    const auto held = home.open()->hold(home.dossier.id_d, "edit", 0);

    const pes::StoredFile copied = held->keep("fichier_pes", "a.xml", home.home() / "large");

    CHECK(copied.size == bytes.size());
    CHECK(copied == held->keep_bytes("fichier_pes", "a.xml", bytes));
    CHECK(pes::read_file(home.folder() / copied.path, 2'000'000) == bytes);
  }
}
