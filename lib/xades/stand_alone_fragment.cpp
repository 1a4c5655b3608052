#include "xades/stand_alone_fragment.hpp"

#include "crypto/digest.hpp"
#include "helios/flow_source.hpp"
#include "support/text.hpp"
#include "xades/algorithms.hpp"
#include "xades/reference_checks.hpp"
#include "xades/signature_tree.hpp"
#include "xades/signed_info.hpp"
#include "xml/libxml_tree.hpp"

#include <set>

namespace pes::xades {

namespace {

constexpr std::uint64_t most_bytes = 64ULL << 20U;

/// What the signature says it signed, when that is not what stands in the flow.
struct Mismatch {
  port::DigestAlgorithm algorithm{};
  Bytes digest;
};

std::optional<Mismatch> content_mismatch(const helios::SignatureElement& signature,
                                         const helios::SignableElement& parent) {
  const SignedInfo info = read_signed_info(take_apart(signature));
  const Reference* const content = info.content();
  if (content == nullptr || !content->digest || content->target() != parent.id) return std::nullopt;
  const auto algorithm = digest_of_uri(content->digest_method);
  const auto found = algorithm ? parent.digests.find(*algorithm) : parent.digests.end();
  if (found == parent.digests.end() || found->second == *content->digest) return std::nullopt;
  return Mismatch{*algorithm, *content->digest};
}

std::string bytes_of(const std::filesystem::path& file, const helios::ByteRange& range) {
  helios::FileSource source(file);
  source.start_at(range.begin);
  std::string bytes;
  while (bytes.size() < range.end - range.begin) {
    const std::string_view piece = source.next_up_to(range.end - range.begin - bytes.size());
    if (piece.empty()) break;
    bytes += piece;
  }
  return bytes;
}

/// The text of the Bordereau as it was before anything was signed.
std::string fragment(const std::filesystem::path& file, const helios::Reading& reading,
                     std::size_t rank) {
  const helios::SignableElement& element = reading.elements[rank];
  std::string text = reading.flow.encoding.empty()
                         ? std::string()
                         : fill(R"(<?xml version="1.0" encoding="{1}"?>)", {reading.flow.encoding});
  std::uint64_t from = element.begin;
  for (const helios::SignatureElement& signature : reading.signatures) {
    if (signature.parent != rank) continue;
    text += bytes_of(file, {from, signature.bytes.begin});
    from = signature.bytes.end;
  }
  text += bytes_of(file, {from, *element.end_tag});
  return text + "</Bordereau>";
}

void add_prefix(const xmlChar* name, const xmlNs* scope, std::set<std::string>& prefixes) {
  const std::string_view text = reinterpret_cast<const char*>(name);
  const std::size_t colon = text.find(':');
  if (scope == nullptr && colon != std::string_view::npos) {
    prefixes.emplace(text.substr(0, colon));
  }
}

/// In an element and those below it: libxml2 keeps an undeclared prefix as a part of the name.
void add_undeclared_prefixes(xmlNode* element, std::set<std::string>& prefixes) {
  add_prefix(element->name, element->ns, prefixes);
  for (const xmlAttr* one = element->properties; one != nullptr; one = one->next) {
    add_prefix(one->name, one->ns, prefixes);
  }
  for (xmlNode* child = xml::libxml::first_element_child(element); child != nullptr;
       child = xml::libxml::next_element_sibling(child)) {
    add_undeclared_prefixes(child, prefixes);
  }
}

}  // namespace

std::optional<std::string> stand_alone_explanation(const std::filesystem::path& file,
                                                   const helios::Reading& reading,
                                                   const helios::SignatureElement& signature) {
  const helios::SignableElement* const parent = parent_of(signature, reading);
  if (parent == nullptr || parent->kind == helios::SignableElement::Kind::root ||
      !parent->end_tag || !reading.ascii_compatible) {
    return std::nullopt;
  }
  const std::optional<Mismatch> mismatch = content_mismatch(signature, *parent);
  if (!mismatch || *parent->end_tag - parent->begin > most_bytes) return std::nullopt;

  const xml::LibxmlDocument document =
      xml::parse_as_libxml(fragment(file, reading, *signature.parent));
  if (!document) return std::nullopt;
  std::set<std::string> prefixes;
  add_undeclared_prefixes(xml::libxml::doc_get_root_element(document.get()), prefixes);
  if (prefixes.empty()) return std::nullopt;
  const std::optional<std::string> canonical = xml::canonical_form_of_libxml(document);
  if (!canonical || crypto::digest(mismatch->algorithm, *canonical) != mismatch->digest) {
    return std::nullopt;
  }
  return say(
      "nobody modified it: what signed it canonicalised the Bordereau cut out of the flow, "
      "where what declares {1} is missing, so this signature can never be verified; sign it "
      "again with pes, or have the declaration put on the Bordereau before it is signed",
      {join({prefixes.begin(), prefixes.end()}, ", ")});
}

}  // namespace pes::xades
