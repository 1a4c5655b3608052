#include "sign_sense.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace pes::cmd {

namespace {

/// An option of the command line, and whether it was given.
struct Given {
  const char* name;
  bool is_given;
};

void require_dossiers_or_files(const BatchOptions& dossiers, const SignFilesOptions& files) {
  const bool has_dossiers = !dossiers.items.empty();
  const bool has_files = !files.inputs.empty();
  if (has_dossiers == has_files) {
    throw Error(ErrorCode::usage, tr("what to sign is either dossiers or files"),
                tr("name dossiers, or files with --in and --out"));
  }
  if (has_dossiers && !files.output.empty()) {
    throw Error(ErrorCode::usage, say("{1} goes with {2}", {"--out", "--in"}),
                tr("a dossier keeps its signed flow: pes show <dossier> --get fichier_pes"));
  }
}

void require_one_flow(const BatchOptions& dossiers, const SignFilesOptions& files,
                      const SigningMethodOptions& method, const Session& session) {
  if (!is_split(method)) return;
  if (dossiers.items.size() + files.inputs.size() > 1) {
    throw Error(ErrorCode::usage,
                tr("--prepare, --finish and --inject are for one flow at a time"));
  }
  if (method.prepare == "-" && session.options().manners.json) {
    throw Error(ErrorCode::usage, tr("the request and the result cannot share standard output"),
                tr("write the request to a file: --prepare <file>"));
  }
}

void refuse_beside(const char* option, const std::vector<Given>& others) {
  for (const Given& other : others) {
    if (!other.is_given) continue;
    throw Error(ErrorCode::usage, say("{1} does not go with {2}", {other.name, option}),
                tr("leave one of them out"));
  }
}

/// What would have no effect.
void refuse_idle_options(const SignFilesOptions& files, const SigningMethodOptions& method) {
  const std::vector<Given> of_key{{"--key", !method.key.key.empty()},
                                  {"--certificate", !method.key.certificate.empty()},
                                  {"--module", !method.key.module.empty()},
                                  {"--pin-from", !method.key.pin_from.empty()},
                                  {"--set-dematerialisee", method.set_dematerialisee}};
  if (!method.prepare.empty()) refuse_beside("--prepare", {{"--out", !files.output.empty()}});
  if (!method.finish.empty()) {
    refuse_beside("--finish", of_key);
    refuse_beside("--finish", {{"--mode", !method.mode.empty()}});
  }
  if (!method.inject.empty()) {
    refuse_beside("--inject", of_key);
    refuse_beside("--inject", {{"--any-usage", method.any_usage}});
  }
  const bool writes_a_file = !files.output.empty() || !method.prepare.empty();
  if (method.existing == Existing::replaced && !writes_a_file) {
    throw Error(ErrorCode::usage, say("{1} goes with {2}", {"--force", "--out, --prepare"}),
                tr("a dossier keeps its original beside its signed flow"));
  }
}

void require_one_reader_of_standard_input(const BatchOptions& dossiers,
                                          const SignFilesOptions& files,
                                          const SigningMethodOptions& method) {
  std::vector<std::string> words = dossiers.items;
  words.insert(words.end(), files.inputs.begin(), files.inputs.end());
  words.insert(words.end(), {method.finish, method.inject,
                             method.key.pin_from == "stdin" ? std::string("-") : std::string()});
  if (std::count(words.begin(), words.end(), "-") <= 1) return;
  throw Error(ErrorCode::usage, tr("standard input is named twice, and can be read once"),
              tr("put one of the two in a file"));
}

}  // namespace

void require_sense(const BatchOptions& dossiers, const SignFilesOptions& files,
                   const SigningMethodOptions& method, const Session& session) {
  require_dossiers_or_files(dossiers, files);
  require_one_flow(dossiers, files, method, session);
  refuse_idle_options(files, method);
  require_one_reader_of_standard_input(dossiers, files, method);
}

}  // namespace pes::cmd
