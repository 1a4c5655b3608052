#include "flow/sip.hpp"

#include "pes/pes_acquit.hpp"
#include "pes/seda.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace pes::flow {

namespace {

constexpr std::size_t max_acquit_bytes = 256UL << 20U;

SedaAgreement agreement_of(const Settings& settings, const std::string& id_e) {
  const auto text = [&](std::string_view key) { return settings.text(key, id_e); };
  SedaAgreement agreement;
  agreement.archival = {text("sae.archival_agency"), text("sae.archival_agency_name")};
  agreement.transferring = {text("sae.transferring_agency"), text("sae.transferring_agency_name")};
  agreement.originating = {text("sae.originating_agency"), text("sae.originating_agency_name")};
  agreement.agreement = text("sae.agreement");
  agreement.profile = text("sae.profile");
  agreement.service_level = text("sae.service_level");
  agreement.access_code = text("sae.access_code");
  agreement.appraisal_code = text("sae.appraisal_code");
  agreement.appraisal_duration = text("sae.appraisal_duration");
  agreement.archive_level = text("sae.archive_level");
  agreement.pes_level = text("sae.pes_level");
  return agreement;
}

/// Gives each file its name in the archive.
class Entries {
 public:
  explicit Entries(const InHand& hand) : hand_(hand) {}

  ArchiveEntry add(const StoredFile& file) {
    ArchiveEntry entry;
    entry.name = archive_entry_name(file.name, names_);
    entry.path = hand_.path(file);
    entry.size = file.size;
    entry.sha256 = file.sha256;
    names_.push_back(entry.name);
    entries_.push_back(entry);
    return entry;
  }
  [[nodiscard]] const std::vector<ArchiveEntry>& all() const { return entries_; }

 private:
  const InHand& hand_;
  std::vector<std::string> names_;
  std::vector<ArchiveEntry> entries_;
};

/// Unique for ever, so never the one of the SIP before, even within a second (sae §7).
std::string new_transfer_id(const Dossier& dossier, const StoredFile& pes, Instant now) {
  auto seconds = now.time_since_epoch().count();
  const auto id_at = [&] { return pes.sha256 + "_" + std::to_string(seconds); };
  if (id_at() == dossier.value(field::sae_transfert_id)) ++seconds;
  return id_at();
}

void require_valid(const InHand& hand, const std::string& bordereau) {
  const std::filesystem::path configured =
      hand.services().settings.path("schemas.seda", hand.dossier().id_e);
  if (configured.empty()) return;
  const auto faults = validate_against_schema(bordereau, configured / "seda_v1-0.xsd");
  if (faults.empty()) return;
  throw Error(ErrorCode::input_invalid,
              say("the bordereau SEDA of dossier {1} is not valid: line {2}: {3}",
                  {hand.dossier().id_d.text(), std::to_string(faults.front().line),
                   faults.front().message}),
              tr("check the sae.* keys: pes config show sae"));
}

}  // namespace

Change build_sip(InHand& hand, const std::string& tdt_name) {
  Services& services = hand.services();
  const Dossier& dossier = hand.dossier();
  const StoredFile& pes = *dossier.file(field::fichier_pes);
  const Entity& entity = services.settings.entities().find(dossier.id_e);

  Entries entries(hand);
  SedaRequest request;
  request.agreement = agreement_of(services.settings, dossier.id_e);
  request.transfer_id = new_transfer_id(dossier, pes, services.clock.now());
  request.date = services.clock.now();
  request.entity_name = entity.denomination;
  request.entity_siren = entity.siren;
  request.tdt_name = tdt_name;
  request.flow = read_pes_aller(hand.path(field::fichier_pes));
  request.pes_aller = entries.add(pes);
  if (const StoredFile* acquit = dossier.file(field::pes_acquit)) {
    request.acquit =
        read_pes_acquit_leniently(read_file(hand.path(field::pes_acquit), max_acquit_bytes));
    request.pes_acquit = entries.add(*acquit);
  }
  const StoredFile proof = hand.files().keep_bytes(
      field::journal, "journal.json",
      proof_bundle(services.journal, services.stamps, dossier.id_d, dossier.etats.front().id_j));
  if (services.settings.boolean("sae.journal", dossier.id_e)) request.journal = entries.add(proof);

  const std::string bordereau = build_bordereau_seda(request);
  require_valid(hand, bordereau);
  const std::filesystem::path archive = hand.files().scratch("archive.tar.gz");
  write_archive(archive, entries.all());

  Change change;
  change.fields.emplace(field::sae_transfert_id, request.transfer_id);
  change.files.emplace(field::journal, proof);
  change.files.emplace(field::sae_bordereau,
                       hand.files().keep_bytes(field::sae_bordereau, "bordereau.xml", bordereau));
  change.files.emplace(field::sae_archive,
                       hand.files().keep_scratch(field::sae_archive, "archive.tar.gz", archive));
  return change;
}

}  // namespace pes::flow
