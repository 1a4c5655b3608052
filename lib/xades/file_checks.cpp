#include "xades/file_checks.hpp"

#include "support/text.hpp"
#include "xades/check_row.hpp"
#include "xades/dematerialisation.hpp"
#include "xml/names.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace pes::xades {

using Kind = helios::SignableElement::Kind;

namespace {

std::string line_of(const helios::Position& position) { return std::to_string(position.line); }

std::string in_brackets(const std::string& id) { return id.empty() ? "" : " (" + id + ")"; }

bool has_signed_content(const helios::Reading& reading, Domain domain) {
  const Kind kind = domain == Domain::depense ? Kind::depense : Kind::recette;
  const bool has_domain =
      domain == Domain::depense ? reading.flow.has_depense : reading.flow.has_recette;
  for (const helios::SignatureElement& signature : reading.signatures) {
    if (!signature.parent) continue;
    const Kind signed_kind = reading.elements[*signature.parent].kind;
    if (signed_kind == kind || (signed_kind == Kind::root && has_domain)) return true;
  }
  return false;
}

}  // namespace

bool is_covered(const helios::StrayBordereau& stray, const std::vector<bool>& covered) {
  return std::any_of(stray.within.begin(), stray.within.end(),
                     [&](std::size_t rank) { return covered[rank]; });
}

CheckRow check_format(const helios::Reading& reading) {
  CheckRow row(1, "file.format", SubIndication::format_failure);
  if (!reading.flow.latin1_in_first_50) {
    row.note(Weight::s2low_refusal,
             tr("the file does not announce ISO-8859-1 in its first 50 characters, and S²LOW "
                "refuses such a file"));
  }
  return row;
}

CheckRow check_root(const helios::Reading& reading, const std::vector<Finding>& schema_faults) {
  constexpr std::size_t most_told = 3;
  CheckRow row(2, "file.root", SubIndication::format_failure);
  for (const Finding& fault : schema_faults) {
    if (row.notes().size() == most_told) {
      row.warn(say("{1} more", {std::to_string(schema_faults.size() - most_told)}));
      break;
    }
    row.warn(fault.line == 0 ? fault.message
                             : say("line {1}, {2}", {std::to_string(fault.line), fault.message}));
  }
  for (const helios::StrayBordereau& stray : reading.strays) {
    row.warn(
        say("the Bordereau at line {1}{2} stands outside of PES_DepenseAller and PES_RecetteAller",
            {line_of(stray.at), in_brackets(stray.id)}));
  }
  return row;
}

CheckRow check_ids(const helios::Reading& reading) {
  CheckRow row(3, "ids.unique", SubIndication::format_failure);
  std::map<std::string, helios::Position> seen;
  for (const helios::IdAttribute& id : reading.ids) {
    if (!xml::is_ncname(id.value)) {
      row.fail(say("the Id \"{1}\" at line {2} is not a name", {id.value, line_of(id.at)}));
    }
    const auto [first, is_new] = seen.emplace(id.value, id.at);
    if (!is_new) {
      row.fail(
          say("the Id \"{1}\" stands twice, at lines {2} and {3}: what a signature points at "
              "cannot be told",
              {id.value, line_of(first->second), line_of(id.at)}));
    }
  }
  return row;
}

CheckRow check_places(const helios::Reading& reading) {
  CheckRow row(4, "signatures.place", SubIndication::format_failure);
  std::set<std::size_t> taken;
  for (const helios::SignatureElement& signature : reading.signatures) {
    if (!signature.parent) {
      row.fail(say("the signature at line {1} stands neither in the root nor in a Bordereau",
                   {line_of(signature.at)}));
    } else if (!signature.last_child) {
      row.fail(say("the signature at line {1} is not the last child of its element",
                   {line_of(signature.at)}));
    }
    if (signature.parent && !taken.insert(*signature.parent).second) {
      row.fail(
          say("the signature at line {1} is the second of its element", {line_of(signature.at)}));
    }
  }
  return row;
}

CheckRow check_coverage(const helios::Reading& reading, const std::vector<bool>& covered) {
  CheckRow row(24, "file.coverage");
  if (reading.signatures.empty()) {
    row.note(Weight::refusal_everywhere, tr("the flow is not signed"));
    return row;
  }
  for (const helios::StrayBordereau& stray : reading.strays) {
    if (is_covered(stray, covered)) continue;
    row.fail(
        say("no valid signature covers the Bordereau at line {1}{2}, which stands outside of "
            "PES_DepenseAller and PES_RecetteAller",
            {line_of(stray.at), in_brackets(stray.id)}));
  }
  if (covered.front()) return row;  // the root: it covers all others
  if (reading.elements.size() == 1) row.fail(tr("no valid signature covers the flow"));
  for (std::size_t i = 1; i < reading.elements.size(); ++i) {
    if (covered[i]) continue;
    row.fail(say("no valid signature covers the Bordereau at line {1}{2}",
                 {line_of(reading.elements[i].at), in_brackets(reading.elements[i].id)}));
  }
  return row;
}

CheckRow check_dematerialisation(const helios::Reading& reading) {
  CheckRow row(25, "file.dematerialised");
  for (const Domain domain : {Domain::depense, Domain::recette}) {
    if (has_signed_content(reading, domain) && !is_dematerialised(reading, domain)) {
      row.warn(
          say("{1} does not say InfoDematerialisee 1 although it is signed, and Hélios rejects "
              "such a flow",
              {header_name(domain)}));
    }
  }
  return row;
}

}  // namespace pes::xades
