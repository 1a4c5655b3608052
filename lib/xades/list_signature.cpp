#include "xades/list_signature.hpp"

#include "crypto/digest.hpp"
#include "helios/reading.hpp"
#include "pes/error.hpp"
#include "support/text.hpp"
#include "xades/algorithms.hpp"
#include "xades/canonical_form.hpp"
#include "xades/signature_tree.hpp"
#include "xades/signature_value.hpp"
#include "xades/signed_info.hpp"
#include "xades/signer_certificate.hpp"

#include <string>

namespace pes::xades {

namespace {

/// The only other reference that is read is the one to its own signed properties.
bool has_readable_form(const SignedInfo& info, const SignatureTree& tree) {
  const Reference* const content = info.content();
  const Reference* const properties = info.properties();
  return content != nullptr && properties != nullptr && has_content_transforms(*content) &&
         has_properties_transforms(*properties) &&
         properties->target() == tree.signed_properties.attribute("Id") &&
         digest_of_uri(content->digest_method) && digest_of_uri(properties->digest_method) &&
         digest_of_rsa_uri(info.signature_method) && !check_canonicalization(info).is_refused();
}

bool names_the_root(const Reference& reference, Element root) {
  return reference.uri == "" ||
         (!reference.target().empty() && reference.target() == root.attribute("Id").value_or(""));
}

bool has_digest(const Reference& reference, const std::optional<std::string>& canonical) {
  return canonical &&
         crypto::digest(*digest_of_uri(reference.digest_method), *canonical) == reference.digest;
}

[[noreturn]] void refuse(std::string_view name) {
  throw Error(ErrorCode::input_invalid,
              say("the signature of the trusted list {1} does not match it", {name}),
              tr("it was changed since it was signed: take it again from its operator"));
}

}  // namespace

ListSignature check_list_signature(std::string_view xml, std::string_view name) {
  XmlDocument document = parse_document(xml);
  if (!document) return {ListSignature::State::uncheckable, std::nullopt};
  const Element root = Element::root_of(document);
  const Element signature = root.only(helios::dsig_namespace, "Signature");
  if (!signature) return {ListSignature::State::absent, std::nullopt};

  const SignatureTree tree = take_apart(std::move(document), signature);
  const SignedInfo info = read_signed_info(tree);
  const SignerCertificate signer = choose_certificate(tree);
  if (!signer.certificate || !has_readable_form(info, tree) ||
      !names_the_root(*info.content(), root)) {
    return {ListSignature::State::uncheckable, signer.certificate};
  }
  const bool value_matches =
      check_signature_value(tree, info, signer.certificate, check_canonicalization(info),
                            check_signature_method(info, signer.certificate, std::nullopt))
          .notes()
          .empty();
  const bool properties_match =
      has_digest(*info.properties(), canonical_form(tree.signed_properties));
  const bool content_matches = has_digest(*info.content(), canonical_form_without(root, signature));
  if (!value_matches || !properties_match || !content_matches) refuse(name);
  return {ListSignature::State::sound, signer.certificate};
}

}  // namespace pes::xades
