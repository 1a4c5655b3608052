#include "deposit/manifest.hpp"
#include "deposit/zip_file.hpp"
#include "pes/deposit.hpp"
#include "pes/dossier.hpp"
#include "pes/error.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <system_error>

namespace pes::deposit {

namespace {

/// The files of a ZIP or folder, by the names that its manifest calls them by.
using Files = std::map<std::string, std::filesystem::path>;

/// What some systems add to ZIPs and folders.
bool is_of_the_system(const std::string& name) {
  return name.starts_with('.') || name.find("/.") != std::string::npos ||
         name.starts_with("__MACOSX/");
}

/// The folder that holds all of the files, with its slash: a ZIP is often that of a folder.
std::string common_folder(const std::vector<Unpacked>& files) {
  const std::string& first = files.front().name;
  const std::string folder = first.substr(0, first.find('/') + 1);
  const bool common = std::all_of(files.begin(), files.end(), [&](const Unpacked& file) {
    return file.name.starts_with(folder);
  });
  return common ? folder : std::string();
}

Files files_of_zip(const std::filesystem::path& zip, const std::filesystem::path& workspace,
                   const Limits& limits) {
  std::vector<Unpacked> unpacked = unpack(zip, workspace, limits);
  std::erase_if(unpacked, [](const Unpacked& file) { return is_of_the_system(file.name); });
  Files files;
  if (unpacked.empty()) return files;
  const std::size_t folder = common_folder(unpacked).size();
  for (const Unpacked& file : unpacked) files.emplace(file.name.substr(folder), file.path);
  return files;
}

Files files_of_folder(const std::filesystem::path& folder) {
  Files files;
  std::error_code failure;
  std::filesystem::directory_iterator entry(folder, failure);
  while (!failure && entry != std::filesystem::directory_iterator()) {
    const bool is_file =
        entry->symlink_status(failure).type() == std::filesystem::file_type::regular;
    const std::string name = entry->path().filename().native();
    if (!failure && is_file && !is_of_the_system(name)) files.emplace(name, entry->path());
    entry.increment(failure);
  }
  if (failure == std::errc::no_such_file_or_directory) {
    throw Error(ErrorCode::file_unknown, say("there is no folder {1}", {folder.native()}));
  }
  if (failure) {
    throw Error(ErrorCode::io_failed,
                say("{1} cannot be read: {2}", {folder.native(), failure.message()}));
  }
  if (files.empty()) {
    throw Error(ErrorCode::input_empty, say("there is no file in {1}", {folder.native()}));
  }
  return files;
}

Error at_fault(const std::string& manifest, const std::string& what) {
  return {ErrorCode::input_invalid, say("{1}: {2}", {manifest, what}),
          tr("correct the manifest, and deposit it again")};
}

/// The one flow of a manifest.
std::string flow_named(const Manifest& manifest, const Files& files, const std::string& shown_as) {
  const auto named = manifest.files.find(std::string(field::fichier_pes));
  if (named == manifest.files.end() || named->second.empty()) {
    throw at_fault(shown_as, say("it names no file {1}", {field::fichier_pes}));
  }
  if (named->second.size() > 1) {
    throw at_fault(shown_as, say("it names several files {1}", {field::fichier_pes}));
  }
  const std::string& name = named->second.front();
  if (!files.contains(name)) {
    throw at_fault(shown_as, say("the file {1} that it names is not there", {name}));
  }
  return name;
}

/// Pastell's boxes hold any of these.
bool is_ticked(const std::string& value) {
  const std::string word = lowered_ascii(value);
  return word == "1" || word == "on" || word == "true" || word == "oui";
}

Finding in_vain(const std::string& code, const std::string& message) {
  return {.severity = Severity::warning, .code = code, .message = message};
}

void take_data(const Manifest& manifest, Flow& flow) {
  for (const auto& [name, value] : manifest.data) {
    if (name == field::objet) {
      flow.objet = value;
    } else if (name == field::envoi_sae) {
      flow.envoi_sae = is_ticked(value);
    } else {
      flow.warnings.push_back(in_vain(
          "manifest.field", say("the manifest gives the field {1}, which is not used", {name})));
    }
  }
}

Finding unused(const std::string& code, const std::string& name) {
  return in_vain(code, say("the file {1} is in the deposit, and is not used", {name}));
}

void tell_unused_files(const Files& files, Flow& flow) {
  for (const auto& [name, path] : files) {
    if (name == flow.name || name == manifest_name) continue;
    flow.warnings.push_back(unused("manifest.file", name));
  }
}

Flow flow_of_manifest(const Files& files, const std::filesystem::path& file,
                      const std::string& shown_as) {
  const Manifest manifest = read_manifest(file, shown_as);
  Flow flow;
  flow.name = flow_named(manifest, files, shown_as);
  flow.file = files.at(flow.name);
  flow.type = manifest.type;
  take_data(manifest, flow);
  tell_unused_files(files, flow);
  return flow;
}

std::vector<Flow> flows_without_manifest(const Files& files, const std::filesystem::path& zip) {
  std::vector<Flow> flows;
  std::vector<Finding> warnings;
  for (const auto& [name, path] : files) {
    if (!lowered_ascii(name).ends_with(".xml")) {
      warnings.push_back(unused("zip.file", name));
      continue;
    }
    Flow flow;
    flow.name = name;
    flow.file = path;
    flows.push_back(std::move(flow));
  }
  if (flows.empty()) {
    throw Error(ErrorCode::input_invalid, say("there is no flow in {1}", {zip.native()}),
                tr("flows are looked for under names that end in .xml"));
  }
  flows.front().warnings = std::move(warnings);
  return flows;
}

}  // namespace

std::vector<Flow> flows_of(const Source& source, const std::filesystem::path& workspace,
                           const Limits& limits) {
  if (source.kind == Source::Kind::flow) {
    Flow flow;
    flow.name = source.path.filename().native();
    flow.file = source.path;
    return {flow};
  }
  const bool is_zip = source.kind == Source::Kind::zip;
  const Files files =
      is_zip ? files_of_zip(source.path, workspace, limits) : files_of_folder(source.path);
  const auto manifest = files.find(std::string(manifest_name));
  const std::string shown_as = (source.path / manifest_name).native();
  if (manifest != files.end()) return {flow_of_manifest(files, manifest->second, shown_as)};
  if (is_zip) return flows_without_manifest(files, source.path);
  throw Error(ErrorCode::input_invalid,
              say("there is no {1} in the folder {2}", {manifest_name, source.path.native()}),
              tr("a folder is deposited with a manifest; flows alone stand beside it, not in it"));
}

}  // namespace pes::deposit
