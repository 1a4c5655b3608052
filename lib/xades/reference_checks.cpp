#include "xades/reference_checks.hpp"

#include "crypto/digest.hpp"
#include "support/text.hpp"
#include "xades/algorithms.hpp"
#include "xades/canonical_form.hpp"
#include "xades/check_row.hpp"

#include <algorithm>
#include <array>

namespace pes::xades {

namespace {

bool is_unique(const std::string& id, const IdCounts& ids) {
  const auto found = ids.find(id);
  return found != ids.end() && found->second == 1;
}

bool is_known_type(const std::string& type) {
  constexpr std::array types{"http://uri.etsi.org/01903/v1.1.1#SignedProperties",
                             "http://uri.etsi.org/01903/v1.2.2#SignedProperties",
                             "http://uri.etsi.org/01903#SignedProperties"};
  return std::find(types.begin(), types.end(), type) != types.end();
}

void compare_content(const Reference& reference, const helios::SignableElement& parent,
                     CheckRow& row) {
  // Each covers the others, so those that were there before the last one are broken.
  if (parent.signatures > 1) {
    row.note(Weight::refusal_everywhere,
             say("\"{1}\" holds {2} signatures, so its content was modified after the first one",
                 {parent.id, std::to_string(parent.signatures)}));
    return;
  }
  const auto algorithm = digest_of_uri(reference.digest_method);
  const auto digest = algorithm ? parent.digests.find(*algorithm) : parent.digests.end();
  if (digest == parent.digests.end()) {
    row.skip(SubIndication::crypto_constraints_failure,
             tr("the content was not compared: its digest algorithm is not accepted"));
  } else if (digest->second != reference.digest) {
    row.fail(say("the content of \"{1}\" was modified after it was signed", {parent.id}));
  }
}

void compare_properties(const Reference& reference, const SignatureTree& tree, CheckRow& row) {
  const auto algorithm = digest_of_uri(reference.digest_method);
  const std::optional<std::string> canonical = canonical_form(tree.signed_properties);
  if (!algorithm) {
    row.skip(SubIndication::crypto_constraints_failure,
             tr("the properties were not compared: their digest algorithm is not accepted"));
  } else if (!canonical || crypto::digest(*algorithm, *canonical) != reference.digest) {
    row.fail(
        tr("the signed properties (time, role, certificate, policy) were modified after signing"));
  }
}

}  // namespace

IdCounts count_ids(const helios::Reading& reading) {
  IdCounts counts;
  for (const helios::IdAttribute& id : reading.ids) ++counts[id.value];
  return counts;
}

const helios::SignableElement* parent_of(const helios::SignatureElement& signature,
                                         const helios::Reading& reading) {
  return signature.parent ? &reading.elements[*signature.parent] : nullptr;
}

CheckRow check_content_target(const SignedInfo& info, const helios::SignableElement* parent,
                              const IdCounts& ids) {
  CheckRow row(11, "references.content", SubIndication::signed_data_not_found);
  const Reference* const reference = info.content();
  if (parent == nullptr) {
    row.fail(
        tr("it does not stand in an element that can be signed: nothing of the flow is "
           "covered"));
  } else if (reference == nullptr) {
    row.skip(SubIndication::signed_data_not_found, tr("there is no reference to the content"));
  } else if (reference->uri == "" && parent->kind == helios::SignableElement::Kind::root) {
    return row;
  } else if (reference->target().empty()) {
    row.skip(SubIndication::signed_data_not_found,
             say("the address \"{1}\" names no element", {reference->uri.value_or("")}));
  } else if (reference->target() != parent->id) {
    row.fail(say("it signs \"{1}\" and not the element it stands in, \"{2}\"",
                 {reference->uri.value_or(""), parent->id}));
  } else if (!is_unique(parent->id, ids)) {
    row.note(Weight::refusal_everywhere,
             say("the Id \"{1}\" that it signs stands several times in the file", {parent->id}));
  }
  return row;
}

CheckRow check_properties_target(const SignedInfo& info, const SignatureTree& tree,
                                 const IdCounts& ids) {
  CheckRow row(12, "references.properties", SubIndication::signed_data_not_found);
  const Reference* const reference = info.properties();
  const std::string id = tree.signed_properties.attribute("Id").value_or("");
  if (reference == nullptr || !tree.signed_properties) {
    row.skip(SubIndication::signed_data_not_found,
             tr("there are no signed properties with a reference to them"));
    return row;
  }
  if (id.empty() || reference->target() != id) {
    row.fail(say("the properties that it signs, \"{1}\", are not its own, \"{2}\"",
                 {reference->uri.value_or(""), id}));
  } else if (!is_unique(id, ids)) {
    row.fail(say("the Id \"{1}\" of its properties stands several times in the file", {id}));
  }
  if (reference->type && !is_known_type(*reference->type)) {
    row.fail(say("the reference to the properties has the unknown type {1}", {*reference->type}));
  }
  return row;
}

CheckRow check_digests(const SignedInfo& info, const SignatureTree& tree,
                       const helios::SignableElement* parent, const CheckRow& content,
                       const CheckRow& properties) {
  CheckRow row(13, "references.digest", SubIndication::hash_failure);
  if (info.content() == nullptr || parent == nullptr || !content.stands() ||
      !has_content_transforms(*info.content())) {
    row.skip(SubIndication::signed_data_not_found,
             tr("what it signs cannot be told, so the content was not compared"));
  } else {
    compare_content(*info.content(), *parent, row);
  }
  if (info.properties() == nullptr || !properties.stands() ||
      !has_properties_transforms(*info.properties())) {
    row.skip(SubIndication::signed_data_not_found,
             tr("which properties it signs cannot be told, so they were not compared"));
  } else {
    compare_properties(*info.properties(), tree, row);
  }
  return row;
}

}  // namespace pes::xades
