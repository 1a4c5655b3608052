#pragma once

#include "pes/port/journal.hpp"
#include "report/content.hpp"

namespace pes::cmd {

/// What is known of each dossier that needs a person, and the command that lets it go on.
std::map<report::Concern, std::vector<Matter>> matters_of(const report::Figures& figures,
                                                          const port::Journal& journal,
                                                          Instant now);

/// « Sort inconnu »
std::string word(report::Concern concern);

/// How many dossiers need a person.
std::uint64_t count_matters(const report::Figures& figures);

}  // namespace pes::cmd
