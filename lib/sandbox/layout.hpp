#pragma once

#include <filesystem>
#include <string_view>

/// What stands in the sandbox's folder. Several processes use it at once: everything is
/// made beside its place and renamed into it, and what must be decided by one alone is
/// decided under a lock.
///
///   identities/              made whole by `prepare`, replaced whole once one has expired
///     ca.pem ca.key          the test authority, signs the three others
///     server.pem server.key
///     client.pem client.key
///     signing.p12 signing.password
///     tsa.pem tsa.key        made by itself when it is missing
///     tdt.password tdt-archiviste.password sae.password
///   tdt/
///     accounts.json          optional, see tdt/accounts.hpp
///     platform.json          optional, see tdt/platform.hpp
///     authorities.pem        optional, see tdt/signature_control.hpp
///     last_id                number of the last transaction
///     incoming/              uploads that are not accepted yet
///     transactions/<id>/     state.json, pes.xml, acquit.xml
///     pending/<id>           the transaction may still be moved by a worker
///     sha1/<hex>             number of the transaction that holds these bytes
///     nomfic/<hex>           number of the transaction that reserved this NomFic and CodCol
///     sirets/<hex>/<number>  the authority sent a flow of this IdColl
///     errors/                what came from the DGFiP and could be given to nobody
///     retours/drop/          a PES retour put here is listed by the TdT
///     retours/<id>/          one PES retour, its `authority`, and `read` once it is so marked
///     nonces/<nonce>
///   sae/
///     agreement.json         optional, see sae/agreement.hpp
///     last_id                number of the last message or archive
///     incoming/              deposits that are not accepted yet
///     sessions/<id>/         chunked deposits that are not complete
///     transfers/<key>/       state.json, bordereau.xml, archive, ar.xml, reply.xml
///     pending/<key>
///   clock                    optional, see now.hpp
///   faults.json              optional, see faults.hpp
///   faults.seen/             how many requests each fault has met, and which suffered
namespace pes::sandbox {

class Layout {
 public:
  explicit Layout(std::filesystem::path root);

  [[nodiscard]] const std::filesystem::path& root() const noexcept { return root_; }
  [[nodiscard]] std::filesystem::path identities() const;
  [[nodiscard]] std::filesystem::path identity(std::string_view name) const;
  [[nodiscard]] std::filesystem::path tdt(std::string_view name) const;
  [[nodiscard]] std::filesystem::path sae(std::string_view name) const;

  /// Makes the folders that are missing, readable by their owner alone.
  void create() const;

 private:
  std::filesystem::path root_;
};

}  // namespace pes::sandbox
