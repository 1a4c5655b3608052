#pragma once

#include "preflight/findings.hpp"
#include "preflight/values.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace pes::preflight {

/// Which PJs the pièces name and which there are. PES_PJ comes last, so this is settled at the
/// end; of each name a digest is kept.
class PjLinks {
 public:
  /// At the end of a PJRef.
  void refer(const Values& values);
  /// At the end of a PJ.
  void provide(const Values& values, Findings& findings);
  void finish(Findings& findings) const;

 private:
  enum class Support : std::uint8_t { electronic, other };
  struct Link {
    bool is_named = false;
    bool is_there = false;
    Support support = Support::electronic;
  };

  Link* link(std::string_view id_unique);

  std::unordered_map<std::size_t, Link> links_;
  std::size_t absent_ = 0;  // electronic, named and not there yet
  xml::Position first_at_;  // of the first that was named
};

}  // namespace pes::preflight
