#include "support/refusal.hpp"
#include "unit/store/store_home.hpp"

#include <doctest/doctest.h>

#include <map>

using pes::test::refusal;
using pes::test::sample_id;
using pes::test::StoreHome;

namespace {

struct Visit {
  std::set<std::string> read;
  std::map<std::string, pes::ErrorCode> damaged;
};

Visit visit(const StoreHome& home) {
  Visit result;
  home.open()->visit([&](const pes::Dossier& dossier) { result.read.insert(dossier.id_d.text()); },
                     [&](const pes::DossierId& id, const pes::Error& error) {
                       result.damaged.emplace(id.text(), error.code());
                     });
  return result;
}

void add_sound_dossier(const StoreHome& home) {
  home.open()
      ->create(sample_id("abcdefg"), "create", 0)
      ->save(pes::test::sample_dossier("abcdefg"));
}

}  // namespace

TEST_SUITE("store") {
  TEST_CASE("a damaged state is told, with its file and key, and does not hide the others") {
    const StoreHome home;
    add_sound_dossier(home);
    std::string text = pes::read_file(home.state(), 65536);
    text.replace(text.find("\"id_e\""), 6, "\"id_x\"");
    pes::replace_file(home.state(), text);

    const pes::Error error = refusal([&] { home.open()->read(sample_id()); });
    CHECK(error.code() == pes::ErrorCode::state_damaged);
    CHECK(error.message().find(home.state().native()) != std::string::npos);
    CHECK(error.message().find("id_e") != std::string::npos);
    CHECK(refusal([&] { home.open()->hold(sample_id(), "edit", 0); }).code() ==
          pes::ErrorCode::state_damaged);
    const Visit seen = visit(home);
    CHECK(seen.read == std::set<std::string>{"abcdefg"});
    CHECK(seen.damaged.at("O5uC72H") == pes::ErrorCode::state_damaged);
  }

  TEST_CASE("a state of a newer version is refused and left as it is") {
    const StoreHome home;
    std::string text = pes::read_file(home.state(), 65536);
    text.replace(text.find("pes.dossier/1"), 13, "pes.dossier/2");
    pes::replace_file(home.state(), text);

    CHECK(refusal([&] { home.open()->hold(sample_id(), "edit", 0); }).code() ==
          pes::ErrorCode::state_newer);
    CHECK(pes::read_file(home.state(), 65536) == text);
    CHECK(visit(home).damaged.at("O5uC72H") == pes::ErrorCode::state_newer);
  }

  TEST_CASE("a state that is lost, or that is another dossier's, is told by a visit") {
    const StoreHome home;
    const std::string text = pes::read_file(home.state(), 65536);

    std::filesystem::remove(home.state());
    CHECK(visit(home).damaged.at("O5uC72H") == pes::ErrorCode::state_damaged);
    std::string other = text;
    other.replace(other.find("O5uC72H"), 7, "O5uC72I");
    pes::replace_file(home.state(), other);
    CHECK(visit(home).damaged.at("O5uC72H") == pes::ErrorCode::state_damaged);
    CHECK(refusal([&] { home.open()->read(sample_id()); }).code() ==
          pes::ErrorCode::dossier_unknown);
  }

  TEST_CASE("an enormous state is damage, not memory") {
    const StoreHome home;
    std::filesystem::resize_file(home.state(), 100U << 20U);

    CHECK(refusal([&] { home.open()->read(sample_id()); }).code() == pes::ErrorCode::state_damaged);
  }

  TEST_CASE("what is not a dossier's folder is passed over") {
    const StoreHome home;
    pes::replace_file(home.dossiers() / "notes.txt", "mine");
    pes::replace_file(home.dossiers() / "O5" / "O5uC72J", "a file");
    std::filesystem::create_directories(home.dossiers() / "lost+found" / "x");
    std::filesystem::create_directories(home.dossiers() / "ab" / "O5uC72K");

    const Visit seen = visit(home);

    CHECK(seen.read == std::set<std::string>{"O5uC72H"});
    CHECK(seen.damaged.empty());
  }
}
