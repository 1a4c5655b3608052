#include "record/event.hpp"

#include "crypto/digest.hpp"
#include "support/file.hpp"
#include "support/refusal.hpp"
#include "support/sample_dossier.hpp"
#include "support/text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using pes::test::refusal;

namespace {

std::vector<std::string> released_lines() {
  const std::string text =
      pes::read_file(std::string(PES_TEST_DATA) + "/record/journal-1.jsonl", 65536);
  auto lines = pes::split(text, '\n');
  REQUIRE(lines.back().empty());
  lines.pop_back();
  return lines;
}

pes::record::Source here() {
  return {.name = [] { return "line 1"; },
          .damaged = pes::ErrorCode::journal_damaged,
          .newer = pes::ErrorCode::journal_newer};
}

pes::Event read(std::string_view line) { return pes::record::read_event(line, here()); }

/// A released line with one piece of text replaced.
std::string with(std::size_t line, std::string_view piece, std::string_view other) {
  std::string text = released_lines().at(line);
  const std::size_t begin = text.find(piece);
  REQUIRE(begin != std::string::npos);
  return text.replace(begin, piece.size(), other);
}

}  // namespace

TEST_SUITE("record") {
  TEST_CASE("events of schema 1 are read whole") {
    std::vector<pes::Event> events;
    for (const std::string& line : released_lines()) events.push_back(read(line));

    REQUIRE(events.size() == 6);
    CHECK(events[0].id_j == 1);
    CHECK(events[0].type == pes::EventType::dossier_action);
    CHECK(events[0].user == pes::test::sample_user());
    CHECK(events[0].titre == "TEST-PES-0322");
    REQUIRE(events[0].change.has_value());
    CHECK(events[0].change->row == pes::Action::creation);
    CHECK(events[0].change->fields.at("objet") == "TEST-PES-0322");
    CHECK(events[0].change->files.at("fichier_pes")->size == 6);
    CHECK_FALSE(events[0].change->job.has_value());
    CHECK_FALSE(events[1].change.has_value());
    CHECK(events[2].change->fields.at("id_pj") == std::nullopt);
    CHECK(events[2].change->job.value().value().etat_cible == pes::Action::send_tdt);
    CHECK(events[3].attempt == "O5uC72H-1");
    CHECK(events[3].change->attempt.value().value().cod_col == "123");
    CHECK(events[4].reason == "service.unreachable");
    CHECK(events[4].change->files.at("pes_acquit") == std::nullopt);
    CHECK(events[4].change->job.value() == std::nullopt);
    CHECK(events[4].change->attempt.value() == std::nullopt);
    CHECK(events[5].id_d.empty());
    CHECK(events[5].document_type.empty());
    CHECK(events[5].change == pes::Change{});
  }

  TEST_CASE("events are written as they were released, byte for byte") {
    for (const std::string& line : released_lines()) {
      CHECK(pes::record::write_event(read(line)) == line);
    }
  }

  TEST_CASE("the digest of an event is that of its line") {
    const auto lines = released_lines();

    CHECK(read(lines[0]).sha256 == pes::crypto::sha256_hex(lines[0]));
    CHECK(read(lines[1]).previous == read(lines[0]).sha256);
  }

  TEST_CASE("an event is one line whatever its texts hold") {
    pes::Event event = pes::test::sample_event("one\ntwo\r\n\x01\xFF");
    event.previous = std::string(64, '0');

    const std::string line = pes::record::write_event(event);

    CHECK(line.find_first_of("\r\n") == std::string::npos);
    CHECK(read(line).message == "one\ntwo\r\n\x01\uFFFD");
  }

  TEST_CASE("a newer schema is refused as such") {
    const auto newer = with(0, "pes.event/1", "pes.event/2");

    CHECK(refusal([&] { read(newer); }).code() == pes::ErrorCode::journal_newer);
  }

  TEST_CASE("what is not an event is told with its line and key") {
    const std::vector<std::pair<std::string, std::string>> faults = {
        {released_lines()[0].substr(1), "not JSON"},
        {with(0, "pes.event/1", "pes.dossier/1"), "schema"},
        {with(0, "\"id_j\":1", "\"id_j\":\"1\""), "id_j"},
        {with(0, "\"type\":1", "\"type\":15"), "type"},
        {with(0, "\"type\":1", "\"type\":0"), "type"},
        {with(0, "\"O5uC72H\"", "\"\""), "id_d"},
        {with(0, "\"row\":\"creation\"", "\"row\":\"créé\""), "change.row"},
        {with(0, "\"1\"", "1"), "change.data.envoi_sae"},
        {with(0, ":6,", ":6.5,"), "change.files.fichier_pes.size"},
        {with(3, "\"kind\":\"tdt-import\",", ""), "change.attempt.kind"},
        {with(3, "eaf29c78", "eaf29c7"), "change.attempt.sha1"},
        {with(5, "\"change\":{}", "\"change\":[]"), "change"},
        {with(0, "\"previous\":\"0", "\"previous\":\""), "previous"},
    };
    for (const auto& fault : faults) {
      CAPTURE(fault.second);
      const pes::Error error = refusal([&] { read(fault.first); });

      CHECK(error.code() == pes::ErrorCode::journal_damaged);
      CHECK(error.message().find("line 1") == 0);
      CHECK(error.message().find(fault.second) != std::string::npos);
    }
  }
}
