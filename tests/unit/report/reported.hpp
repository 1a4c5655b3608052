#pragma once

#include "pes/error.hpp"
#include "pes/report.hpp"
#include "support/sample_dossier.hpp"
#include "support/scratch.hpp"

#include <fstream>
#include <string>

namespace pes::test {

/// Dossiers without a home: only their files are somewhere.
class FilesAlone final : public port::Store {
 public:
  [[nodiscard]] ReadableFile readable(const DossierId&, const StoredFile& file) const override {
    return scratch_.path() / file.path;
  }
  StoredFile put(const std::string& name, const std::string& bytes) {
    std::ofstream(scratch_.path() / name, std::ios::binary) << bytes;
    return {.name = name, .path = name, .size = bytes.size(), .sha256 = std::string(64, 'a')};
  }

  std::unique_ptr<port::HeldDossier> create(const DossierId&, std::string_view,
                                            std::uint64_t) override {
    return unused();
  }
  std::unique_ptr<port::HeldDossier> hold(const DossierId&, std::string_view,
                                          std::uint64_t) override {
    return unused();
  }
  [[nodiscard]] Dossier read(const DossierId&) const override { return unused(), Dossier{}; }
  void visit(const std::function<void(const Dossier&)>&,
             const std::function<void(const DossierId&, const Error&)>&) const override {}
  std::optional<DossierId> claim(const FlowName&, const DossierId&,
                                 const std::optional<DossierId>&) override {
    return std::nullopt;
  }
  void let_go(const FlowName&, const DossierId&) override {}
  [[nodiscard]] DossierPage query(const DossierQuery&) const override { return {}; }
  [[nodiscard]] DueDossiers due(Instant, std::size_t) const override { return {}; }
  void wait_for_news(Instant, const std::function<bool()>&) override {}

 private:
  static std::unique_ptr<port::HeldDossier> unused() {
    throw Error(ErrorCode::internal, "a report only looks at files");
  }

  Scratch scratch_;
};

/// Days as in UTC; an hour after the sample dossiers were created.
inline report::Scope whole_scope() {
  return {.id_e = {},
          .since = {},
          .until = {},
          .now = sample_instant() + std::chrono::hours(1),
          .day_of = [](Instant instant) { return std::chrono::floor<std::chrono::days>(instant); }};
}

/// A dossier in which these states followed each other, an hour apart.
inline Dossier dossier_in(std::initializer_list<Action> actions) {
  Dossier dossier = sample_dossier();
  for (const Action action : actions) {
    const Row& last = dossier.last_row();
    dossier.etats.push_back({.action = action,
                             .date = last.date + std::chrono::hours(1),
                             .user = automaton(),
                             .id_j = last.id_j + 1});
  }
  return dossier;
}

/// One whose flow has these bordereaux, and was answered so.
inline Dossier answered_dossier(FilesAlone& files, const std::string& bordereaux,
                                const std::string& etat_ack, const std::string& acquit) {
  Dossier dossier = dossier_in({Action::send_tdt, Action::info_tdt, Action::termine});
  dossier.fields[std::string(field::id_bordereau)] = bordereaux;
  dossier.fields[std::string(field::pes_tedetis_transaction_id)] = "1";
  dossier.fields[std::string(field::pes_etat_ack)] = etat_ack;
  dossier.files.insert_or_assign(std::string(field::pes_acquit), files.put("acquit.xml", acquit));
  return dossier;
}

}  // namespace pes::test
