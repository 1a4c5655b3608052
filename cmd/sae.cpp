#include "accounts.hpp"
#include "commands.hpp"
#include "findings.hpp"
#include "session.hpp"
#include "ui/language.hpp"

#include <string>
#include <vector>

namespace pes::cmd {

namespace {

int run_test(Session& session) {
  std::vector<Finding> findings;
  for (const ServiceAccount& account : accounts_of(session, "sae")) {
    const std::string entities = entities_of(account, session.settings().entities());
    findings.push_back(look_at(say("SAE of {1}", {entities}), [&] {
      port::Sae& sae = session.connections().sae(account.id_es.front());
      return fill("{1}, {2}", {sae.name(), sae.test_connection()});
    }));
  }
  return show_findings(session.console(), "sae-test", findings);
}

}  // namespace

void add_sae(CommandLine& line) {
  Command& sae = line.add("sae", tr("look at the SAE"), {}, {});
  sae.add_below(
      "test", tr("reach the SAE and check the credentials"),
      {.examples = {"pes sae test", "pes sae test --entity 2 --verbose"}, .timeout = Stance::obeys},
      run_test);
}

}  // namespace pes::cmd
