#include "trust/certificate_files.hpp"

#include "crypto/openssl_errors.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <openssl/pem.h>

#include <algorithm>
#include <string>
#include <system_error>

namespace pes::trust {

namespace {

/// Certificates of all authorities of Europe take a few MiB, the largest CRLs some tens.
constexpr std::size_t largest_file = 128U << 20U;

/// Nobody is asked for a password while certificates are looked for.
int no_password(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*user*/) { return -1; }

crypto::Bio reader(std::string_view bytes) {
  return crypto::Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

void find_in_pem(std::string_view bytes, FoundCertificates& found) {
  const crypto::Bio certificates = reader(bytes);
  while (
      X509Certificate one{PEM_read_bio_X509(certificates.get(), nullptr, no_password, nullptr)}) {
    found.certificates.push_back(std::move(one));
  }
  const crypto::Bio crls = reader(bytes);
  while (X509Crl one{PEM_read_bio_X509_CRL(crls.get(), nullptr, no_password, nullptr)}) {
    found.crls.push_back(std::move(one));
  }
}

void find_in_der(std::string_view bytes, FoundCertificates& found) {
  const crypto::Bio certificate = reader(bytes);
  if (X509Certificate one{d2i_X509_bio(certificate.get(), nullptr)}) {
    found.certificates.push_back(std::move(one));
    return;
  }
  const crypto::Bio crl = reader(bytes);
  if (X509Crl one{d2i_X509_CRL_bio(crl.get(), nullptr)}) found.crls.push_back(std::move(one));
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code failure;
  for (std::filesystem::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    std::error_code dangling;
    if (entry->is_regular_file(dangling)) files.push_back(entry->path());
  }
  if (failure) throw_io(tr("cannot be read"), folder, failure.value());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

FoundCertificates certificates_in(std::string_view bytes) {
  FoundCertificates found;
  if (bytes.find("-----BEGIN ") == std::string_view::npos) {
    find_in_der(bytes, found);
  } else {
    find_in_pem(bytes, found);
  }
  crypto::drain_errors();
  return found;
}

FoundCertificates find_certificates(const std::filesystem::path& path) {
  std::error_code unreadable;
  if (!std::filesystem::is_directory(path, unreadable)) {
    return certificates_in(read_file(path, largest_file));
  }
  FoundCertificates found;
  for (const auto& file : files_of(path)) {
    append(certificates_in(read_file(file, largest_file)), found);
  }
  return found;
}

void append(FoundCertificates&& more, FoundCertificates& found) {
  std::move(more.certificates.begin(), more.certificates.end(),
            std::back_inserter(found.certificates));
  std::move(more.crls.begin(), more.crls.end(), std::back_inserter(found.crls));
}

}  // namespace pes::trust
