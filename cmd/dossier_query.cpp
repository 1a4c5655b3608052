#include "dossier_query.hpp"

#include "exit_status.hpp"
#include "pes/error.hpp"
#include "session.hpp"
#include "suggestion.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

namespace pes::cmd {

namespace {

const std::vector<std::pair<std::string_view, SortColumn>>& sort_columns() {
  static const std::vector<std::pair<std::string_view, SortColumn>> columns{
      {"date_dernier_etat", SortColumn::date_dernier_etat},
      {"titre", SortColumn::titre},
      {"type", SortColumn::type},
      {"creation", SortColumn::creation},
      {"dte_str", SortColumn::dte_str},
      {"cod_bud", SortColumn::cod_bud},
      {"pes_etat_ack", SortColumn::pes_etat_ack}};
  return columns;
}

}  // namespace

SortColumn parse_sort_column(std::string_view name) {
  std::vector<std::string> names;
  std::string list;
  for (const auto& [known, column] : sort_columns()) {
    if (known == name) return column;
    names.emplace_back(known);
    list += list.empty() ? names.back() : ", " + names.back();
  }
  throw Error(ErrorCode::usage, say("{1} cannot be {2}", {"--sort", name}),
              did_you_mean(name, names, say("choose one of {1}", {list})));
}

std::string Page::position() const {
  return fill("Position {1} à {2} sur {3}",
              {std::to_string(first), std::to_string(last), std::to_string(total)});
}

Page page_of(std::size_t total, std::size_t number, std::size_t limit) {
  const std::size_t offset = (number - 1) * limit;
  return {.first = offset + 1, .last = std::min(offset + limit, total), .total = total};
}

DossierQuery page_query(const ListPage& options, Session& session) {
  DossierQuery query;
  query.limit = parse_count("--limit", options.limit);
  query.offset = (parse_count("--page", options.page) - 1) * query.limit;
  if (!options.all) {
    if (const auto entity = session.entity()) query.id_e = entity->id_e;
  }
  return query;
}

int tell_damaged(Session& session, const DossierPage& page) {
  int status = exit_status::done;
  for (const auto& [id, error] : page.damaged) {
    session.console().error(error, id.text());
    status = exit_status_of(error.code());
  }
  return status;
}

std::size_t parse_count(std::string_view option, std::string_view text) {
  std::size_t count = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, count);
  constexpr std::size_t most = 1'000'000'000;
  if (failure != std::errc() || rest != end || count == 0 || count > most) {
    throw Error(ErrorCode::usage, say("{1} cannot be {2}", {option, text}),
                tr("write a number, from 1 on"));
  }
  return count;
}

}  // namespace pes::cmd
