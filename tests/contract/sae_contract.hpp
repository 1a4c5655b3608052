#pragma once

#include "contract/trouble.hpp"
#include "pes/port/sae.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace pes::test {

/// A SAE to test an adapter against: what the tests have to make happen there. An adapter
/// writes one, not tests.
class SaeBench {
 public:
  SaeBench() = default;
  SaeBench(const SaeBench&) = delete;
  SaeBench& operator=(const SaeBench&) = delete;
  SaeBench(SaeBench&&) = delete;
  SaeBench& operator=(SaeBench&&) = delete;
  virtual ~SaeBench() = default;

  /// The adapter with an account that may deposit; opened again, as by another process.
  virtual std::unique_ptr<port::Sae> open() = 0;
  virtual std::unique_ptr<port::Sae> open_with_wrong_password() = 0;
  virtual std::unique_ptr<port::Sae> open_where_nobody_listens() = 0;

  /// What becomes of a transfer: decided when it is written.
  enum class Fate { accepted, rejected, refused_at_once };
  struct Transfer {
    std::string agency, id;
    std::filesystem::path bordereau_seda, archive;
  };
  virtual Transfer write(const std::string& id, Fate fate) = 0;

  /// How many exchanges with the SAE any deposit takes; the last one completes it.
  [[nodiscard]] virtual int exchanges_of_deposit() const = 0;
  /// The nth exchange from now suffers this, and no other.
  virtual void trouble_exchange(int nth, Trouble trouble) = 0;
  /// Nothing moves at the SAE but here: by one step.
  virtual void advance() = 0;
  /// How many transfers stand there.
  [[nodiscard]] virtual std::size_t received() const = 0;
};

/// What every SAE promises (pes/port/sae.hpp), as subcases of the test case that calls it.
/// @param bench one that has received nothing
void sae_contract(SaeBench& bench);

}  // namespace pes::test
