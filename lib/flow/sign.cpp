#include "flow/in_hand.hpp"
#include "pes/dossier_type.hpp"
#include "support/text.hpp"

namespace pes::flow {

namespace {

port::DigestAlgorithm digest_named(std::string_view name) {
  if (name == "sha1") return port::DigestAlgorithm::sha1;
  if (name == "sha384") return port::DigestAlgorithm::sha384;
  if (name == "sha512") return port::DigestAlgorithm::sha512;
  return port::DigestAlgorithm::sha256;
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

SigningRequest request_for(const Services& services, const Dossier& dossier,
                           const std::filesystem::path& flow, const SigningWish& wish) {
  SigningRequest request;
  request.input = {flow, dossier.file(field::fichier_pes)->name};
  request.properties = signature_properties(services.settings, dossier.id_e);
  request.signing_time = services.clock.now();
  request.mode = wish.mode;
  request.set_dematerialisee = wish.set_dematerialisee;
  return request;
}

/// Signs into the dossier's folder. Nothing of the dossier is changed.
StoredFile signed_flow(InHand& hand, const SigningOrder& order) {
  Services& services = hand.services();
  const DossierId& id = hand.dossier().id_d;
  SigningRequest request =
      request_for(services, hand.dossier(), hand.path(field::fichier_pes), order.wish);
  request.output = hand.files().scratch("signed.xml");
  // One file is one item for the signing component, whatever its bordereaux (§2.9).
  notify(services, Notice::Kind::signing, id,
         fill("Patientez, signature n°1/1 en cours. Format : {1}", {xades_profile}));
  const SigningOutcome outcome = order.make(request);
  for (const Finding& warning : outcome.warnings) {
    notify(services, Notice::Kind::warning, id, warning.message);
  }
  return hand.files().keep_scratch(field::fichier_pes, request.input.name, request.output);
}

constexpr std::string_view signature_action = "signature";

}  // namespace

SignatureProperties signature_properties(const Settings& settings, const std::string& id_e) {
  return {.role = settings.text("sign.role", id_e),
          .city = settings.text("sign.city", id_e),
          .postal_code = settings.text("sign.postal_code", id_e),
          .country = settings.text("sign.country", id_e),
          .policy = settings.text("sign.policy", id_e) == oid_of_2011 ? SignaturePolicy::of_2011
                                                                      : SignaturePolicy::of_2018,
          .digest_namespace = settings.text("sign.digest_namespace", id_e) == "ds"
                                  ? DigestNamespace::dsig
                                  : DigestNamespace::xades,
          .certificate_digest = digest_named(settings.text("sign.certificate_digest", id_e))};
}

AwaitedSignature awaited_signature(const Services& services, const DossierId& id,
                                   const SigningWish& wish) {
  const Dossier dossier = services.store.read(id);
  if (!dossier.value(field::signature).empty()) {
    throw Error(ErrorCode::input_already_signed, say("dossier {1} is already signed", {id.text()}));
  }
  require_to_be_signed(dossier);
  ReadableFile flow = services.store.readable(id, *dossier.file(field::fichier_pes));
  return {request_for(services, dossier, flow.path(), wish), flow};
}

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
