#include "batch.hpp"
#include "commands.hpp"
#include "dossier_json.hpp"
#include "pes/error.hpp"
#include "pes/flow.hpp"
#include "session.hpp"
#include "sign_files.hpp"
#include "sign_sense.hpp"
#include "signing_method.hpp"
#include "ui/language.hpp"

#include <memory>
#include <string>

namespace pes::cmd {

namespace {

struct Options {
  BatchOptions batch;
  SignFilesOptions files;
  SigningMethodOptions method;
};

flow::SigningWish wish_of(const SigningMethodOptions& method) {
  return {.set_dematerialisee = method.set_dematerialisee, .mode = mode_asked(method)};
}

ItemOutcome already_signed(const DossierId& id) {
  ItemOutcome outcome;
  outcome.result = ItemOutcome::Result::already_done;
  outcome.text = say("{1}, already signed", {id.text()});
  return outcome;
}

ItemOutcome rehearse(const SigningMethodOptions& method, Session& session, const DossierId& id) {
  const flow::Services& services = session.services();
  const Dossier dossier = services.store.read(id);
  ItemOutcome outcome;
  if (!dossier.value(field::signature).empty()) {
    outcome = already_signed(id);
  } else {
    const auto awaited = flow::awaited_signature(services, id, wish_of(method));
    require_signable(method, session, awaited.request, dossier.id_e);
    outcome.text = say("{1}, would be signed", {id.text()});
  }
  outcome.json["dry_run"] = true;
  return outcome;
}

ItemOutcome prepare_dossier(const SigningMethodOptions& method, Session& session, SigningKeys& keys,
                            const DossierId& id) {
  const flow::Services& services = session.services();
  prepare(method, session, keys, flow::awaited_signature(services, id, wish_of(method)).request,
          services.store.read(id).id_e);
  ItemOutcome outcome;
  outcome.json["prepared"] = method.prepare;
  if (method.prepare != "-") outcome.text = say("{1}: ready to be signed", {method.prepare});
  return outcome;
}

ItemOutcome sign(const SigningMethodOptions& method, const MakeSigned& make, Session& session,
                 const DossierId& id) {
  flow::Services& services = session.services();
  const std::string id_e = services.store.read(id).id_e;
  const flow::Outcome signed_dossier =
      flow::sign(services, id,
                 {.make = [&](const SigningRequest& request) { return make(request, id_e); },
                  .wish = wish_of(method)});
  const Dossier& dossier = signed_dossier.dossier;
  ItemOutcome outcome;
  if (signed_dossier.changed) {
    outcome.changed = true;
    outcome.text = fill("{1} : {2}", {id.text(), dossier.value(field::signature)});
  } else {
    outcome = already_signed(id);
  }
  outcome.json["dossier"] = dossier_detail(dossier, session.settings().entities());
  return outcome;
}

int sign_dossiers(const Options& options, Session& session) {
  apply(options.method.key, session);
  SigningKeys keys(session, options.method.any_usage);
  const MakeSigned make = signing_method(options.method, session, keys);
  return run_dossiers(session, "sign", with_standard_input(options.batch),
                      [&](const DossierId& id) {
                        if (session.options().dry_run) return rehearse(options.method, session, id);
                        if (!options.method.prepare.empty()) {
                          return prepare_dossier(options.method, session, keys, id);
                        }
                        return sign(options.method, make, session, id);
                      });
}

int run(const Options& options, Session& session) {
  require_sense(options.batch, options.files, options.method, session);
  if (options.files.inputs.empty()) return sign_dossiers(options, session);
  SignFilesOptions files = options.files;
  files.fail_fast = options.batch.fail_fast;
  return sign_files(files, options.method, session);
}

}  // namespace

void add_sign(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add(
      "sign", tr("sign the flow of a dossier, or a file (XAdES)"),
      {.examples = {"pes sign O5uC72H", "pes sign O5uC72H --key signataire.p12 --pin-from file:pin",
                    "pes sign --in flux.xml --out flux-signe.xml --key signataire.p12"},
       .dry_run = Stance::obeys,
       .dossiers_allowing = Action::modification},
      [options](Session& session) { return run(*options, session); });
  add_batch_options(command, options->batch).not_required();
  add_sign_files_options(command, options->files);
  add_signing_method_options(command, options->method);
}

}  // namespace pes::cmd
