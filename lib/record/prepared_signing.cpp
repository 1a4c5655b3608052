#include "crypto/certificate.hpp"
#include "pes/error.hpp"
#include "pes/split_signing.hpp"
#include "pes/time.hpp"
#include "record/node.hpp"
#include "record/source.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"

#include <array>
#include <utility>

namespace pes {

namespace record {

namespace {

constexpr std::string_view schema = "pes.signature-request/1";

template <typename Value>
using Words = std::array<std::pair<std::string_view, Value>, 2>;

constexpr Words<SignatureMode> modes{
    {{"bordereau", SignatureMode::bordereau}, {"root", SignatureMode::root}}};
constexpr Words<SignaturePolicy> policies{
    {{oid_of_2011, SignaturePolicy::of_2011}, {oid_of_2018, SignaturePolicy::of_2018}}};
constexpr Words<DigestNamespace> namespaces{
    {{"xad", DigestNamespace::xades}, {"ds", DigestNamespace::dsig}}};
constexpr std::array<std::pair<std::string_view, port::DigestAlgorithm>, 4> digests{
    {{"sha1", port::DigestAlgorithm::sha1},
     {"sha256", port::DigestAlgorithm::sha256},
     {"sha384", port::DigestAlgorithm::sha384},
     {"sha512", port::DigestAlgorithm::sha512}}};

template <typename Table, typename Value>
std::string word_of(const Table& table, Value value) {
  for (const auto& [word, known] : table) {
    if (known == value) return std::string(word);
  }
  return {};
}

template <typename Table>
auto value_of(const Table& table, const Node& node) {
  const std::string text = node.text();
  for (const auto& [word, value] : table) {
    if (text == word) return value;
  }
  node.reject(tr("{1}: {2} has a value that is not known"));
}

Bytes base64_of(const Node& node) {
  std::optional<Bytes> bytes = from_base64(node.text());
  if (!bytes) node.reject(tr("{1}: {2} is not base64"));
  return std::move(*bytes);
}

Json write_signature(const SignatureToMake& signature) {
  return {{"signed_id", signature.signed_id},
          {"content_sha256", signature.content_sha256},
          {"signed_info", base64(as_bytes(signature.signed_info))},
          {"digest", base64(signature.digest)},
          {"value", text_or_null(base64(signature.value))}};
}

SignatureToMake read_signature(const Node& node) {
  SignatureToMake signature;
  signature.signed_id = node.at("signed_id").text();
  signature.content_sha256 = node.at("content_sha256").text();
  signature.signed_info = as_text(base64_of(node.at("signed_info")));
  signature.digest = base64_of(node.at("digest"));
  if (const Node value = node.at("value"); !value.is_null()) signature.value = base64_of(value);
  return signature;
}

Json write_properties(const SignatureProperties& properties) {
  return {{"role", properties.role},
          {"city", text_or_null(properties.city)},
          {"postal_code", text_or_null(properties.postal_code)},
          {"country", text_or_null(properties.country)},
          {"policy", word_of(policies, properties.policy)},
          {"digest_namespace", word_of(namespaces, properties.digest_namespace)},
          {"certificate_digest", word_of(digests, properties.certificate_digest)}};
}

SignatureProperties read_properties(const Node& node) {
  return {.role = node.at("role").text(),
          .city = node.at("city").text_or_null(),
          .postal_code = node.at("postal_code").text_or_null(),
          .country = node.at("country").text_or_null(),
          .policy = value_of(policies, node.at("policy")),
          .digest_namespace = value_of(namespaces, node.at("digest_namespace")),
          .certificate_digest = value_of(digests, node.at("certificate_digest"))};
}

Certificate read_certificate(const Node& node) {
  std::optional<Certificate> certificate = crypto::parse_certificate(base64_of(node));
  if (!certificate) node.reject(tr("{1}: {2} is not a certificate"));
  return std::move(*certificate);
}

}  // namespace

}  // namespace record

std::string write_prepared_signing(const PreparedSigning& prepared) {
  using namespace record;
  Json document{{"schema", schema},
                {"file", {{"name", prepared.file_name}, {"sha256", prepared.file_sha256}}},
                {"profile", xades_profile},
                {"mode", word_of(modes, prepared.mode)},
                {"set_dematerialisee", prepared.set_dematerialisee},
                {"signing_time", iso8601(prepared.signing_time)},
                {"certificate", base64(prepared.certificate.der)},
                {"properties", write_properties(prepared.properties)},
                {"algorithm", "rsa-sha256"},
                {"signatures", Json::array()}};
  for (const SignatureToMake& signature : prepared.signatures) {
    document["signatures"].push_back(write_signature(signature));
  }
  constexpr int indent = 2;
  return to_text(document, indent) + "\n";
}

PreparedSigning read_prepared_signing(std::string_view json, const std::string& name) {
  using namespace record;
  const Source source{[&] { return name; }, ErrorCode::input_invalid, ErrorCode::input_invalid,
                      tr("give the file that --prepare wrote, with the values filled in")};
  const Json document = parse_document(json, source);
  const Node root(document, source);
  require_schema(root, schema);
  PreparedSigning prepared{.name = name,
                           .file_name = root.at("file").at("name").text(),
                           .file_sha256 = root.at("file").at("sha256").text(),
                           .certificate = read_certificate(root.at("certificate")),
                           .properties = read_properties(root.at("properties")),
                           .signing_time = root.at("signing_time").instant(),
                           .set_dematerialisee = root.at("set_dematerialisee").boolean(),
                           .mode = value_of(modes, root.at("mode")),
                           .signatures = {}};
  root.at("signatures").each_item([&](const Node& node) {
    prepared.signatures.push_back(read_signature(node));
  });
  return prepared;
}

}  // namespace pes
