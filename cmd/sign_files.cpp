#include "sign_files.hpp"

#include "batch.hpp"
#include "input_file.hpp"
#include "output_file.hpp"
#include "pes/error.hpp"
#include "pes/flow.hpp"
#include "temporary_folder.hpp"
#include "ui/language.hpp"

#include <optional>
#include <system_error>

namespace pes::cmd {

namespace {

bool is_folder(const std::string& path) {
  std::error_code unknown;
  return path.ends_with('/') || std::filesystem::is_directory(path, unknown);
}

bool goes_to_standard_output(const SignFilesOptions& files) { return files.output == "-"; }

void require_output(const SignFilesOptions& files, const SigningMethodOptions& method,
                    const Session& session) {
  if (!method.prepare.empty()) return;
  if (files.output.empty()) {
    throw Error(ErrorCode::usage, tr("where the signed flow goes is not said"),
                tr("name a file, or - for standard output: --out <file>"));
  }
  if (files.inputs.size() > 1 && !is_folder(files.output)) {
    throw Error(ErrorCode::usage, tr("several flows cannot be signed into one file"),
                tr("name a folder: --out <folder>/"));
  }
  if (goes_to_standard_output(files) && session.options().manners.json) {
    throw Error(ErrorCode::usage, tr("bytes and JSON cannot share standard output"),
                tr("write the flow to a file: --out <file>"));
  }
}

/// The original of a signed flow is kept, by whoever has it.
void require_other_file(const InputFile& input, const std::filesystem::path& output) {
  std::error_code unknown;
  if (!std::filesystem::equivalent(input.path(), output, unknown)) return;
  throw Error(ErrorCode::usage, tr("a flow is not signed in its own place"),
              tr("name another file: --out <file>"));
}

std::filesystem::path output_for(const SignFilesOptions& files, const InputFile& input) {
  if (!is_folder(files.output)) return files.output;
  return std::filesystem::path(files.output) / input.name();
}

SigningRequest request_for(const InputFile& input, const SigningMethodOptions& method,
                           Session& session, const std::string& id_e) {
  SigningRequest request;
  request.input = input.file();
  request.properties = flow::signature_properties(session.settings(), id_e);
  request.signing_time = session.clock().now();
  request.mode = mode_asked(method);
  request.set_dematerialisee = method.set_dematerialisee;
  request.progress = [&session](std::size_t rank, std::size_t total, std::string_view id) {
    session.console().detail(
        1, say("signature {1} of {2}: {3}", {std::to_string(rank), std::to_string(total), id}));
  };
  return request;
}

ItemOutcome told(const SigningOutcome& made, const std::string& output, Session& session) {
  for (const Finding& warning : made.warnings) session.console().warning(warning.message);
  ItemOutcome outcome;
  outcome.changed = true;
  const std::string text =
      say("{1}: signed, {2} signatures", {output, std::to_string(made.signed_ids.size())});
  if (output == "-") {
    session.console().detail(1, text);
  } else {
    outcome.text = text;
  }
  outcome.json["output"] = output;
  outcome.json["mode"] = made.mode == SignatureMode::root ? "root" : "bordereau";
  outcome.json["signed_ids"] = made.signed_ids;
  return outcome;
}

ItemOutcome to_standard_output(SigningRequest request, const std::string& id_e,
                               const MakeSigned& make, Session& session) {
  const TemporaryFolder folder;
  request.output = folder.path() / "signed.xml";
  const SigningOutcome made = make(request, id_e);
  copy_out(session.console(), request.output, "-");
  return told(made, "-", session);
}

ItemOutcome rehearse(const SigningRequest& request, const std::string& id_e,
                     const SigningMethodOptions& method, Session& session) {
  require_signable(method, session, request, id_e);
  ItemOutcome outcome;
  outcome.text = say("{1}, would be signed", {request.input.name});
  outcome.json["dry_run"] = true;
  return outcome;
}

ItemOutcome prepare_file(const SigningRequest& request, const std::string& id_e,
                         const SigningMethodOptions& method, Session& session, SigningKeys& keys) {
  prepare(method, session, keys, request, id_e);
  ItemOutcome outcome;
  outcome.json["prepared"] = method.prepare;
  if (method.prepare != "-") outcome.text = say("{1}: ready to be signed", {method.prepare});
  return outcome;
}

}  // namespace

void add_sign_files_options(CLI::App& command, SignFilesOptions& options) {
  command
      .add_option("--in", options.inputs,
                  tr("flow to sign without a dossier; - reads standard input; may be repeated"))
      ->type_name("<file>");
  command
      .add_option("--out", options.output, tr("where the signed flow goes: a file, a folder, or -"))
      ->type_name("<file>");
}

int sign_files(const SignFilesOptions& files, const SigningMethodOptions& method,
               Session& session) {
  require_output(files, method, session);
  apply(method.key, session);
  const std::optional<Entity> entity = session.entity();
  const std::string id_e = entity ? entity->id_e : std::string();
  SigningKeys keys(session, method.any_usage);
  const MakeSigned make = signing_method(method, session, keys);
  return run_batch(
      session, "sign", {.items = files.inputs, .fail_fast = files.fail_fast},
      [](const std::string&) { return ItemKind::file; },
      [&](const std::string& word, ItemKind) {
        const InputFile input(word, word == "-" ? tr("standard input") : "");
        SigningRequest request = request_for(input, method, session, id_e);
        if (session.options().dry_run) return rehearse(request, id_e, method, session);
        if (!method.prepare.empty()) return prepare_file(request, id_e, method, session, keys);
        if (goes_to_standard_output(files)) {
          return to_standard_output(request, id_e, make, session);
        }
        request.output = output_for(files, input);
        require_other_file(input, request.output);
        return told(make(request, id_e), request.output.native(), session);
      });
}

}  // namespace pes::cmd
