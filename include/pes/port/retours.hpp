#pragma once

#include "pes/error.hpp"
#include "pes/export.hpp"
#include "pes/readable_file.hpp"
#include "pes/time.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pes::port {

/// A PES Retour that was fetched: its bytes are kept as they came, and what is known of them.
struct Retour {
  /// Ours: the TdT's number and the beginning of the SHA-256, `5-3f2a9c1e`.
  std::string id;
  std::string tdt;       // name of the TdT that it comes from
  std::string tdt_id;    // its number there
  std::string received;  // when the TdT got it, as the TdT writes it; may be empty
  Instant fetched;
  std::string nom;  // its name at the DGFiP
  std::uint64_t taille = 0;
  std::string sha256;
  std::string id_e;  // entity that it is attached to
  /// By what: « siren », that of the entity; « flux », the entity sent flows of this SIRET;
  /// « compte », nothing but the account that fetched it.
  std::string rattachement;
  // What its header says, as it stands; empty when it could not be read.
  std::string typ_fic, domaines, typ_restit, dte_str, id_coll, cod_coll, cod_bud;
  friend bool operator==(const Retour&, const Retour&) = default;
};

/// Where the PES Retours of a home are. What is kept never changes.
class PES_EXPORT Retours {
 public:
  Retours() = default;
  Retours(const Retours&) = delete;
  Retours& operator=(const Retours&) = delete;
  virtual ~Retours();

  /// Durable on return, whole or not at all; false when one of that id was there, which is left
  /// as it is.
  virtual bool keep(const Retour& retour, std::string_view bytes) = 0;
  /// Throws file_unknown, state_damaged, state_newer.
  [[nodiscard]] virtual Retour read(std::string_view id) const = 0;
  /// Each of them, in no order; one that cannot be read is given to `damaged`.
  virtual void visit(
      const std::function<void(const Retour&)>& callback,
      const std::function<void(const std::string& id, const Error&)>& damaged) const = 0;
  /// Some of those whose id begins so, at most as many; without those that cannot be read.
  [[nodiscard]] virtual std::vector<Retour> beginning_with(std::string_view id_prefix,
                                                           std::size_t most) const = 0;
  /// Its bytes; nothing is there when they are lost.
  [[nodiscard]] virtual ReadableFile readable(const Retour& retour) const = 0;
};

}  // namespace pes::port
