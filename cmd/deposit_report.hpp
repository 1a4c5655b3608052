#pragma once

#include "causes.hpp"
#include "pes/dossier.hpp"
#include "pes/error.hpp"
#include "pes/pes_aller.hpp"
#include "session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pes::cmd {

/// What became of a flow that was dropped, or of what was dropped when no flow can be got from it.
struct DepositedFlow {
  enum class Result {
    created,        // a dossier, which waits for a person
    signed_here,    // the same, signed
    sent,           // transmitted to the TdT
    already_known,  // its dossier was there, and had nothing left to do
    pending,        // its sending is ordered, and the TdT could not take it now: pes run
    left,           // still being written, or written again meanwhile
    refused,        // the flow, or what came with it, is at fault
    failed,         // something else is: it is left where it is, for the next time
  };
  std::string file;  // as a person finds it: `depot/lot.zip/flux.xml`
  Result result = Result::created;
  bool changed = false;
  std::optional<Dossier> dossier;
  std::vector<Finding> warnings;
  std::optional<Error> error;
  std::string why_left;
  std::string moved_to;  // empty: it is where it was
};

/// `already-known`
std::string_view id(DepositedFlow::Result result);
/// « already known »
std::string label(DepositedFlow::Result result);
/// What this one alone would exit with.
int exit_status_of(const DepositedFlow& flow);
/// What a person is told of it.
std::string reason_of(const DepositedFlow& flow);

enum class DepositFormat { text, csv, junit };
/// Throws usage, as for a format that does not go with --json.
DepositFormat parse_deposit_format(const std::string& word, const ui::Console& console);

/// Shows a line for each flow and, at the end, the whole.
class DepositReport {
 public:
  DepositReport(Session& session, DepositFormat format) : session_(session), format_(format) {}
  void add(DepositedFlow flow);
  /// Something that failed beside the flows.
  void add(const Error& error, const std::string& item);
  /// The exit status of the whole.
  int finish(std::size_t not_started);

 private:
  [[nodiscard]] std::size_t count(DepositedFlow::Result result) const;
  void show_line(const DepositedFlow& flow);
  void show_summary(std::size_t not_started, int status);

  Session& session_;
  DepositFormat format_;
  std::map<DepositedFlow::Result, std::size_t> counts_;
  std::vector<int> statuses_;
  Causes causes_;
  Causes beside_;
  std::vector<DepositedFlow> flows_;  // for the forms that are written at the end alone
};

}  // namespace pes::cmd
