#include "fuzz/signed_contents.hpp"

#include "fuzz/memory_file.hpp"
#include "fuzz/property.hpp"
#include "helios/reading.hpp"
#include "support/text.hpp"
#include "unit/xml/reference_canonical.hpp"

#include <algorithm>

namespace pes::fuzz {

namespace {

bool is_signature(const xmlNode* element) {
  return test::reference_name(element) == "Signature" &&
         test::reference_uri(element) == helios::dsig_namespace;
}

/// The canonical form of the element in which the n-th ds:Signature stands, without the
/// signatures that stand there. By libxml2's tree alone: our own reader is what is tested.
std::string signed_content(std::string_view document, std::size_t rank) {
  const test::ReferenceDocument tree = test::reference_document(document);
  std::vector<xmlNode*> signatures = test::reference_elements(tree);
  std::erase_if(signatures, [](const xmlNode* element) { return !is_signature(element); });
  require(rank < signatures.size(), "libxml2 finds as many signatures as we do");
  xmlNode* const parent = signatures[rank]->parent;
  std::erase_if(signatures, [&](const xmlNode* element) { return element->parent != parent; });
  for (xmlNode* signature : signatures) {
    xmlUnlinkNode(signature);
    xmlFreeNode(signature);
  }
  return test::reference_form_of(parent);
}

/// What a person is told of who signed what.
std::string told(const SignatureReport& signature) {
  return join(
      {signature.signed_id, signature.signed_element,
       signature.signer ? signature.signer->sha256 : "", signature.signing_time, signature.role,
       signature.city, signature.postal_code, signature.country, signature.policy,
       signature.signature_algorithm, signature.digest_algorithm, signature.xades},
      "\n");
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

SignedContents::SignedContents(const std::filesystem::path& folder)
    : authority_({.authorities = {folder / "authority.pem"}, .crls = {folder / "authority.crl"}}) {
  constexpr std::size_t largest = 1U << 16U;
  for (const std::filesystem::path& seed : files_of(folder / "seeds" / "verify")) {
    if (seed.filename().native().starts_with("signed_")) learn(read_file(seed, largest).substr(1));
  }
}

void SignedContents::learn(const std::string& flow) {
  const MemoryFile file;
  file.hold(flow);
  const VerifyReport report = verify_pes_aller(file.path(), rules(Profile::helios));
  require(report.verdict == Verdict{}, "what was signed is TOTAL-PASSED", flow);
  for (std::size_t rank = 0; rank < report.signatures.size(); ++rank) {
    contents_.insert(signed_content(flow, rank));
    signatories_.insert(told(report.signatures[rank]));
  }
  flows_.push_back(flow);
}

VerifyOptions SignedContents::rules(Profile profile) const {
  return {.limits = {},
          .now = std::chrono::sys_days(std::chrono::year(2027) / 1 / 1),
          .profile = profile,
          .trust = &authority_};
}

void SignedContents::require_known(std::string_view document, const VerifyReport& report,
                                   Profile profile) const {
  for (std::size_t rank = 0; rank < report.signatures.size(); ++rank) {
    const SignatureReport& signature = report.signatures[rank];
    if (!signature.valid) continue;
    const std::string content = signed_content(document, rank);
    require(contents_.contains(content), "what is called valid was signed",
            content + "\nin the document\n" + std::string(document));
    // S²LOW looks neither at the signed properties nor at which certificate they name.
    require(profile == Profile::s2low || signatories_.contains(told(signature)),
            "what is told of who signed is true",
            told(signature) + "\nin the document\n" + std::string(document));
  }
}

}  // namespace pes::fuzz
