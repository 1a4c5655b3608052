#include "contract/sae_contract.hpp"
#include "contract/sandbox_partner.hpp"
#include "crypto/digest.hpp"
#include "pes/seda.hpp"

#include <doctest/doctest.h>

#include <iterator>
#include <string>
#include <utility>

namespace {

using namespace pes::test;

/// As a text of XML.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '&' ? "&amp;" : std::string(1, c);
  return result;
}

/// A bordereau of SEDA 1.0 for one file.
std::string bordereau_text(const std::string& id, const std::string& nom_fic,
                           const std::string& digest) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
         "<ArchiveTransfer xmlns=\"fr:gouv:culture:archivesdefrance:seda:v1.0\">"
         "<Date>2026-01-05T10:00:00+00:00</Date><TransferIdentifier>" +
         escaped(id) +
         "</TransferIdentifier><ArchivalAgency><Identification>FRAD000</Identification>"
         "</ArchivalAgency><TransferringAgency><Identification>Mairie d'Étretat</Identification>"
         "</TransferringAgency><Archive><DescriptionLanguage>fra</DescriptionLanguage>"
         "<Name>Flux comptable</Name><OriginatingAgencyArchiveIdentifier>" +
         nom_fic +
         "</OriginatingAgencyArchiveIdentifier><ContentDescription>"
         "<DescriptionLevel>file</DescriptionLevel><Language>fra</Language></ContentDescription>"
         "<Document><Attachment filename=\"flux.xml\"/>"
         "<Integrity algorithme=\"http://www.w3.org/2001/04/xmlenc#sha256\">" +
         digest + "</Integrity><Type>CDO</Type></Document></Archive></ArchiveTransfer>";
}

std::string nom_fic_for(SaeBench::Fate fate) {
  switch (fate) {
    case SaeBench::Fate::rejected:
      return "FLUX-SCENARIO-sae-rejette";
    case SaeBench::Fate::refused_at_once:
      return "FLUX-SCENARIO-sae-refuse";
    case SaeBench::Fate::accepted:
      break;
  }
  return "FLUX";
}

/// as@lae as the sandbox plays it; deposits come whole or in pieces.
class AsalaeBench final : public SaeBench {
 public:
  /// @param pieces 0: whole
  explicit AsalaeBench(int pieces) : pieces_(pieces) {
    pes::test::write(flow_, "<flux/>");
    digest_ = pes::crypto::sha256_hex("<flux/>");
    pes::write_archive(archive_, {{.name = "flux.xml",
                                   .path = flow_,
                                   .size = std::filesystem::file_size(flow_),
                                   .sha256 = digest_}});
  }

  std::unique_ptr<pes::port::Sae> open() override { return open_with(depositor()); }
  std::unique_ptr<pes::port::Sae> open_with_wrong_password() override {
    return open_with(with_wrong_password(depositor()));
  }
  std::unique_ptr<pes::port::Sae> open_where_nobody_listens() override {
    return open_with(to_nobody(depositor()));
  }

  Transfer write(const std::string& id, Fate fate) override {
    const auto bordereau = partner_.folder() / "bordereau.xml";
    pes::test::write(bordereau, bordereau_text(id, nom_fic_for(fate), digest_));
    return {
        .agency = "Mairie d'Étretat", .id = id, .bordereau_seda = bordereau, .archive = archive_};
  }

  /// The opening comes before the pieces.
  [[nodiscard]] int exchanges_of_deposit() const override { return 1 + pieces_; }

  void trouble_exchange(int nth, Trouble trouble) override {
    partner_.trouble_exchange(nth, trouble);
  }

  void advance() override { partner_.advance(); }

  [[nodiscard]] std::size_t received() const override {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(partner_.folder() / "sae/transfers"),
                      std::filesystem::directory_iterator()));
  }

 private:
  [[nodiscard]] pes::HttpsAccess depositor() const {
    return partner_.access(partner_.server().sae_url(), SandboxPartner::Account::depositor);
  }

  [[nodiscard]] std::unique_ptr<pes::port::Sae> open_with(pes::HttpsAccess access) const {
    const auto pieces = static_cast<std::uintmax_t>(pieces_);
    return pes::make_asalae(
        {.https = std::move(access),
         .chunk_bytes =
             pieces == 0 ? 0 : (std::filesystem::file_size(archive_) + pieces - 1) / pieces});
  }

  int pieces_;
  SandboxPartner partner_;
  std::filesystem::path flow_ = partner_.folder() / "flux.xml";
  std::filesystem::path archive_ = partner_.folder() / "archive.tar.gz";
  std::string digest_;
};

TEST_SUITE("contract") {
  TEST_CASE("as@lae keeps the contract of SAEs with deposits in one piece") {
    AsalaeBench bench(0);
    sae_contract(bench);
  }

  TEST_CASE("as@lae keeps the contract of SAEs with deposits in pieces") {
    AsalaeBench bench(2);
    sae_contract(bench);
  }
}

}  // namespace
