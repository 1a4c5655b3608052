#include "crypto/certificate.hpp"
#include "pes/error.hpp"
#include "pes/trust.hpp"
#include "support/file.hpp"
#include "support/text.hpp"
#include "trust/certificate_files.hpp"
#include "trust/trusted_list.hpp"
#include "xades/list_signature.hpp"

#include <charconv>

namespace pes {

namespace {

Certificate only_certificate_in(const std::filesystem::path& file) {
  const trust::FoundCertificates found = trust::find_certificates(file);
  if (found.certificates.size() != 1) {
    throw Error(ErrorCode::config_invalid,
                say("{1} does not hold one certificate", {file.native()}),
                tr("give the certificate of the list's operator, alone, in PEM or DER"));
  }
  return crypto::describe(*found.certificates.front());
}

void require_signed_by(const ListSignature& signature, const std::filesystem::path& signer,
                       const std::string& list) {
  const Certificate expected = only_certificate_in(signer);
  const bool is_expected =
      signature.state == ListSignature::State::sound && signature.signer->sha256 == expected.sha256;
  if (is_expected) return;
  throw Error(ErrorCode::input_invalid,
              say("the trusted list {1} is not signed by {2}", {list, expected.subject_cn}),
              tr("compare with the certificates that the European Commission publishes"));
}

std::uint64_t number(const std::string& text) {
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// An older list would bring back services that were withdrawn since.
void require_newer(const TrustedList& list, const std::filesystem::path& kept) {
  std::error_code missing;
  if (!std::filesystem::exists(kept, missing)) return;
  const TrustedList there =
      trust::read_trusted_list(read_file(kept, trust::largest_list), kept.native()).list;
  if (number(list.sequence_number) >= number(there.sequence_number)) return;
  throw Error(ErrorCode::input_invalid,
              say("this list of {1} has number {2}, and number {3} is there already",
                  {list.territory, list.sequence_number, there.sequence_number}),
              say("to go back to it all the same, remove {1} first", {kept.native()}));
}

}  // namespace

ListImport import_trusted_list(const ListImportRequest& request) {
  const std::string xml = read_file(request.file, trust::largest_list);
  trust::ListContent content = trust::read_trusted_list(xml, request.name);
  ListImport import{std::move(content.list), xades::check_list_signature(xml, request.name)};
  if (!request.signer.empty()) require_signed_by(import.signature, request.signer, request.name);
  import.list.granted = trust::count_granted(content.services, request.now);
  import.list.file = request.folder / (import.list.territory + ".xml");
  require_newer(import.list, import.list.file);
  make_directories(request.folder);
  replace_file(import.list.file, xml);
  return import;
}

}  // namespace pes
