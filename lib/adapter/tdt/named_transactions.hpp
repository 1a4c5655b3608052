#pragma once

#include "pes/dossier.hpp"
#include "pes/time.hpp"

#include <filesystem>
#include <ios>
#include <map>
#include <string>

namespace pes::tdt {

/// Which flow each transaction is about, as far as its acquit told, which alone does (tdt §11). It
/// is kept beyond the process, in one file a day, so that no acquit is downloaded a second time for
/// its name. All of it can be thrown away; what cannot be kept or read again is learnt again.
class NamedTransactions {
 public:
  /// @param folder of one platform; empty: nothing is kept beyond the process
  explicit NamedTransactions(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// @param flow without any name when the acquit tells none
  void learn(const std::string& transaction, const FlowName& flow);
  /// Reads what was learnt since that day, by this process or another, as far as it is not read
  /// yet, and removes what is older.
  void recall(Instant since);
  /// Null when its acquit was never read, as far as is recalled.
  [[nodiscard]] const FlowName* flow_of(const std::string& transaction) const;

 private:
  void keep(const std::string& transaction, const FlowName& flow) const;
  void read(const std::filesystem::path& file);

  std::filesystem::path folder_;
  std::map<std::filesystem::path, std::streamoff> read_until_;  // of each file
  std::map<std::string, FlowName> flows_;
};

}  // namespace pes::tdt
