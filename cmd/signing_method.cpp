#include "signing_method.hpp"

#include "input_file.hpp"
#include "output_file.hpp"
#include "pes/error.hpp"
#include "pes/split_signing.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace pes::cmd {

namespace {

/// What somebody returned: a file, or standard input.
struct Returned {
  std::string name;  // for messages
  std::string text;
};

Returned returned_in(const std::string& word) {
  const InputFile file(word, tr("standard input"));
  std::ifstream stream(file.path(), std::ios::binary);
  if (!stream) {
    throw Error(ErrorCode::file_unknown, say("there is no file {1}", {word}),
                tr("give the file that holds what was returned"));
  }
  return {.name = file.file().name, .text = {std::istreambuf_iterator<char>(stream), {}}};
}

MakeSigned finishing(const SigningMethodOptions& options, Session& session) {
  return [&options, &session](const SigningRequest& request, const std::string& /*id_e*/) {
    const Returned returned = returned_in(options.finish);
    const PreparedSigning prepared = read_prepared_signing(returned.text, returned.name);
    require_may_sign(prepared.certificate, session.clock().now(), options.any_usage);
    return finish_signing(request, prepared);
  };
}

MakeSigned injecting(const SigningMethodOptions& options) {
  return [&options](const SigningRequest& request, const std::string& /*id_e*/) {
    const Returned returned = returned_in(options.inject);
    return inject_signatures(request, returned.text, returned.name);
  };
}

Certificate certificate_of_signer(Session& session, SigningKeys& keys, const std::string& id_e) {
  const Settings& settings = session.settings();
  const std::filesystem::path alone = settings.path("sign.certificate", id_e);
  const KeyPlace place = alone.empty() ? signing_key_place(settings, id_e)
                                       : KeyPlace(KeyFiles{.key = {}, .certificate = alone});
  const auto certificate = certificate_at(place, session.clock().now());
  return certificate ? *certificate : keys.signer_for(id_e)->certificate();
}

void require_one_method(const SigningMethodOptions& options) {
  const std::array given{!options.prepare.empty(), !options.finish.empty(),
                         !options.inject.empty()};
  if (std::count(given.begin(), given.end(), true) <= 1) return;
  throw Error(ErrorCode::usage, tr("--prepare, --finish and --inject exclude each other"),
              tr("prepare first, have it signed, then finish"));
}

/// Before anything is computed or asked for.
void require_free_place(const SigningMethodOptions& options) {
  const bool kept = options.existing == Existing::kept;
  if (kept && is_taken(options.prepare)) refuse_to_replace(options.prepare);
}

}  // namespace

void add_signing_method_options(Command& command, SigningMethodOptions& options) {
  add_signing_key_options(command, options.key);
  command.add_flag("--set-dematerialisee", options.set_dematerialisee,
                   tr("write InfoDematerialisee = 1 in the flow before signing it"));
  command.add_flag("--any-usage", options.any_usage,
                   tr("accept a certificate that is not made for signing"));
  command.add_option("--mode", options.mode, tr("what to sign, instead of the field's rule"))
      .type_name("{bordereau | root}");
  command
      .add_option("--prepare", options.prepare,
                  tr("write what somebody else must sign to this file; - for standard output"))
      .type_name("<file>");
  command
      .add_option("--finish", options.finish,
                  tr("sign with the values filled in what was prepared"))
      .type_name("<file>");
  command
      .add_option("--inject", options.inject, tr("insert the signatures that Libersign returned"))
      .type_name("<file>");
  add_force_option(command, options.existing);
}

bool is_split(const SigningMethodOptions& options) {
  require_one_method(options);
  return !options.prepare.empty() || !options.finish.empty() || !options.inject.empty();
}

std::optional<SignatureMode> mode_asked(const SigningMethodOptions& options) {
  if (options.mode.empty()) return std::nullopt;
  if (options.mode == "bordereau") return SignatureMode::bordereau;
  if (options.mode == "root") return SignatureMode::root;
  throw Error(ErrorCode::usage, say("{1} cannot be {2}", {"--mode", options.mode}),
              tr("write bordereau or root"));
}

MakeSigned signing_method(const SigningMethodOptions& options, Session& session,
                          SigningKeys& keys) {
  if (!options.finish.empty()) return finishing(options, session);
  if (!options.inject.empty()) return injecting(options);
  return [&keys](const SigningRequest& request, const std::string& id_e) {
    return sign_pes_aller(request, *keys.signer_for(id_e));
  };
}

void prepare(const SigningMethodOptions& options, Session& session, SigningKeys& keys,
             const SigningRequest& request, const std::string& id_e) {
  require_free_place(options);
  const Certificate certificate = certificate_of_signer(session, keys, id_e);
  require_may_sign(certificate, session.clock().now(), options.any_usage);
  write_out(session.console(), write_prepared_signing(prepare_signing(request, certificate)),
            options.prepare, options.existing);
}

void require_signable(const SigningMethodOptions& options, Session& session,
                      const SigningRequest& request, const std::string& id_e) {
  require_free_place(options);
  (void)elements_to_sign(request);
  if (!options.finish.empty() || !options.inject.empty()) return;
  const Instant now = session.clock().now();
  const auto certificate = certificate_at(signing_key_place(session.settings(), id_e), now);
  if (certificate) require_may_sign(*certificate, now, options.any_usage);
}

}  // namespace pes::cmd
