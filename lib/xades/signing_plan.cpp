#include "xades/signing_plan.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"
#include "xades/check_row.hpp"
#include "xades/file_checks.hpp"
#include "xml/names.hpp"

#include <algorithm>
#include <map>

namespace pes::xades {

namespace {

std::string line_of(const helios::Position& position) { return std::to_string(position.line); }

void require_ascii_markup(const helios::Reading& reading, const std::filesystem::path& file) {
  if (reading.ascii_compatible) return;
  throw Error(
      ErrorCode::input_encoding,
      say("{1} is encoded in {2}, in which a signature cannot be inserted",
          {file.native(), reading.flow.encoding.empty() ? "UTF-16" : reading.flow.encoding}),
      tr("have it produced in ISO-8859-1, the only encoding that the TdT accepts"));
}

void require_places(const helios::Reading& reading, const std::filesystem::path& file) {
  const CheckRow places = check_places(reading);
  if (!places.is_refused()) return;
  throw Error(ErrorCode::input_invalid,
              say("{1} would be refused once signed: {2}", {file.native(), places.message()}),
              tr("have the file produced again without that signature"));
}

/// Names every Id of the file, and refuses those that a signature could not point at.
std::map<std::string, helios::Position> require_sound_ids(const helios::Reading& reading,
                                                          const std::filesystem::path& file) {
  std::map<std::string, helios::Position> seen;
  for (const helios::IdAttribute& id : reading.ids) {
    if (!xml::is_ncname(id.value)) {
      throw Error(ErrorCode::input_invalid,
                  say("the Id \"{1}\" at line {2} of {3} is not a name that a signature can point "
                      "at: it must start with a letter and hold no blank",
                      {id.value, line_of(id.at), file.native()}),
                  tr("have the file produced again with other Ids"));
    }
    const auto [first, is_new] = seen.emplace(id.value, id.at);
    if (is_new) continue;
    throw Error(ErrorCode::input_duplicate_id,
                say("the Id \"{1}\" stands twice in {2}, at lines {3} and {4}",
                    {id.value, file.native(), line_of(first->second), line_of(id.at)}),
                tr("have the file produced again with Ids that differ"));
  }
  return seen;
}

/// The three Ids of a new signature must be free as well.
void require_free_ids(const helios::Reading& reading, const SigningPlan& plan,
                      const std::map<std::string, helios::Position>& taken,
                      const std::filesystem::path& file) {
  for (const std::size_t rank : plan.elements) {
    const std::string signature = signature_id(reading.elements[rank].id);
    for (const std::string& id : {signature, signature + "_SP", signature + "_SV"}) {
      const auto found = taken.find(id);
      if (found == taken.end()) continue;
      throw Error(ErrorCode::input_duplicate_id,
                  say("the Id \"{1}\" that the signature of \"{2}\" would get is taken at line {3} "
                      "of {4}",
                      {id, reading.elements[rank].id, line_of(found->second), file.native()}),
                  tr("have the file produced again with other Ids"));
    }
  }
}

void require_end_tags(const helios::Reading& reading, const SigningPlan& plan,
                      const std::filesystem::path& file) {
  for (const std::size_t rank : plan.elements) {
    if (reading.elements[rank].end_tag) continue;
    throw Error(
        ErrorCode::input_invalid,
        say("the element \"{1}\" at line {2} of {3} is empty: there is nothing to sign",
            {reading.elements[rank].id, line_of(reading.elements[rank].at), file.native()}));
  }
}

/// Signed one by one, the Bordereaux leave out what stands beside them.
void require_no_stray(const helios::Reading& reading, const SigningPlan& plan,
                      const std::filesystem::path& file) {
  if (plan.mode == SignatureMode::root) return;
  std::vector<bool> covered(reading.elements.size(), true);
  covered.front() = false;
  for (const helios::StrayBordereau& stray : reading.strays) {
    if (is_covered(stray, covered)) continue;
    throw Error(ErrorCode::input_invalid,
                say("{1} would be refused once signed: the Bordereau at line {2} stands outside of "
                    "PES_DepenseAller and PES_RecetteAller, where no signature covers it",
                    {file.native(), line_of(stray.at)}),
                tr("have the file produced again with every Bordereau in its place"));
  }
}

std::vector<bool> signed_elements(const helios::Reading& reading) {
  std::vector<bool> is_signed(reading.elements.size(), false);
  for (const helios::SignatureElement& signature : reading.signatures) {
    if (signature.parent) is_signed[*signature.parent] = true;
  }
  return is_signed;
}

Error no_id(const helios::Reading& reading, const std::filesystem::path& file) {
  const auto nameless =
      std::find_if(reading.elements.begin() + 1, reading.elements.end(),
                   [](const helios::SignableElement& element) { return element.id.empty(); });
  const std::string missing =
      nameless == reading.elements.end()
          ? tr("it has no Bordereau, and its root has no Id")
          : say("the Bordereau at line {1} has no Id, nor has the root", {line_of(nameless->at)});
  return {ErrorCode::input_no_id, say("{1} cannot be signed: {2}", {file.native(), missing}),
          tr("have it produced with an Id on every Bordereau")};
}

SigningPlan plan_bordereaux(const helios::Reading& reading, const std::vector<bool>& is_signed,
                            const std::filesystem::path& file) {
  SigningPlan plan{SignatureMode::bordereau, {}};
  for (std::size_t i = 1; i < reading.elements.size(); ++i) {
    if (!is_signed[i]) plan.elements.push_back(i);
  }
  if (plan.elements.empty()) {
    throw Error(ErrorCode::input_already_signed,
                say("every Bordereau of {1} is already signed", {file.native()}),
                tr("send it as it is; a Bordereau is never signed twice (--mode root signs the "
                   "whole flow over them)"));
  }
  return plan;
}

/// What the field's rule falls back on. A Bordereau that is signed shows that it was not meant.
SigningPlan plan_root_by_default(const helios::Reading& reading, const std::vector<bool>& is_signed,
                                 const std::filesystem::path& file) {
  const auto found = std::find(is_signed.begin() + 1, is_signed.end(), true);
  if (found != is_signed.end()) {
    const auto rank = static_cast<std::size_t>(found - is_signed.begin());
    throw Error(ErrorCode::input_already_signed,
                say("the Bordereau at line {1} of {2} is already signed, and others have no Id to "
                    "be signed by themselves",
                    {line_of(reading.elements[rank].at), file.native()}),
                tr("have it produced again, unsigned, with an Id on every Bordereau"));
  }
  return {SignatureMode::root, {0}};
}

bool has_named_bordereaux(const helios::Reading& reading) {
  return reading.elements.size() > 1 &&
         std::none_of(reading.elements.begin() + 1, reading.elements.end(),
                      [](const helios::SignableElement& element) { return element.id.empty(); });
}

/// Asked for, the root is signed over the signatures of its Bordereaux (§7).
SigningPlan plan_as_asked(SignatureMode mode, const helios::Reading& reading,
                          const std::vector<bool>& is_signed, const std::filesystem::path& file) {
  if (mode == SignatureMode::root) {
    if (!reading.elements.front().id.empty()) return {SignatureMode::root, {0}};
    throw Error(ErrorCode::input_no_id,
                say("{1} cannot be signed as a whole: its root has no Id", {file.native()}),
                tr("have it produced with an Id on its root"));
  }
  if (!has_named_bordereaux(reading)) throw no_id(reading, file);
  return plan_bordereaux(reading, is_signed, file);
}

SigningPlan choose_elements(const helios::Reading& reading, const std::filesystem::path& file,
                            std::optional<SignatureMode> mode) {
  if (!reading.flow.has_depense && !reading.flow.has_recette) {
    throw Error(
        ErrorCode::input_no_id,
        say("{1} has neither dépense nor recette: there is nothing to sign in it", {file.native()}),
        tr("send it without signature"));
  }
  const std::vector<bool> is_signed = signed_elements(reading);
  if (is_signed.front()) {
    throw Error(ErrorCode::input_already_signed,
                say("{1} is already signed as a whole: one more signature would break that one",
                    {file.native()}),
                tr("send it as it is"));
  }
  if (mode) return plan_as_asked(*mode, reading, is_signed, file);
  if (has_named_bordereaux(reading)) return plan_bordereaux(reading, is_signed, file);
  if (reading.elements.front().id.empty()) throw no_id(reading, file);
  return plan_root_by_default(reading, is_signed, file);
}

}  // namespace

std::string signature_id(const std::string& signed_id) { return signed_id + "_SIG_1"; }

SigningPlan plan_signing(const helios::Reading& reading, const std::filesystem::path& file,
                         std::optional<SignatureMode> mode) {
  require_ascii_markup(reading, file);
  require_places(reading, file);
  SigningPlan plan = choose_elements(reading, file, mode);
  const auto ids = require_sound_ids(reading, file);
  require_free_ids(reading, plan, ids, file);
  require_end_tags(reading, plan, file);
  require_no_stray(reading, plan, file);
  return plan;
}

}  // namespace pes::xades
