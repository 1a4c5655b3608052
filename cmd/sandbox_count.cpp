#include "sandbox_count.hpp"

#include "ui/language.hpp"

#include <algorithm>
#include <string>

namespace pes::cmd {

namespace {

using sandbox::Count;
using sandbox::FlowCount;

template <typename Condition>
std::size_t flows_that(const Count& count, const Condition& condition) {
  return static_cast<std::size_t>(std::count_if(count.flows.begin(), count.flows.end(), condition));
}

std::size_t accepted_twice(const Count& count) {
  return flows_that(count, [](const FlowCount& flow) { return flow.transactions.size() > 1; });
}

std::size_t archived_once(const Count& count) {
  return flows_that(count, [](const FlowCount& flow) { return flow.archived == 1; });
}

std::size_t archived_twice(const Count& count) {
  return flows_that(count, [](const FlowCount& flow) { return flow.archived > 1; });
}

ui::Json described(const FlowCount& flow) {
  return {{"nom_fic", flow.nom_fic},     {"cod_col", flow.cod_col},
          {"sha256", flow.sha256},       {"transactions", flow.transactions},
          {"acquitted", flow.acquitted}, {"deposited", flow.deposited},
          {"archived", flow.archived}};
}

ui::Json document_of(const Count& count) {
  ui::Json document = ui::with_schema("sandbox-count");
  document["accepted"] = count.flows.size();
  document["accepted_twice"] = accepted_twice(count);
  document["archived_once"] = archived_once(count);
  document["archived_twice"] = archived_twice(count);
  document["other_transfers"] = count.other_transfers;
  document["faults"] = ui::Json::object();
  for (const auto& [fault, times] : count.faults) document["faults"][fault] = times;
  document["flows"] = ui::Json::array();
  for (const FlowCount& flow : count.flows) document["flows"].push_back(described(flow));
  return document;
}

ui::Table table_of(const Count& count) {
  ui::Table table({{"NomFic", ui::Table::Cut::middle},
                   {"CodCol"},
                   {tr("Accepted")},
                   {tr("Acquits")},
                   {tr("Deposited")},
                   {tr("Archived")}});
  for (const FlowCount& flow : count.flows) {
    table.add({flow.nom_fic, flow.cod_col, std::to_string(flow.transactions.size()),
               std::to_string(flow.acquitted), std::to_string(flow.deposited),
               std::to_string(flow.archived)});
  }
  return table;
}

}  // namespace

void show_sandbox_count(ui::Console& console, const Count& count) {
  if (console.json()) return console.result_json(document_of(count));
  console.result(table_of(count));
  console.note(
      say("flows accepted: {1}, twice or more: {2}; archived once: {3}, twice or more: {4}",
          {std::to_string(count.flows.size()), std::to_string(accepted_twice(count)),
           std::to_string(archived_once(count)), std::to_string(archived_twice(count))}));
}

}  // namespace pes::cmd
