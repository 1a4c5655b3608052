#include "adapter/tdt/named_transactions.hpp"

#include "pes/error.hpp"
#include "support/file.hpp"

#include <fcntl.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <fstream>
#include <system_error>

namespace pes::tdt {

namespace {

constexpr const char* extension = ".jsonl";

/// `2026-01-05.jsonl`: names in the order of days.
std::string day_file(Instant moment) { return iso8601(moment).substr(0, 10) + extension; }

/// It begins a line rather than ending one: one that was cut short spoils no other.
std::string record_of(const std::string& transaction, const FlowName& flow) {
  const nlohmann::ordered_json record{
      {"transaction", transaction}, {"nom_fic", flow.nom_fic}, {"cod_col", flow.cod_col}};
  return '\n' + record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void NamedTransactions::learn(const std::string& transaction, const FlowName& flow) {
  const bool is_new = flows_.insert_or_assign(transaction, flow).second;
  if (!is_new || folder_.empty()) return;
  try {
    keep(transaction, flow);
  } catch (const Error&) {
    return;  // learnt again by the next process
  }
}

void NamedTransactions::keep(const std::string& transaction, const FlowName& flow) const {
  make_directories(folder_);
  const Instant now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const std::filesystem::path path = folder_ / day_file(now);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): the system call's own form
  FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (!file.is_open()) return;
  // One call: two processes may write at once.
  write_all(file.get(), record_of(transaction, flow), path);
}

void NamedTransactions::recall(Instant since) {
  if (folder_.empty()) return;
  std::error_code fault;
  for (std::filesystem::directory_iterator entry(folder_, fault), end; !fault && entry != end;
       entry.increment(fault)) {
    const std::filesystem::path& file = entry->path();
    std::error_code unremoved;
    if (file.filename().native() < day_file(since)) {
      std::filesystem::remove(file, unremoved);
    } else {
      read(file);
    }
  }
}

void NamedTransactions::read(const std::filesystem::path& file) {
  std::streamoff& read_until = read_until_[file];
  std::error_code fault;
  const auto size = static_cast<std::streamoff>(std::filesystem::file_size(file, fault));
  if (fault || size <= read_until) return;
  std::ifstream lines(file);
  lines.seekg(read_until);
  read_until = size;
  for (std::string line; std::getline(lines, line);) {
    const auto record = nlohmann::json::parse(line, nullptr, false);
    if (!record.is_object()) continue;
    flows_.emplace(record.value("transaction", std::string()),
                   FlowName{.nom_fic = record.value("nom_fic", std::string()),
                            .cod_col = record.value("cod_col", std::string())});
  }
}

const FlowName* NamedTransactions::flow_of(const std::string& transaction) const {
  const auto known = flows_.find(transaction);
  return known == flows_.end() ? nullptr : &known->second;
}

}  // namespace pes::tdt
