#pragma once

#include "pes/dossier.hpp"
#include "pes/error.hpp"
#include "pes/ids.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// The folder of a dossier: `<home>/dossiers/<first two characters>/<identifier>/`.
namespace pes::store {

std::filesystem::path folder_of(const std::filesystem::path& dossiers, const DossierId& id);
std::filesystem::path state_file(const std::filesystem::path& folder);
bool has_state(const std::filesystem::path& folder);

/// Throws unknown_dossier when there is no state, or when it is another dossier's: on a
/// file system where case does not count, `o5uC72H` finds the folder of `O5uC72H`.
Dossier read_state(const std::filesystem::path& folder, const DossierId& id);
Error unknown_dossier(const DossierId& id);

/// True of a folder that had a state, false of one whose creation is under way or was
/// interrupted.
bool has_lost_its_state(const std::filesystem::path& folder);

/// What is found where a dossier should be: its state, or what is wrong with it, or neither when
/// there is no such dossier.
struct Look {
  std::optional<Dossier> dossier;
  std::optional<Error> damage;
  /// Somebody had it in hand just before, or died with it: its state may have been about to change.
  bool was_held = false;
};
Look look_at(const std::filesystem::path& dossiers, const DossierId& id);
/// Each dossier that there is, in no order.
void look_at_all(const std::filesystem::path& dossiers,
                 const std::function<void(const DossierId&, const Look&)>& callback);

/// Whether a file of that path is the dossier's.
bool names(const Dossier& dossier, const std::string& path);

/// Removes from the folder what the state does not name; what cannot be removed now is
/// removed the next time.
void remove_unnamed(const std::filesystem::path& folder, const Dossier& dossier);

/// A dossier that is erased leaves at once, for `dossiers/.deleted`, and its files after:
/// killed between the two, they wait there for the next `empty_bin`.
void move_to_bin(const std::filesystem::path& dossiers, const DossierId& id);
void empty_bin(const std::filesystem::path& dossiers);

/// Throws io_failed.
std::vector<std::filesystem::path> entries_of(const std::filesystem::path& folder);

}  // namespace pes::store
