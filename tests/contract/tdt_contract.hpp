#pragma once

#include "contract/trouble.hpp"
#include "pes/adapters.hpp"
#include "pes/dossier.hpp"
#include "pes/port/tdt.hpp"

#include <array>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace pes::test {

/// A TdT to test an adapter against: what the tests have to make happen there. An adapter
/// writes one, not tests.
class TdtBench {
 public:
  TdtBench() = default;
  TdtBench(const TdtBench&) = delete;
  TdtBench& operator=(const TdtBench&) = delete;
  TdtBench(TdtBench&&) = delete;
  TdtBench& operator=(TdtBench&&) = delete;
  virtual ~TdtBench() = default;

  /// The adapter with an account that may send and follow; opened again, as by another process.
  virtual std::unique_ptr<port::Tdt> open() = 0;
  /// The same account, of which the adapter knows.
  [[nodiscard]] virtual Login login() const = 0;
  /// With an archivist's account beside it; null when this TdT lets nobody look for flows by
  /// their names, nor list transactions.
  virtual std::unique_ptr<port::Tdt> open_with_archivist() = 0;
  virtual std::unique_ptr<port::Tdt> open_with_wrong_password() = 0;
  virtual std::unique_ptr<port::Tdt> open_without_login() = 0;
  virtual std::unique_ptr<port::Tdt> open_where_nobody_listens() = 0;
  /// With an account whose flows wait for a person, and one that may follow them.
  struct Parking {
    std::unique_ptr<port::Tdt> sender, follower;
  };
  virtual Parking open_parking() = 0;
  /// From now on our certificate has no account there.
  virtual std::unique_ptr<port::Tdt> open_unknown() = 0;

  /// What becomes of a flow: decided when it is written.
  enum class Fate { accepted, refused, refused_by_tdt, technical, cancelled, unanswered };
  struct Flow {
    std::filesystem::path file;
    FlowName name;
  };
  virtual Flow write(const std::string& nom_fic, Fate fate) = 0;
  /// A PES Retour comes for our authority, another one each time.
  virtual port::TdtFile receive_retour() = 0;

  /// The nth exchange from now suffers this, and no other.
  virtual void trouble_exchange(int nth, Trouble trouble) = 0;
  /// Nothing moves at the TdT but here: until nothing is left to move.
  virtual void advance() = 0;
  /// How many flows stand there.
  [[nodiscard]] virtual std::size_t received() const = 0;
};

/// What every TdT promises (pes/port/tdt.hpp), as subcases of the test case that calls it.
/// @param bench one that has received nothing
void tdt_contract(TdtBench& bench);

/// The part of it that PES Retours are about, for whoever plays a TdT in memory too.
/// @param tdt where none has come
/// @param receive makes one come
void retours_of_tdt_contract(port::Tdt& tdt, const std::function<port::TdtFile()>& receive);
/// The same of what is archived.
/// @param acquitted two transactions that have their acquits
void archiving_of_tdt_contract(port::Tdt& tdt, const std::array<std::string, 2>& acquitted);

}  // namespace pes::test
