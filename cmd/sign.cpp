#include "batch.hpp"
#include "commands.hpp"
#include "dossier_json.hpp"
#include "dry_run.hpp"
#include "exit_status.hpp"
#include "pes/error.hpp"
#include "pes/flow.hpp"
#include "session.hpp"
#include "signing_key.hpp"
#include "ui/labels.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <memory>
#include <string>

namespace pes::cmd {

namespace {

struct Options {
  BatchOptions batch;
  SigningKeyOptions key;
  bool set_dematerialisee = false;
  bool any_usage = false;
};

/// Thrown where a rehearsal stops: everything before the signature was right.
struct WouldSign {};

/// What the flow would be refused for, found without opening the key.
void require_sound_flow(const flow::Services& services, const DossierId& id) {
  const flow::CheckReport report = flow::check(services, id);
  const auto fault =
      std::find_if(report.findings.begin(), report.findings.end(),
                   [](const Finding& finding) { return finding.severity == Severity::error; });
  if (fault != report.findings.end()) {
    throw Error(ErrorCode::input_invalid, fault->message,
                say("see all that is wrong: pes check {1}", {id.text()}));
  }
}

ItemOutcome rehearse(const Options& options, Session& session, const DossierId& id) {
  ItemOutcome outcome;
  flow::SigningOrder order{
      .signer = [&]() -> std::unique_ptr<port::Signer> {
        const flow::Services& services = session.services();
        const std::string id_e = services.store.read(id).id_e;
        require_sound_flow(services, id);
        const auto certificate = peek_certificate(signing_key_files(services.settings, id_e));
        if (certificate) {
          require_may_sign(*certificate, services.clock.now(), options.any_usage);
        }
        throw WouldSign{};
      },
      .set_dematerialisee = options.set_dematerialisee,
      .any_usage = options.any_usage};
  try {
    (void)rehearsed_or_done(
        session, [&](flow::Services& services) { return flow::sign(services, id, order); });
    outcome.result = ItemOutcome::Result::already_done;
    outcome.text = say("{1}, already signed", {id.text()});
  } catch (const WouldSign&) {
    outcome.text = say("{1}, would be signed", {id.text()});
  }
  outcome.json["dry_run"] = true;
  return outcome;
}

ItemOutcome sign(const Options& options, Session& session, SigningKeys& keys, const DossierId& id) {
  flow::Services& services = session.services();
  const std::string id_e = services.store.read(id).id_e;
  const flow::Outcome signed_dossier = flow::sign(services, id,
                                                  {.signer = [&] { return keys.signer_for(id_e); },
                                                   .set_dematerialisee = options.set_dematerialisee,
                                                   .any_usage = options.any_usage});
  const Dossier& dossier = signed_dossier.dossier;
  ItemOutcome outcome;
  outcome.result =
      signed_dossier.changed ? ItemOutcome::Result::done : ItemOutcome::Result::already_done;
  outcome.changed = signed_dossier.changed;
  outcome.text = signed_dossier.changed
                     ? fill("{1} : {2}", {id.text(), dossier.value(field::signature)})
                     : say("{1}, already signed", {id.text()});
  outcome.json["dossier"] = dossier_detail(dossier, session.settings().entities());
  return outcome;
}

int run(const Options& options, Session& session) {
  apply(options.key, session);
  SigningKeys keys(session, options.any_usage);
  return run_dossiers(session, "sign", with_standard_input(options.batch),
                      [&](const DossierId& id) {
                        return session.options().dry_run ? rehearse(options, session, id)
                                                         : sign(options, session, keys, id);
                      });
}

}  // namespace

void add_sign(CommandLine& line) {
  auto options = std::make_shared<Options>();
  CLI::App& command =
      line.add("sign", tr("sign the flow of a dossier (XAdES)"),
               {.examples = {"pes sign O5uC72H",
                             "pes sign O5uC72H --key signataire.p12 --pin-from file:pin"},
                .dry_run = Stance::obeys,
                .dossiers_allowing = Action::modification},
               [options](Session& session) { return run(*options, session); });
  add_batch_options(command, options->batch);
  add_signing_key_options(command, options->key);
  command.add_flag("--set-dematerialisee", options->set_dematerialisee,
                   tr("write InfoDematerialisee = 1 in the flow before signing it"));
  command.add_flag("--any-usage", options->any_usage,
                   tr("accept a certificate that is not made for signing"));
}

}  // namespace pes::cmd
