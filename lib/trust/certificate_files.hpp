#pragma once

#include "trust/trust_handles.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

namespace pes::trust {

/// What was found in files, in no particular order; the same one may stand twice.
struct FoundCertificates {
  std::vector<X509Certificate> certificates;
  std::vector<X509Crl> crls;
};

/// Reads PEM (any number of blocks, text between them left aside) or the DER of one certificate
/// or CRL; finds nothing in anything else.
FoundCertificates certificates_in(std::string_view bytes);

/// What a file holds, or all files of a folder, links included and folders below left aside:
/// OpenSSL's hashed folders are folders of files with two names. Throws file_unknown, io_failed.
FoundCertificates find_certificates(const std::filesystem::path& path);

void append(FoundCertificates&& more, FoundCertificates& found);

}  // namespace pes::trust
