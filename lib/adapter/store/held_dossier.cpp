#include "adapter/store/held_dossier.hpp"

#include "adapter/store/content.hpp"
#include "adapter/store/folder.hpp"
#include "crypto/digest.hpp"
#include "record/dossier.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

namespace pes::store {

FileHeldDossier::FileHeldDossier(std::filesystem::path dossiers,
                                 std::shared_ptr<port::Journal> journal,
                                 std::shared_ptr<Lists> lists, const DossierId& id, Lock lock,
                                 const std::optional<Dossier>& state)
    : dossiers_(std::move(dossiers)),
      journal_(std::move(journal)),
      lists_(std::move(lists)),
      folder_(folder_of(dossiers_, id)),
      lock_(std::move(lock)),
      dossier_(state.value_or(Dossier{.id_d = id})),
      place_(state ? Place::with_state : Place::without_state),
      interrupted_since_(lock_.interrupted_since()),
      owes_save_(interrupted_since_.has_value()) {}

FileHeldDossier::~FileHeldDossier() {
  if (place_ == Place::erased) return;
  if (place_ == Place::without_state) {
    discard();
  } else if (!owes_save_) {
    remove_unnamed(folder_, dossier_);
    lock_.clear();
  }
}

void FileHeldDossier::sign_in(Holder holder) {
  // Should this holder die too, what the one before left must still be found.
  if (interrupted_since_) {
    holder.journal_position = std::min(holder.journal_position, *interrupted_since_);
  }
  lock_.write(holder);
}

StoredFile FileHeldDossier::keep(std::string_view field, std::string_view name,
                                 const std::filesystem::path& source) {
  require_present();
  PendingFile copy(folder_ / "copy");
  StoredFile file = stored_file(field, name, copy_into(copy, source));
  copy.commit_as(folder_ / file.path);
  return file;
}

StoredFile FileHeldDossier::keep_bytes(std::string_view field, std::string_view name,
                                       std::string_view bytes) {
  require_present();
  const StoredFile file =
      stored_file(field, name, {.size = bytes.size(), .sha256 = crypto::sha256_hex(bytes)});
  replace_file(folder_ / file.path, bytes);
  return file;
}

std::filesystem::path FileHeldDossier::scratch(std::string_view name) {
  require_present();
  const std::string leaf = fill(".scratch-{1}-{2}", {std::to_string(++scratches_), name});
  if (name.find('/') != std::string_view::npos) {
    throw Error(ErrorCode::internal, say("{1} does not name a file", {name}));
  }
  // What a holder who died was building.
  std::error_code absent;
  std::filesystem::remove_all(folder_ / leaf, absent);
  return folder_ / leaf;
}

StoredFile FileHeldDossier::keep_scratch(std::string_view field, std::string_view name,
                                         const std::filesystem::path& scratch) {
  require_present();
  if (scratch.parent_path() != folder_) {
    throw Error(ErrorCode::internal,
                say("{1} is not in the folder of the dossier", {scratch.native()}));
  }
  const crypto::FileDigest digest = crypto::digest_file(scratch);
  StoredFile file = stored_file(field, name, {.size = digest.size, .sha256 = digest.sha256});
  constexpr mode_t owner_only = 0600;
  const FileDescriptor built = open_for_reading(scratch);
  if (::fchmod(built.get(), owner_only) != 0 || ::fsync(built.get()) != 0 ||
      ::rename(scratch.c_str(), (folder_ / file.path).c_str()) != 0) {
    throw_io(tr("cannot write"), folder_ / file.path, errno);
  }
  sync_directory(folder_);
  return file;
}

void FileHeldDossier::record(Dossier& dossier, Event event) {
  require_present();
  apply(dossier, journal_->append(std::move(event)));
  owes_save_ = true;
  save(dossier);
}

void FileHeldDossier::save(const Dossier& dossier) {
  require_present();
  if (dossier.id_d != dossier_.id_d) {
    throw Error(ErrorCode::internal, say("dossier {1} is saved in the place of {2}",
                                         {dossier.id_d.text(), dossier_.id_d.text()}));
  }
  owes_save_ = true;
  const std::string text = record::write_dossier(dossier);
  record::read_dossier(text, record::written(tr("the state to be saved")));
  replace_file(state_file(folder_), text);
  owes_save_ = false;
  place_ = Place::with_state;
  // A plan alone: no event tells the lists of it.
  if (dossier.id_j == dossier_.id_j) lists_->note(dossier);

  for (const auto& [field, file] : std::exchange(dossier_, dossier).files) {
    std::error_code left;  // then removed when the dossier is let go
    if (!names(dossier, file.path)) std::filesystem::remove(folder_ / file.path, left);
  }
}

void FileHeldDossier::erase() {
  require_present();
  move_to_bin(dossiers_, dossier_.id_d);
  place_ = Place::erased;
  empty_bin(dossiers_);
}

void FileHeldDossier::require_present() const {
  if (place_ == Place::erased) {
    throw Error(ErrorCode::internal, say("dossier {1} was erased", {dossier_.id_d.text()}));
  }
}

void FileHeldDossier::discard() noexcept {
  try {
    move_to_bin(dossiers_, dossier_.id_d);
    empty_bin(dossiers_);
  } catch (const Error&) {
    // A folder without state is nobody's: the next creation under this name takes it over,
    // and the record that stays in it tells it from a dossier that lost its state.
    return;
  }
}

}  // namespace pes::store
