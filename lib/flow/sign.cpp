#include "flow/in_hand.hpp"
#include "pes/dossier_type.hpp"
#include "support/text.hpp"

namespace pes::flow {

namespace {

SignatureProperties properties_for(const Settings& settings, const std::string& id_e) {
  return {.role = settings.text("sign.role", id_e),
          .city = settings.text("sign.city", id_e),
          .postal_code = settings.text("sign.postal_code", id_e),
          .country = settings.text("sign.country", id_e)};
}

void require_to_be_signed(const Dossier& dossier) {
  if (dossier_type(dossier.type).signature == SignatureStep::none) {
    throw Error(ErrorCode::state_forbids,
                say("dossiers of type « {1} » are sent as they are, without a local signature",
                    {dossier_type(dossier.type).label}),
                tr("create the dossier as « PES (avec signature) » to sign it here"));
  }
  require_possible(dossier, Action::modification);
  if (dossier.file(field::fichier_pes) == nullptr) {
    throw Error(ErrorCode::state_forbids, form_faults(dossier).back(),
                say("attach the flow: pes edit {1} --fichier <file>", {dossier.id_d.text()}));
  }
}

/// Signs into the dossier's folder. Nothing of the dossier is changed.
StoredFile signed_flow(InHand& hand, const SigningOrder& order) {
  Services& services = hand.services();
  const DossierId& id = hand.dossier().id_d;
  const std::unique_ptr<port::Signer> signer = order.signer();
  require_may_sign(signer->certificate(), services.clock.now(), order.any_usage);
  const std::string name = hand.dossier().file(field::fichier_pes)->name;
  SigningRequest request;
  request.input = hand.path(field::fichier_pes);
  request.shown_as = name;
  request.output = hand.files().scratch("signed.xml");
  request.properties = properties_for(services.settings, hand.dossier().id_e);
  request.signing_time = services.clock.now();
  request.set_dematerialisee = order.set_dematerialisee;
  // One file is one item for the signing component, whatever its bordereaux (§2.9).
  notify(services, Notice::Kind::signing, id,
         fill("Patientez, signature n°1/1 en cours. Format : {1}", {xades_profile}));
  const SigningOutcome outcome = sign_pes_aller(request, *signer);
  for (const Finding& warning : outcome.warnings) {
    notify(services, Notice::Kind::warning, id, warning.message);
  }
  return hand.files().keep_scratch(field::fichier_pes, name, request.output);
}

constexpr std::string_view signature_action = "signature";

}  // namespace

Outcome sign(Services& services, const DossierId& id, const SigningOrder& order) {
  InHand hand(services, id);
  const Dossier& dossier = hand.dossier();
  // Whatever happened since, what is asked for is done.
  if (!dossier.value(field::signature).empty()) return {dossier, false};
  require_to_be_signed(dossier);

  Change change;
  change.files.emplace(field::fichier_original, *dossier.file(field::fichier_pes));
  change.fields.emplace(field::signature, "La signature a été récupérée");
  try {
    change.files.emplace(field::fichier_pes, signed_flow(hand, order));
  } catch (const Error& error) {
    hand.record({.type = EventType::failed_attempt,
                 .user = services.user,
                 .action = std::string(signature_action),
                 .message = error.message(),
                 .reason = std::string(pes::id(error.code()))});
    throw;
  }
  hand.record({.user = services.user,
               .action = std::string(signature_action),
               .message = "La signature a été récupérée",
               .change = change});
  return {hand.dossier(), true};
}

}  // namespace pes::flow
