#include "xades/signed_info.hpp"

#include "support/text.hpp"
#include "xades/algorithms.hpp"
#include "xades/check_row.hpp"
#include "xml/names.hpp"

#include <chrono>

namespace pes::xades {

using helios::dsig_namespace;

namespace {

Element child(Element parent, std::string_view name) { return parent.only(dsig_namespace, name); }

std::string algorithm(Element method) { return method.attribute("Algorithm").value_or(""); }

Reference read_reference(Element element) {
  Reference reference;
  reference.uri = element.attribute("URI");
  reference.type = element.attribute("Type");
  for (const Element transform : child(element, "Transforms").children()) {
    const bool known = transform.is(dsig_namespace, "Transform");
    reference.transforms.push_back(known ? algorithm(transform) : std::string(transform.name()));
    reference.has_parameters = reference.has_parameters || !transform.children().empty();
  }
  reference.digest_method = algorithm(child(element, "DigestMethod"));
  reference.digest = from_base64(child(element, "DigestValue").text());
  return reference;
}

// When algorithms ceased to be reliable, as EU DSS has it (signature §8, check 9).
constexpr Instant end_of_sha1 =
    std::chrono::sys_days(std::chrono::year(2012) / std::chrono::August / 1);
constexpr Instant end_of_small_rsa =
    std::chrono::sys_days(std::chrono::year(2019) / std::chrono::October / 1);

Weight weight_of_weakness(std::optional<Instant> signed_at, Instant end) {
  return signed_at && *signed_at < end ? Weight::weak : Weight::strict_doubt;
}

bool is_legacy(std::optional<port::DigestAlgorithm> algorithm) {
  return algorithm == port::DigestAlgorithm::sha1;
}

}  // namespace

std::string Reference::target() const {
  if (!uri || !uri->starts_with('#') || !xml::is_ncname(uri->substr(1))) return {};
  return uri->substr(1);
}

const Reference* SignedInfo::content() const {
  return references.size() == 2 ? &references[properties_first ? 1 : 0] : nullptr;
}

const Reference* SignedInfo::properties() const {
  return references.size() == 2 ? &references[properties_first ? 0 : 1] : nullptr;
}

SignedInfo read_signed_info(const SignatureTree& tree) {
  SignedInfo info;
  const Element canonicalization = child(tree.signed_info, "CanonicalizationMethod");
  info.canonicalization = algorithm(canonicalization);
  info.canonicalization_has_parameters = !canonicalization.children().empty();
  const Element method = child(tree.signed_info, "SignatureMethod");
  info.signature_method = algorithm(method);
  info.signature_method_has_parameters = !method.children().empty();
  for (const Element element : tree.signed_info.children(dsig_namespace, "Reference")) {
    info.references.push_back(read_reference(element));
  }
  const std::string properties = tree.signed_properties.attribute("Id").value_or("");
  info.properties_first = info.references.size() == 2 && !properties.empty() &&
                          info.references[0].target() == properties &&
                          info.references[1].target() != properties;
  return info;
}

bool has_content_transforms(const Reference& reference) {
  return !reference.has_parameters &&
         reference.transforms == std::vector<std::string>{std::string(enveloped_signature),
                                                          std::string(exclusive_c14n)};
}

bool has_properties_transforms(const Reference& reference) {
  return !reference.has_parameters &&
         reference.transforms == std::vector<std::string>{std::string(exclusive_c14n)};
}

CheckRow check_canonicalization(const SignedInfo& info) {
  CheckRow row(6, "canonicalization.method", SubIndication::format_failure);
  if (info.canonicalization == exclusive_c14n_with_comments) {
    row.warn(tr("SignedInfo is canonicalised with its comments, which is unusual"));
  } else if (info.canonicalization != exclusive_c14n) {
    row.fail(say("the canonicalization of SignedInfo is {1}, and only the exclusive one is allowed",
                 {info.canonicalization}));
  }
  if (info.canonicalization_has_parameters) {
    row.fail(tr("the canonicalization of SignedInfo has parameters, and none is allowed"));
  }
  return row;
}

CheckRow check_signature_method(const SignedInfo& info, const std::optional<Certificate>& signer,
                                std::optional<Instant> signed_at) {
  CheckRow row(7, "signature.algorithm", SubIndication::crypto_constraints_failure);
  const auto digest = digest_of_rsa_uri(info.signature_method);
  if (!digest || info.signature_method_has_parameters) {
    row.fail(say("the signature algorithm {1} is not accepted: a PES is signed with RSA and SHA-2",
                 {info.signature_method}));
  } else if (is_legacy(digest)) {
    row.note(weight_of_weakness(signed_at, end_of_sha1),
             tr("weak: it is signed with RSA and SHA-1, accepted in old files only"));
  }
  constexpr int least_key_bits = 2048;
  constexpr int least_old_key_bits = 1900;
  if (signer && signer->key_bits < least_key_bits) {
    const bool is_small = signer->key_bits < least_old_key_bits;
    row.note(is_small ? weight_of_weakness(signed_at, end_of_small_rsa) : Weight::remark,
             say("weak: its key has {1} bits, too few today and accepted in old files only",
                 {std::to_string(signer->key_bits)}));
  }
  return row;
}

CheckRow check_references(const SignedInfo& info, SignatureMode mode) {
  CheckRow row(8, "references.form", SubIndication::signed_data_not_found);
  if (info.references.size() != 2) {
    row.fail(
        say("it has {1} references where two are expected: the content and the signed "
            "properties",
            {std::to_string(info.references.size())}));
  }
  for (const Reference& reference : info.references) {
    const bool is_content = &reference == info.content();
    if (reference.uri == "" && is_content && mode == SignatureMode::root) {
      row.warn(tr("it names the whole file by an empty address rather than by the root's Id"));
    } else if (reference.target().empty()) {
      row.fail(say("a reference has the address \"{1}\", and only \"#Id\" is allowed",
                   {reference.uri.value_or("")}));
    }
    if (!reference.digest) row.fail(tr("a reference has no digest that can be read"));
  }
  if (info.properties_first) {
    row.note(Weight::s2low_refusal,
             tr("the content is not the first reference, and S²LOW refuses such a signature"));
  }
  return row;
}

CheckRow check_digest_methods(const SignedInfo& info, std::optional<Instant> signed_at) {
  CheckRow row(9, "digest.algorithm", SubIndication::crypto_constraints_failure);
  bool legacy = false;
  for (const Reference& reference : info.references) {
    const auto algorithm = digest_of_uri(reference.digest_method);
    if (!algorithm) {
      row.fail(say("the digest algorithm {1} is not accepted", {reference.digest_method}));
    }
    legacy = legacy || is_legacy(algorithm);
  }
  if (legacy) {
    row.note(weight_of_weakness(signed_at, end_of_sha1),
             tr("weak: its digests are SHA-1, accepted in old files only"));
  }
  return row;
}

CheckRow check_transforms(const SignedInfo& info) {
  CheckRow row(10, "references.transforms", SubIndication::format_failure);
  for (const Reference& reference : info.references) {
    const bool is_properties = &reference == info.properties();
    // What a reference is for can only be told of two.
    const bool accepted = (!is_properties && has_content_transforms(reference)) ||
                          (&reference != info.content() && has_properties_transforms(reference));
    if (accepted) continue;
    if (is_properties && has_content_transforms(reference)) {
      row.fail(
          tr("the reference to the signed properties takes the whole signature away before "
             "digesting, so that nothing is left to digest: old DGFiP tools wrote this, and "
             "xmlsec refuses it as well"));
    } else {
      row.fail(say("the reference to \"{1}\" goes through transforms that are not allowed: {2}",
                   {reference.uri.value_or(""),
                    reference.transforms.empty() ? tr("none") : join(reference.transforms, ", ")}));
    }
  }
  return row;
}

}  // namespace pes::xades
