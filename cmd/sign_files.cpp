#include "sign_files.hpp"

#include "batch.hpp"
#include "input_file.hpp"
#include "output_file.hpp"
#include "pes/error.hpp"
#include "pes/flow.hpp"
#include "temporary_folder.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <optional>
#include <system_error>

namespace pes::cmd {

namespace {

bool is_folder(const std::string& path) {
  std::error_code unknown;
  return path.ends_with('/') || std::filesystem::is_directory(path, unknown);
}

bool goes_to_standard_output(const SignFilesOptions& files) { return files.output == "-"; }

/// To standard output, or into a pipe or a device.
bool is_poured(const SignFilesOptions& files) {
  return goes_to_standard_output(files) || is_stream(files.output);
}

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
  const bool has_stream = std::count(files.inputs.begin(), files.inputs.end(), "-") > 0;
  if (has_stream && is_folder(files.output)) {
    throw Error(ErrorCode::usage, tr("a flow on standard input has no name"),
                tr("name a file, or - for standard output: --out <file>"));
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

ItemOutcome told(const SigningOutcome& made, const SigningRequest& request,
                 const std::string& output, Session& session) {
  for (const Finding& warning : made.warnings) {
    session.console().warning(fill("{1}: {2}", {request.input.name, warning.message}));
  }
  ItemOutcome outcome;
  outcome.changed = true;
  const std::string text =
      say("{1}: signed, signatures: {2}", {output, std::to_string(made.signed_ids.size())});
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

/// @param output where a signed flow stands already; empty: nowhere
ui::Json nothing_signed(const std::string& output) {
  return {
      {"output", ui::text_or_null(output)}, {"mode", nullptr}, {"signed_ids", ui::Json::array()}};
}

/// What a first run of the same command wrote is left as it is; anything else is refused.
ItemOutcome signed_before(const SigningRequest& request, const std::filesystem::path& place) {
  if (!is_signed_before(request)) refuse_to_replace(place);
  ItemOutcome outcome;
  outcome.result = ItemOutcome::Result::already_done;
  outcome.text = say("{1}, already signed", {place.native()});
  outcome.json = nothing_signed(place.native());
  return outcome;
}

/// One run over several files.
class FileSigning {
 public:
  FileSigning(const SignFilesOptions& files, const SigningMethodOptions& method, Session& session)
      : files_(files),
        method_(method),
        session_(session),
        id_e_(entity_of(session)),
        keys_(session, method.any_usage),
        make_(signing_method(method, session, keys_)) {}

  ItemOutcome sign(const std::string& word) {
    try {
      return signed_or_refused(word);
    } catch (const Error& error) {
      ItemOutcome outcome = ItemOutcome::failure(error);
      outcome.json = nothing_done();
      return outcome;
    }
  }

 private:
  ItemOutcome signed_or_refused(const std::string& word) {
    const InputFile input(word, word == "-" ? tr("standard input") : "");
    SigningRequest request = request_for(input, method_, session_, id_e_);
    if (!method_.prepare.empty()) return prepare_request(request);
    if (is_poured(files_)) return pour(std::move(request));
    const std::filesystem::path place = output_for(files_, input);
    require_other_file(input, place);
    request.output = followed(place);
    if (method_.existing == Existing::kept && is_taken(request.output)) {
      return signed_before(request, place);
    }
    if (session_.options().dry_run) return rehearse(request);
    const SigningOutcome made = make_(request, id_e_);
    give_usual_rights(request.output);
    return told(made, request, place.native(), session_);
  }

  [[nodiscard]] ui::Json nothing_done() const {
    return method_.prepare.empty() ? nothing_signed({}) : ui::Json{{"prepared", nullptr}};
  }

  static std::string entity_of(Session& session) {
    const std::optional<Entity> entity = session.entity();
    return entity ? entity->id_e : std::string();
  }

  ItemOutcome rehearse(const SigningRequest& request) {
    require_signable(method_, session_, request, id_e_);
    ItemOutcome outcome;
    outcome.text = say("{1}, would be signed", {request.input.name});
    outcome.json = nothing_done();
    outcome.json["dry_run"] = true;
    return outcome;
  }

  ItemOutcome prepare_request(const SigningRequest& request) {
    if (session_.options().dry_run) return rehearse(request);
    prepare(method_, session_, keys_, request, id_e_);
    ItemOutcome outcome;
    outcome.json["prepared"] = method_.prepare;
    if (method_.prepare != "-") outcome.text = say("{1}: ready to be signed", {method_.prepare});
    return outcome;
  }

  ItemOutcome pour(SigningRequest request) {
    if (session_.options().dry_run) return rehearse(request);
    const TemporaryFolder folder;
    request.output = folder.path() / "signed.xml";
    const SigningOutcome made = make_(request, id_e_);
    copy_out(session_.console(), request.output, files_.output, Existing::replaced);
    return told(made, request, files_.output, session_);
  }

  const SignFilesOptions& files_;
  const SigningMethodOptions& method_;
  Session& session_;
  std::string id_e_;
  SigningKeys keys_;
  MakeSigned make_;
};

}  // namespace

void add_sign_files_options(Command& command, SignFilesOptions& options) {
  command
      .add_option("--in", options.inputs,
                  tr("flow to sign without a dossier; - reads standard input; may be repeated"))
      .type_name("<file>");
  command
      .add_option("--out", options.output, tr("where the signed flow goes: a file, a folder, or -"))
      .type_name("<file>");
}

int sign_files(const SignFilesOptions& files, const SigningMethodOptions& method,
               Session& session) {
  require_output(files, method, session);
  apply(method.key, session);
  FileSigning signing(files, method, session);
  return run_batch(
      session, "sign", {.items = files.inputs, .fail_fast = files.fail_fast},
      [](const std::string&) { return ItemKind::file; },
      [&](const std::string& word, ItemKind) { return signing.sign(word); });
}

}  // namespace pes::cmd
