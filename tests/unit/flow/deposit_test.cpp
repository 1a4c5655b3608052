#include "bench.hpp"
#include "support/refusal.hpp"
#include "unit/flow/forwarding_store.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using pes::Action;
using pes::DossierId;
using pes::ErrorCode;
using pes::flow::Deposit;
using pes::flow::Outcome;
using pes::test::Bench;
using pes::test::content;
using pes::test::ForwardingStore;
using pes::test::refusal;
using pes::test::write;

namespace {

const pes::Instant night = std::chrono::sys_days(std::chrono::year(2022) / 3 / 2) + 2h;

std::filesystem::path flow_file() {
  return std::filesystem::path(PES_TEST_DATA) / "pes" / "test-032022.xml";
}

Deposit dropped(const std::filesystem::path& file = flow_file()) {
  return {.file = file, .file_name = "mars.xml", .id_e = "2", .objet = "Mars"};
}

/// The flow, a text of it replaced.
std::filesystem::path other_flow(const Bench& bench, const std::string& old,
                                 const std::string& instead) {
  std::string bytes = content(flow_file());
  REQUIRE(bytes.find(old) != std::string::npos);
  bytes.replace(bytes.find(old), old.size(), instead);
  const auto file = bench.scratch.path() / "other.xml";
  write(file, bytes);
  return file;
}

std::size_t count(const Bench& bench) { return bench.store->query({}).total; }

}  // namespace

TEST_SUITE("flow") {
  TEST_CASE("the same content is one dossier, whatever its name and title") {
    Bench bench(night);
    const Outcome first = pes::flow::deposit(bench.services, dropped());
    Deposit again = dropped();
    again.file_name = "copie.xml";
    again.objet = "Copie";

    const Outcome second = pes::flow::deposit(bench.services, again);

    CHECK(first.changed);
    CHECK(first.dossier.state() == Action::modification);
    CHECK(first.dossier.titre() == "Mars");
    CHECK(first.dossier.type == "pes-avec-signature");
    CHECK_FALSE(second.changed);
    CHECK(second.dossier == first.dossier);
    CHECK(count(bench) == 1);
  }

  TEST_CASE("two that make the dossier of the same content at once find one") {
    Bench bench(night);
    ForwardingStore store(*bench.store);
    std::optional<Outcome> first;
    store.before_create = [&] {
      if (!first) first = pes::flow::deposit(bench.services, dropped());
    };
    pes::flow::Services late{store,       *bench.journal,         *bench.stamps,
                             bench.clock, bench.settings,         bench.services.user,
                             "test",      bench.services.listener};

    const Outcome second = pes::flow::deposit(late, dropped());

    CHECK_FALSE(second.changed);
    CHECK(second.dossier == first->dossier);
    CHECK(count(bench) == 1);
  }

  TEST_CASE("without a title that of the file's name is written as a title may be") {
    Bench bench(night);
    const auto titre_of = [&](const std::string& name) {
      Deposit deposit = dropped();
      deposit.objet.clear();
      deposit.file_name = name;
      const Outcome made = pes::flow::deposit(bench.services, deposit);
      pes::flow::erase(bench.services, made.dossier.id_d);
      return made.dossier.titre();
    };

    CHECK(titre_of("mars.xml") == "mars.xml");
    CHECK(titre_of("b\u0153uf \u00e0 5 \u20ac.xml") == "boeuf \u00e0 5 EUR.xml");
    CHECK(titre_of("mandats \xe9mis.xml") == "mandats \u00e9mis.xml");
    CHECK(titre_of("a\tb.xml") == "a b.xml");
    CHECK(titre_of(std::string(300, 'a')) == std::string(256, 'a'));
  }

  TEST_CASE("the same content for another entity or type is another dossier") {
    Bench bench(night);
    Deposit elsewhere = dropped();
    elsewhere.id_e = "1";
    Deposit unsigned_one = dropped();
    unsigned_one.type = "pes";

    for (const Deposit& deposit : {dropped(), elsewhere, unsigned_one}) {
      CHECK(pes::flow::deposit(bench.services, deposit).changed);
    }

    CHECK(count(bench) == 3);
  }

  TEST_CASE("a dossier whose flow a person replaced is still that of what was dropped") {
    Bench bench(night);
    const DossierId id = pes::flow::deposit(bench.services, dropped()).dossier.id_d;
    pes::flow::edit(bench.services, id, {.file = other_flow(bench, "18250.40", "18250.41")});

    const Outcome again = pes::flow::deposit(bench.services, dropped());

    CHECK_FALSE(again.changed);
    CHECK(again.dossier.id_d == id);
  }

  TEST_CASE("an identifier that another dossier has leaves room for a second one") {
    Bench bench(night);
    const DossierId taken = pes::flow::deposit(bench.services, dropped()).dossier.id_d;
    pes::flow::erase(bench.services, taken);
    pes::flow::create(bench.services, {.id_e = "2", .id = taken, .objet = "Un autre"});

    const Outcome first = pes::flow::deposit(bench.services, dropped());
    pes::flow::erase(bench.services, taken);
    const Outcome again = pes::flow::deposit(bench.services, dropped());

    CHECK(first.changed);
    CHECK(first.dossier.id_d != taken);
    CHECK_FALSE(again.changed);
    CHECK(again.dossier.id_d == first.dossier.id_d);
  }

  TEST_CASE("a dossier that was deleted is forgotten") {
    Bench bench(night);
    pes::flow::erase(bench.services, pes::flow::deposit(bench.services, dropped()).dossier.id_d);

    CHECK(pes::flow::deposit(bench.services, dropped()).changed);
  }

  TEST_CASE("what is refused leaves no dossier") {
    Bench bench(night);
    const auto refused = [&](const Deposit& deposit) {
      return refusal([&] { pes::flow::deposit(bench.services, deposit); });
    };

    SUBCASE("by a control of the TdT") {
      const auto error =
          refused(dropped(other_flow(bench, R"(<CodCol V="123"/>)", R"(<CodCol V="12345"/>)")));
      CHECK(error.code() == ErrorCode::input_invalid);
      CHECK(error.message().find("mars.xml") != std::string::npos);
    }
    SUBCASE("as no flow") {
      write(bench.scratch.path() / "text.xml", "Mandats");
      CHECK(refused(dropped(bench.scratch.path() / "text.xml")).code() == ErrorCode::input_not_xml);
    }
    SUBCASE("for its title") {
      Deposit deposit = dropped();
      deposit.objet = "5 €";
      CHECK(refused(deposit).code() == ErrorCode::field_invalid);
    }
    SUBCASE("because it is to be signed and cannot be") {
      Deposit deposit = dropped(
          other_flow(bench, R"(<InfoDematerialisee V="1"/>)", R"(<InfoDematerialisee V="0"/>)"));
      deposit.signing.emplace();
      CHECK(refused(deposit).code() == ErrorCode::input_not_dematerialised);
    }
    SUBCASE("for its type") {
      Deposit deposit = dropped();
      deposit.type = "helios-generique";
      CHECK(refused(deposit).code() == ErrorCode::type_unknown);
    }

    CHECK(count(bench) == 0);
    CHECK(bench.events().empty());
  }

  TEST_CASE("the route says where an archive goes, unless a manifest does") {
    Bench bench(night);
    Deposit deposit = dropped();
    deposit.envoi_sae = false;

    const Outcome made = pes::flow::deposit(bench.services, deposit);

    CHECK(made.dossier.value(pes::field::envoi_sae) == "0");
  }
}
