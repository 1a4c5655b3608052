#include "csv.hpp"

#include <string_view>

namespace pes::cmd {

namespace {

std::string csv_cell(std::string_view value) {
  std::string cell;
  // New lines in messages become spaces, as in Pastell.
  for (const char c : value) cell += c == '\n' || c == '\r' ? ' ' : c;
  if (cell.find_first_of(",\"") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace

std::string csv_row(const std::vector<std::string>& cells) {
  std::string row;
  for (std::size_t i = 0; i < cells.size(); ++i) row += (i == 0 ? "" : ",") + csv_cell(cells[i]);
  return row + "\n";
}

}  // namespace pes::cmd
