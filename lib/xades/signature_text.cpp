#include "xades/signature_text.hpp"

#include "crypto/digest.hpp"
#include "helios/reading.hpp"
#include "pes/error.hpp"
#include "pes/time.hpp"
#include "support/text.hpp"
#include "xades/algorithms.hpp"
#include "xades/ascii_text.hpp"
#include "xades/canonical_form.hpp"
#include "xades/policy.hpp"
#include "xades/signing_plan.hpp"

namespace pes::xades {

namespace {

constexpr std::size_t base64_columns = 76;

std::string element(std::string_view name, std::string_view content) {
  return fill("<{1}>{2}</{1}>", {name, content});
}

/// Nothing when the text is blank.
std::string optional_element(std::string_view name, std::string_view text) {
  const std::string_view wanted = trimmed(text);
  return wanted.empty() ? "" : element(name, ascii_text(wanted));
}

std::string digest_method_and_value(std::string_view prefix, port::DigestAlgorithm algorithm,
                                    std::string_view digest_base64) {
  return fill(R"(<{1}:DigestMethod Algorithm="{2}"/><{1}:DigestValue>{3}</{1}:DigestValue>)",
              {prefix, uri_of(algorithm), digest_base64});
}

/// Of the digests inside the signed properties.
std::string_view digest_prefix(const SignatureProperties& properties) {
  return properties.digest_namespace == DigestNamespace::dsig ? "ds" : "xad";
}

std::string signing_certificate(const Certificate& certificate,
                                const SignatureProperties& properties) {
  const port::DigestAlgorithm algorithm = properties.certificate_digest;
  const std::string digest =
      element("xad:CertDigest",
              digest_method_and_value(digest_prefix(properties), algorithm,
                                      base64(crypto::digest(algorithm, as_text(certificate.der)))));
  const std::string serial =
      element("xad:IssuerSerial", element("ds:X509IssuerName", ascii_text(certificate.issuer)) +
                                      element("ds:X509SerialNumber", certificate.serial));
  return element("xad:SigningCertificate", element("xad:Cert", digest + serial));
}

std::string policy_identifier(const SignatureProperties& properties) {
  const PolicyReference policy = reference_to(properties.policy);
  const std::string id =
      element("xad:SigPolicyId", element("xad:Identifier", fill("urn:oid:{1}", {policy.oid})) +
                                     element("xad:Description", policy_description));
  const std::string hash = element(
      "xad:SigPolicyHash", digest_method_and_value(digest_prefix(properties),
                                                   port::DigestAlgorithm::sha256, policy.sha256));
  const std::string qualifiers =
      element("xad:SigPolicyQualifiers",
              element("xad:SigPolicyQualifier", element("xad:SPURI", policy.uri)));
  return element("xad:SignaturePolicyIdentifier",
                 element("xad:SignaturePolicyId", id + hash + qualifiers));
}

std::string production_place(const SignatureProperties& properties) {
  const std::string place = optional_element("xad:City", properties.city) +
                            optional_element("xad:PostalCode", properties.postal_code) +
                            optional_element("xad:CountryName", properties.country);
  return place.empty() ? "" : element("xad:SignatureProductionPlace", place);
}

std::string signer_role(const SignatureProperties& properties) {
  return element("xad:SignerRole",
                 element("xad:ClaimedRoles", optional_element("xad:ClaimedRole", properties.role)));
}

std::string signed_properties(const SignatureContent& content, const Certificate& certificate) {
  const std::string properties =
      element("xad:SignedSignatureProperties",
              element("xad:SigningTime", iso8601(content.signing_time)) +
                  signing_certificate(certificate, content.properties) +
                  policy_identifier(content.properties) + production_place(content.properties) +
                  signer_role(content.properties));
  return fill(R"(<xad:SignedProperties Id="{1}_SP">{2}</xad:SignedProperties>)",
              {ascii_text(signature_id(content.signed_id)), properties});
}

std::string reference(std::string_view attributes, std::string_view transforms,
                      std::string_view digest_base64) {
  return fill("<ds:Reference {1}><ds:Transforms>{2}</ds:Transforms>{3}</ds:Reference>",
              {attributes, transforms,
               digest_method_and_value("ds", port::DigestAlgorithm::sha256, digest_base64)});
}

std::string transform(std::string_view algorithm) {
  return fill(R"(<ds:Transform Algorithm="{1}"/>)", {algorithm});
}

std::string signed_info(const SignatureContent& content, std::string_view properties_digest) {
  const std::string id = ascii_text(content.signed_id);
  const std::string methods =
      fill(R"(<ds:CanonicalizationMethod Algorithm="{1}"/><ds:SignatureMethod Algorithm="{2}"/>)",
           {exclusive_c14n, rsa_sha256_uri});
  const std::string to_content =
      reference(fill(R"(URI="#{1}")", {id}),
                transform(enveloped_signature) + transform(exclusive_c14n), base64(content.digest));
  const std::string to_properties =
      reference(fill(R"(Type="{1}SignedProperties" URI="#{2}_SP")",
                     {xades_1_2_2, ascii_text(signature_id(content.signed_id))}),
                transform(exclusive_c14n), properties_digest);
  return element("ds:SignedInfo", methods + to_content + to_properties);
}

/// The canonical form that the element will have in the file: an exclusive one depends only on
/// the two namespaces that it uses, given here as the signature will give them.
std::string canonical_in_place(std::string_view text) {
  const XmlDocument document = parse_document(fill(R"(<w xmlns:ds="{1}" xmlns:xad="{2}">{3}</w>)",
                                                   {helios::dsig_namespace, xades_1_2_2, text}));
  const std::vector<Element> children = Element::root_of(document).children();
  const std::optional<std::string> canonical =
      children.size() == 1 ? canonical_form(children.front()) : std::nullopt;
  if (!canonical) throw Error(ErrorCode::internal, tr("the signature cannot be written"));
  return *canonical;
}

}  // namespace

void require_writable(const SignatureProperties& properties) {
  if (trimmed(properties.role).empty()) {
    throw Error(ErrorCode::field_invalid, tr("the signer's role is empty"),
                tr("give the role in which the flow is signed, such as Ordonnateur"));
  }
  for (const std::string& text :
       {properties.role, properties.city, properties.postal_code, properties.country}) {
    if (is_xml_text(text)) continue;
    throw Error(ErrorCode::field_invalid,
                tr("the role or the place of the signature has characters that XML does not allow"),
                tr("write them in UTF-8, without control characters"));
  }
}

UnsignedSignature unsigned_signature(const SignatureContent& content,
                                     const Certificate& certificate) {
  const std::string properties = signed_properties(content, certificate);
  const Bytes digest =
      crypto::digest(port::DigestAlgorithm::sha256, canonical_in_place(properties));
  return {ascii_text(signature_id(content.signed_id)), signed_info(content, base64(digest)),
          properties};
}

std::string bytes_to_sign(const UnsignedSignature& signature) {
  return canonical_in_place(signature.signed_info);
}

std::string signature_text(const UnsignedSignature& signature, const Certificate& certificate,
                           const Bytes& value) {
  const std::string key = element(
      "ds:X509Data", element("ds:X509Certificate", base64(certificate.der, base64_columns)));
  const std::string qualifying = fill(
      R"(<xad:QualifyingProperties xmlns:xad="{1}" Target="#{2}">{3}</xad:QualifyingProperties>)",
      {xades_1_2_2, signature.id, signature.signed_properties});
  return fill(R"(<ds:Signature xmlns:ds="{1}" Id="{2}">)", {helios::dsig_namespace, signature.id}) +
         signature.signed_info +
         fill(R"(<ds:SignatureValue Id="{1}_SV">{2}</ds:SignatureValue>)",
              {signature.id, base64(value, base64_columns)}) +
         element("ds:KeyInfo", key) + element("ds:Object", qualifying) + "</ds:Signature>";
}

}  // namespace pes::xades
