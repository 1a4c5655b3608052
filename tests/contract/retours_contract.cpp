#include "contract/retours_contract.hpp"

#include "pes/error.hpp"
#include "support/refusal.hpp"
#include "support/sample_dossier.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace pes::test {

namespace {

/// One that uses every part of the format.
port::Retour full_retour(const std::string& id = "5-3f2a9c1e") {
  return {.id = id,
          .tdt = "S²LOW https://tdt.example.org",
          .tdt_id = id.substr(0, id.find('-')),
          .received = "2026-01-01 10:00:00.123456+01",
          .fetched = sample_instant(),
          .nom = "PES2R_DEP_é\"\n.xml",
          .taille = 12,
          .sha256 = std::string(64, 'a'),
          .id_e = "2",
          .rattachement = "siren",
          .typ_fic = "PES2R_DEP",
          .domaines = "PES_DepenseRetour",
          .typ_restit = "01",
          .dte_str = "2026-01-01",
          .id_coll = "21990001600011",
          .cod_coll = "123",
          .cod_bud = "00"};
}

const std::string bytes("\xE9<a/>\r\n\0 fin", 12);

std::set<std::string> ids_in(const port::Retours& retours) {
  std::set<std::string> ids;
  retours.visit([&](const port::Retour& retour) { ids.insert(retour.id); },
                [](const std::string&, const Error& error) { throw error; });
  return ids;
}

void a_new_one_is_empty(const OpenRetours& open) {
  CHECK(ids_in(*open()).empty());
  CHECK(refusal([&] { (void)open()->read("5-3f2a9c1e"); }).code() == ErrorCode::file_unknown);
}

void what_is_kept_is_read_as_it_was_given(const OpenRetours& open) {
  const port::Retour bare{.id = "6-00000000",
                          .tdt = "t",
                          .tdt_id = "6",
                          .fetched = sample_instant(),
                          .sha256 = std::string(64, 'b'),
                          .id_e = "1",
                          .rattachement = "compte"};

  CHECK(open()->keep(full_retour(), bytes));
  CHECK(open()->keep(bare, ""));

  const auto retours = open();
  CHECK(retours->read("5-3f2a9c1e") == full_retour());
  CHECK(retours->read("6-00000000") == bare);
  CHECK(content(retours->readable(full_retour()).path()) == bytes);
  CHECK(content(retours->readable(bare).path()).empty());
  CHECK(ids_in(*retours) == std::set<std::string>{"5-3f2a9c1e", "6-00000000"});
  CHECK(retours->beginning_with("5-", 10) == std::vector{full_retour()});
  CHECK(retours->beginning_with("", 1).size() == 1);
  CHECK(retours->beginning_with("7", 10).empty());
}

void what_is_kept_never_changes(const OpenRetours& open) {
  const auto retours = open();
  retours->keep(full_retour(), bytes);
  port::Retour other = full_retour();
  other.id_e = "1";

  CHECK_FALSE(retours->keep(other, "autre"));

  CHECK(retours->read("5-3f2a9c1e") == full_retour());
  CHECK(content(retours->readable(other).path()) == bytes);
}

void of_several_that_keep_the_same_one_does(const OpenRetours& open) {
  constexpr std::size_t many = 8;
  std::vector<std::thread> threads;
  std::vector<char> kept(many, 0);
  for (std::size_t i = 0; i < many; ++i) {
    threads.emplace_back([&, i] { kept[i] = open()->keep(full_retour(), bytes) ? 1 : 0; });
  }
  for (std::thread& thread : threads) thread.join();

  CHECK(std::count(kept.begin(), kept.end(), 1) == 1);
  CHECK(open()->read("5-3f2a9c1e") == full_retour());
  CHECK(content(open()->readable(full_retour()).path()) == bytes);
}

void an_identifier_leads_nowhere_else(const OpenRetours& open) {
  const auto retours = open();
  for (const char* id : {"", "..", "../dossiers", "5/6", ".new-abc", "É"}) {
    CAPTURE(std::string(id));
    CHECK(refusal([&] { (void)retours->read(id); }).code() == ErrorCode::file_unknown);
    port::Retour retour = full_retour();
    retour.id = id;
    CHECK(refusal([&] { retours->keep(retour, bytes); }).code() == ErrorCode::internal);
  }
  CHECK(ids_in(*retours).empty());
}

}  // namespace

void retours_contract(const OpenRetours& open) {
  SUBCASE("a new one is empty") { a_new_one_is_empty(open); }
  SUBCASE("what is kept is read as it was given") { what_is_kept_is_read_as_it_was_given(open); }
  SUBCASE("what is kept never changes") { what_is_kept_never_changes(open); }
  SUBCASE("of several that keep the same, one does") {
    of_several_that_keep_the_same_one_does(open);
  }
  SUBCASE("an identifier leads nowhere else") { an_identifier_leads_nowhere_else(open); }
}

}  // namespace pes::test
