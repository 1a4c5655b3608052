#pragma once

#include "pes/adapters.hpp"
#include "support/file.hpp"
#include "support/sample_dossier.hpp"
#include "support/scratch.hpp"

#include <set>
#include <string>

namespace pes::test {

/// A home with the dossier O5uC72H, which has one file, and nobody holding it.
class StoreHome {
 public:
  StoreHome() {
    create_home(scratch_.path());
    dossier = sample_dossier();
    const auto held = open()->create(dossier.id_d, "create", 0);
    dossier.files.emplace("fichier_pes", held->keep_bytes("fichier_pes", "a.xml", "<PES/>"));
    held->save(dossier);
  }

  [[nodiscard]] std::unique_ptr<port::Store> open() const {
    return make_file_store(scratch_.path());
  }
  [[nodiscard]] std::filesystem::path home() const { return scratch_.path(); }
  [[nodiscard]] std::filesystem::path dossiers() const { return scratch_.path() / "dossiers"; }
  [[nodiscard]] std::filesystem::path folder() const { return dossiers() / "O5" / "O5uC72H"; }
  [[nodiscard]] std::filesystem::path state() const { return folder() / "dossier.json"; }
  [[nodiscard]] std::filesystem::path lock() const { return folder() / "lock"; }

  /// The names in the dossier's folder.
  [[nodiscard]] std::set<std::string> names() const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder())) {
      names.insert(entry.path().filename());
    }
    return names;
  }
  [[nodiscard]] std::set<std::string> usual_names() const {
    return {"dossier.json", "lock", dossier.files.at("fichier_pes").path};
  }

  Dossier dossier;

 private:
  Scratch scratch_;
};

}  // namespace pes::test
