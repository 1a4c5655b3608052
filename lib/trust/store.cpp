#include "trust/store.hpp"

#include "crypto/certificate.hpp"
#include "crypto/openssl_errors.hpp"
#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"
#include "trust/certificate_files.hpp"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

namespace pes {

namespace trust {

namespace {

/// basicConstraints says so, or it is a root of the time before that extension.
bool is_authority(X509& certificate) {
  const int kind = X509_check_ca(&certificate);
  constexpr int by_constraints = 1;
  constexpr int old_root = 3;
  return kind == by_constraints || kind == old_root;
}

bool is_folder(const std::filesystem::path& path) {
  std::error_code unreadable;
  return std::filesystem::is_directory(path, unreadable);
}

/// A file was named for what it holds; a folder may be empty.
void require_authority(const std::filesystem::path& path, const FoundCertificates& found) {
  const auto& all = found.certificates;
  const bool has_one = std::any_of(all.begin(), all.end(),
                                   [](const X509Certificate& one) { return is_authority(*one); });
  if (has_one || is_folder(path)) return;
  throw Error(ErrorCode::config_invalid,
              say("{1} holds no certificate of an authority", {path.native()}),
              tr("give the certificates of issuers, in PEM or DER files or a folder of them: a "
                 "signatory's own makes nobody trusted"));
}

void require_crl(const std::filesystem::path& path, const FoundCertificates& found) {
  if (!found.crls.empty() || is_folder(path)) return;
  throw Error(ErrorCode::config_invalid,
              say("{1} holds no list of revoked certificates", {path.native()}),
              tr("give PEM or DER files, or a folder of them"));
}

std::string fingerprint(X509& certificate) { return crypto::describe(certificate).sha256; }

bool has_issued(X509& issuer, X509& certificate) {
  return X509_check_issued(&issuer, &certificate) == X509_V_OK &&
         X509_verify(&certificate, X509_get0_pubkey(&issuer)) == 1;
}

/// A root, or an authority named without the one above it: whoever named it trusts it.
bool ends_a_path(X509& authority, const std::vector<X509Certificate>& all) {
  if (X509_check_issued(&authority, &authority) == X509_V_OK) return true;
  return std::none_of(all.begin(), all.end(), [&](const X509Certificate& other) {
    return other.get() != &authority && has_issued(*other, authority);
  });
}

/// Each authority once.
std::vector<X509Certificate> authorities_among(std::vector<X509Certificate> certificates) {
  std::vector<X509Certificate> authorities;
  std::set<std::string> known;
  for (X509Certificate& certificate : certificates) {
    if (!is_authority(*certificate)) continue;
    if (known.insert(fingerprint(*certificate)).second) {
      authorities.push_back(std::move(certificate));
    }
  }
  return authorities;
}

void add_anchor(TrustStore::Impl& impl, X509& certificate) {
  if (X509_STORE_add_cert(impl.anchors.get(), &certificate) != 1) {
    throw Error(ErrorCode::internal, tr("a trusted certificate cannot be kept"), {},
                crypto::drain_errors().text);
  }
}

void add_lists(TrustStore::Impl& impl, const std::filesystem::path& folder,
               const std::set<std::string>& named) {
  for (const auto& file : list_files(folder)) {
    ListContent content = read_trusted_list(read_file(file, largest_list), file.native());
    for (ListedService& service : content.services) {
      const std::string sha256 = fingerprint(*service.certificate);
      if (named.contains(sha256)) continue;
      if (!impl.listed.contains(sha256)) add_anchor(impl, *service.certificate);
      impl.listed[sha256].push_back(std::move(service));
    }
  }
}

std::unique_ptr<const TrustStore::Impl> load(const TrustSources& sources) {
  FoundCertificates found;
  for (const auto& path : sources.authorities) {
    FoundCertificates here = find_certificates(path);
    require_authority(path, here);
    append(std::move(here), found);
  }
  for (const auto& path : sources.crls) {
    FoundCertificates here = find_certificates(path);
    require_crl(path, here);
    append(std::move(here), found);
  }

  auto impl = std::make_unique<TrustStore::Impl>();
  impl->anchors.reset(X509_STORE_new());
  if (sources.fetch) {
    impl->online = std::make_unique<Online>(sources.fetch, sources.crl_cache);
  }
  impl->crls = std::move(found.crls);
  std::vector<X509Certificate> authorities = authorities_among(std::move(found.certificates));
  std::set<std::string> named;
  for (const X509Certificate& authority : authorities) {
    named.insert(fingerprint(*authority));
    if (ends_a_path(*authority, authorities)) {
      add_anchor(*impl, *authority);
    } else {
      impl->intermediates.push_back(shared(*authority));
    }
  }
  add_lists(*impl, sources.lists, named);
  impl->authorities = named.size() + impl->listed.size();
  crypto::drain_errors();
  return impl;
}

}  // namespace

}  // namespace trust

TrustStore::TrustStore(const TrustSources& sources) : impl_(trust::load(sources)) {}
TrustStore::TrustStore(TrustStore&&) noexcept = default;
TrustStore& TrustStore::operator=(TrustStore&&) noexcept = default;
TrustStore::~TrustStore() = default;

std::size_t TrustStore::size() const noexcept { return impl_->authorities; }

}  // namespace pes
