#pragma once

#include "contract/trouble.hpp"
#include "pes/dossier.hpp"
#include "pes/port/tdt.hpp"

#include <cstddef>
#include <filesystem>
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
  /// Null when this TdT lets nobody look for flows by their names.
  virtual std::unique_ptr<port::Tdt> open_with_search() = 0;
  virtual std::unique_ptr<port::Tdt> open_with_wrong_password() = 0;
  virtual std::unique_ptr<port::Tdt> open_where_nobody_listens() = 0;
  /// With an account whose flows wait for a person, and one that may follow them.
  struct Parking {
    std::unique_ptr<port::Tdt> sender, follower;
  };
  virtual Parking open_parking() = 0;

  /// What becomes of a flow: decided when it is written.
  enum class Fate { accepted, refused, refused_by_tdt, technical, cancelled, unanswered };
  struct Flow {
    std::filesystem::path file;
    FlowName name;
  };
  virtual Flow write(const std::string& nom_fic, Fate fate) = 0;

  /// The next exchange suffers this, and no other after it.
  virtual void trouble_next(Trouble trouble) = 0;
  /// Nothing moves at the TdT but here: until nothing is left to move.
  virtual void advance() = 0;
  /// How many flows stand there.
  [[nodiscard]] virtual std::size_t received() const = 0;
};

/// What every TdT promises (pes/port/tdt.hpp), as subcases of the test case that calls it.
/// @param bench one that has received nothing
void tdt_contract(TdtBench& bench);

}  // namespace pes::test
