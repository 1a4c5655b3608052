#include "sandbox_authority.hpp"
#include "unit/flow/bench.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using Kind = pes::port::JournalFault::Kind;
using Json = nlohmann::ordered_json;
using namespace pes::test;
namespace flow = pes::flow;

namespace {

/// The sandbox's authority, which can be down.
class Authority final : public pes::port::Tsa {
 public:
  [[nodiscard]] std::string name() const override { return real_->name(); }
  std::string stamp(std::string_view sha256) override {
    if (is_down) throw pes::Error(pes::ErrorCode::service_unreachable, "no route");
    ++asked;
    return real_->stamp(sha256);
  }
  [[nodiscard]] pes::TimeStampAuthorities authorities() const { return sandbox_.authorities(); }

  bool is_down = false;
  int asked = 0;

 private:
  SandboxAuthority sandbox_;
  std::unique_ptr<pes::port::Tsa> real_ = sandbox_.tsa();
};

struct Home {
  Bench bench{pes::Instant(std::chrono::sys_days(std::chrono::year(2026) / 1 / 5))};
  Authority tsa;

  void happen(int times = 1) {
    for (int i = 0; i < times; ++i) {
      pes::Event event;
      event.date = bench.clock.now();
      event.id_e = "2";
      event.id_d = *pes::DossierId::parse("O5uC72H");
      event.action = "Consulté";
      event.message = "évènement";
      bench.journal->append(event);
    }
  }
  flow::StampReport stamp() { return flow::stamp_events(bench.services, tsa); }
  [[nodiscard]] flow::StampVerification verify() const {
    const auto authorities = tsa.authorities();
    return flow::verify_stamps(*bench.journal, *bench.stamps, &authorities);
  }
  [[nodiscard]] std::vector<Kind> kinds() const {
    std::vector<Kind> kinds;
    for (const auto& fault : verify().faults) kinds.push_back(fault.kind);
    return kinds;
  }
  [[nodiscard]] std::filesystem::path stamps_file() const {
    return bench.home() / "journal" / "stamps.jsonl";
  }
  [[nodiscard]] std::string bundle() const {
    return flow::proof_bundle(*bench.journal, *bench.stamps, *pes::DossierId::parse("O5uC72H"), 0);
  }
  [[nodiscard]] flow::BundleVerification verify_bundle(const std::string& bytes) const {
    const auto authorities = tsa.authorities();
    return flow::verify_bundle(bytes, &authorities);
  }
};

std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::vector<std::string> lines;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

void write_lines(const std::filesystem::path& file, const std::vector<std::string>& lines) {
  std::string bytes;
  for (const std::string& line : lines) bytes += line + "\n";
  write(file, bytes);
}

}  // namespace

