#include "crypto/digest.hpp"
#include "flow/birth.hpp"
#include "flow/form.hpp"
#include "flow/sent_names.hpp"
#include "pes/dossier_type.hpp"
#include "pes/flow.hpp"
#include "pes/pes_aller.hpp"
#include "pes/preflight.hpp"
#include "pes/split_signing.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes::flow {

namespace {

/// The identifiers that a content may have, in order. The second serves when the first is that of
/// another dossier: two dossiers of 100,000 agree in the first in one home of about 700.
std::vector<DossierId> identifiers_of(const std::string& sha256, const std::string& id_e,
                                      const std::string& type) {
  constexpr int most = 5;
  std::vector<DossierId> ids;
  for (int rank = 0; rank < most; ++rank) {
    ids.push_back(DossierId::derived_from(
        crypto::sha256_hex(join({sha256, id_e, type, std::to_string(rank)}, "\n"))));
  }
  return ids;
}

std::optional<Dossier> standing(const port::Store& store, const DossierId& id) {
  try {
    return store.read(id);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::dossier_unknown) return std::nullopt;
    throw;
  }
}

/// What is asked, made certain.
struct Asked {
  const Deposit& deposit;
  const Entity& entity;
  const DossierType& type;
  std::string sha256;
  std::string objet;
};

/// Where the dossier of a content is, or may be made.
struct Place {
  std::optional<Dossier> known;
  std::optional<DossierId> free;
};

/// All of them are looked at, even after a free one: the dossier that stood there when this
/// content came first may be deleted since.
Place place_of(const port::Store& store, const Asked& asked) {
  Place place;
  for (const DossierId& id : identifiers_of(asked.sha256, asked.entity.id_e, asked.type.id)) {
    auto dossier = standing(store, id);
    if (!dossier) {
      if (!place.free) place.free = id;
    } else if (dossier->value(field::depot_sha256) == asked.sha256 &&
               dossier->id_e == asked.entity.id_e && dossier->type == asked.type.id) {
      place.known = std::move(dossier);
      return place;
    }
  }
  if (!place.free)
    throw Error(ErrorCode::internal, "Impossible de trouver un numéro de transaction");
  return place;
}

NamedFile named(const Deposit& deposit) { return {deposit.file, deposit.file_name}; }

void require_acceptable(const Services& services, const Asked& asked) {
  const NamedFile file = named(asked.deposit);
  require_valid_objet(asked.objet);
  const std::string& id_e = asked.entity.id_e;
  PreflightRules rules = preflight_rules(services.settings, id_e, services.clock.now());
  rules.sent_before = [&](const FlowName& name) { return sender_of(services, name, id_e, {}); };
  const PreflightReport report = check_flow(file, rules);
  const auto fault =
      std::find_if(report.findings.begin(), report.findings.end(),
                   [](const Finding& finding) { return finding.severity == Severity::error; });
  if (fault != report.findings.end()) {
    const std::string place =
        fault->line == 0 ? file.name : file.name + ":" + std::to_string(fault->line);
    throw Error(ErrorCode::input_invalid, say("{1}: {2}", {place, fault->message}),
                tr("see all that would be refused: pes check <file>"));
  }
  if (!asked.deposit.signing || asked.type.signature == SignatureStep::none) return;
  SigningRequest request;
  request.input = file;
  request.mode = asked.deposit.signing->mode;
  request.set_dematerialisee = asked.deposit.signing->set_dematerialisee;
  (void)elements_to_sign(request);
}

const DossierType& type_for(const Deposit& deposit, const PesAller& flow) {
  if (!deposit.type.empty()) return dossier_type(deposit.type);
  return dossier_type(flow.signatures > 0 ? "pes" : "pes-avec-signature");
}

Error being_written(const std::string& name) {
  return {ErrorCode::io_failed, say("{1} changed while it was read", {name}),
          tr("it will be taken once nothing writes it any more")};
}

/// Throws state_forbids when another one makes its dossier at the same time.
Outcome make_dossier(Services& services, const Asked& asked, const DossierId& id) {
  const Deposit& deposit = asked.deposit;
  InHand hand = InHand::create(services, id, asked.entity.id_e, asked.type.id);
  const StoredFile stored = hand.files().keep(field::fichier_pes, deposit.file_name, deposit.file);
  // A rehearsal keeps nothing, and has no digest.
  if (!stored.sha256.empty() && stored.sha256 != asked.sha256) {
    throw being_written(deposit.file_name);
  }
  record_birth(hand, {.objet = asked.objet,
                      .flow = stored,
                      .envoi_sae = deposit.envoi_sae,
                      .depot_sha256 = asked.sha256});
  return {hand.dossier(), true};
}

}  // namespace

Outcome deposit(Services& services, const Deposit& deposit) {
  const Entity& entity = open_entity(services.settings, deposit.id_e);
  const PesAller flow = read_pes_aller(named(deposit));
  const Asked asked{deposit, entity, type_for(deposit, flow),
                    crypto::digest_file(deposit.file).sha256,
                    deposit.objet.empty() ? objet_from_name(deposit.file_name) : deposit.objet};
  const Place place = place_of(services.store, asked);
  if (place.known) return {*place.known, false};
  require_acceptable(services, asked);
  try {
    return make_dossier(services, asked, *place.free);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::state_forbids) throw;
    const Place since = place_of(services.store, asked);
    if (since.known) return {*since.known, false};
    return make_dossier(services, asked, *since.free);
  }
}

}  // namespace pes::flow
