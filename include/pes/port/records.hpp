#pragma once

#include "pes/export.hpp"
#include "pes/port/journal.hpp"
#include "pes/port/retours.hpp"
#include "pes/port/stamps.hpp"
#include "pes/port/store.hpp"
#include "pes/residence.hpp"

#include <memory>
#include <string>

namespace pes::port {

/// The one place where all records of a home are. Each part may be opened several times.
class PES_EXPORT Records {
 public:
  Records() = default;
  Records(const Records&) = delete;
  Records& operator=(const Records&) = delete;
  virtual ~Records();

  /// How the place is called, for people and for the other place: a folder, or the address of a
  /// database without anything secret.
  [[nodiscard]] virtual std::string name() const = 0;

  virtual std::unique_ptr<Store> store() = 0;
  virtual std::unique_ptr<Journal> journal() = 0;
  virtual std::unique_ptr<Stamps> stamps() = 0;
  virtual std::unique_ptr<Retours> retours() = 0;

  [[nodiscard]] virtual Residence residence() const = 0;
  /// Says it durably, if what is said until now is `before`; false when it is not. Unless the home
  /// lives here, the journal here takes no event, from no process, and so no dossier changes:
  /// `Journal::append` throws home_unknown.
  virtual bool change_residence(const Residence& before, const Residence& after) = 0;
};

}  // namespace pes::port