TEST_SUITE("proof") {
  TEST_CASE("the first stamp is that of the last event; then each event has its own") {
    Home home;
    home.happen(5);

    CHECK(home.stamp().stamped == 1);
    home.happen(3);
    CHECK(flow::events_without_stamp(*home.bench.journal, *home.bench.stamps) == 3);
    CHECK(home.stamp().stamped == 3);
    CHECK(home.stamp().stamped == 0);

    CHECK(home.tsa.asked == 4);
    const auto verification = home.verify();
    CHECK(verification.faults.empty());
    CHECK(verification.stamped == 4);
    CHECK(verification.waiting == 0);
  }

  TEST_CASE("an authority that is down makes nothing fail, and the next run catches up") {
    Home home;
    home.happen();
    home.stamp();
    home.happen(4);
    home.tsa.is_down = true;

    const auto report = home.stamp();

    REQUIRE(report.error.has_value());
    CHECK(report.error->message() == "no route");
    CHECK(report.waiting == 4);
    CHECK(home.verify().faults.empty());
    CHECK(home.verify().waiting == 4);
    home.tsa.is_down = false;
    CHECK(home.stamp().waiting == 0);
    CHECK(home.verify().stamped == 5);
  }

  TEST_CASE("a process asked to stop begins no other stamp") {
    Home home;
    home.happen(2);
    home.bench.clock.end();

    const auto report = home.stamp();

    CHECK(report.stamped == 0);
    CHECK(report.waiting == 1);
    CHECK_FALSE(report.error.has_value());
  }

  TEST_CASE("a journal rewritten with its whole chain is betrayed by its stamps") {
    Home home;
    home.happen(3);
    home.stamp();
    home.happen(2);
    home.stamp();
    const auto journal = home.bench.home() / "journal" / "journal.jsonl";
    write(journal, "");
    std::filesystem::remove(home.bench.home() / "journal" / "head");
    home.bench.journal = pes::make_file_journal(home.bench.home());

    SUBCASE("with as many events") {
      for (int i = 0; i < 5; ++i) {
        pes::Event forged;
        forged.id_e = "2";
        forged.action = "Consulté";
        forged.message = "autre chose";
        home.bench.journal->append(forged);
      }
      CHECK(home.bench.journal->verify({}).empty());
      CHECK(home.kinds() == std::vector<Kind>(3, Kind::altered));
    }
    SUBCASE("with fewer") {
      CHECK(home.bench.journal->verify({}).empty());
      CHECK(home.kinds() == std::vector<Kind>(3, Kind::removed));
    }
  }

  TEST_CASE("stamps that were tampered with are told from the lines that were not") {
    Home home;
    home.happen();
    home.stamp();
    home.happen(3);
    home.stamp();
    auto lines = lines_of(home.stamps_file());
    REQUIRE(lines.size() == 4);

    SUBCASE("one was removed") {
      lines.erase(lines.begin() + 1);
      write_lines(home.stamps_file(), lines);
      CHECK(home.kinds() == std::vector<Kind>{Kind::stamp});
    }
    SUBCASE("one bears the token of another") {
      auto first = Json::parse(lines[1]);
      first["preuve"] = Json::parse(lines[2])["preuve"];
      lines[1] = first.dump();
      write_lines(home.stamps_file(), lines);
      CHECK(home.kinds() == std::vector<Kind>{Kind::stamp});
    }
    SUBCASE("one bears the digest of another line") {
      auto first = Json::parse(lines[1]);
      first["sha256"] = Json::parse(lines[2])["sha256"];
      lines[1] = first.dump();
      write_lines(home.stamps_file(), lines);
      CHECK(home.kinds() == std::vector<Kind>{Kind::altered, Kind::stamp});
    }
  }

  TEST_CASE("the stamps of a journal that is damaged are verified up to there") {
    Home home;
    home.happen();
    home.stamp();
    home.happen(3);
    home.stamp();
    const auto journal = home.bench.home() / "journal" / "journal.jsonl";
    auto lines = lines_of(journal);
    lines[2] = "damaged";
    write_lines(journal, lines);

    CHECK_FALSE(home.bench.journal->verify({}).empty());
    CHECK(home.kinds().empty());
  }

  TEST_CASE("a bundle has the events of one dossier, with their proofs, and is verified alone") {
    Home home;
    home.happen(2);
    home.stamp();
    home.happen(2);
    home.stamp();
    home.happen();
    const std::string bundle = home.bundle();

    const auto rows = Json::parse(bundle);

    REQUIRE(rows.size() == 5);
    CHECK(rows[0]["preuve"].is_null());
    CHECK(rows[1]["preuve"].is_string());
    CHECK(rows[4]["date_horodatage"].is_null());
    CHECK(rows[1]["message"] == "évènement");
    CHECK(rows[1]["ligne"] == lines_of(home.bench.home() / "journal" / "journal.jsonl")[1]);
    const auto verification = home.verify_bundle(bundle);
    CHECK(verification.faults.empty());
    CHECK(verification.events == 5);
    CHECK(verification.stamped == 3);
  }

  TEST_CASE("nothing in a bundle can be changed") {
    Home home;
    home.happen();
    home.stamp();
    home.happen(2);
    home.stamp();
    auto rows = Json::parse(home.bundle());
    const auto kinds = [&] {
      std::vector<Kind> result;
      for (const auto& fault : home.verify_bundle(rows.dump()).faults) result.push_back(fault.kind);
      return result;
    };
    REQUIRE(kinds().empty());

    SUBCASE("a column") {
      rows[1]["message"] = "autre chose";
      CHECK(kinds() == std::vector<Kind>{Kind::altered});
    }
    SUBCASE("a column that was not there") {
      rows[1]["autre"] = 1;
      CHECK(kinds() == std::vector<Kind>{Kind::altered});
    }
    SUBCASE("a date") {
      rows[1]["date_horodatage"] = "2020-01-01T00:00:00Z";
      CHECK(kinds() == std::vector<Kind>{Kind::altered});
    }
    SUBCASE("a line, with its columns") {
      auto line = Json::parse(rows[1]["ligne"].get<std::string>());
      line["message"] = rows[1]["message"] = "autre chose";
      rows[1]["ligne"] = line.dump();
      // Its digest, its stamp, and the next line that does not follow it any more.
      CHECK(kinds() == std::vector<Kind>{Kind::altered, Kind::stamp, Kind::altered});
    }
    SUBCASE("the order") {
      std::swap(rows[0], rows[1]);
      CHECK(kinds() == std::vector<Kind>{Kind::reordered});
    }
  }

  TEST_CASE("what is no bundle is refused") {
    for (const char* const bytes : {"", "{}", "no json", "[1]"}) {
      CAPTURE(bytes);
      CHECK_THROWS_AS(flow::verify_bundle(bytes, nullptr), pes::Error);
    }
  }
}
