#pragma once

#include "pes/dossier.hpp"
#include "record/node.hpp"

/// What a state file and a journal line have in common.
namespace pes::record {

inline constexpr std::size_t sha256_digits = 64;

DossierId read_dossier_id(const Node& node);

/// The keys `id_u` and `utilisateur` of the object.
User read_user(const Node& object);

Json write_stored_file(const StoredFile& file);
StoredFile read_stored_file(const Node& node);

Json write_job(const std::optional<Job>& job);
std::optional<Job> read_job(const Node& node);

Json write_attempt(const std::optional<Attempt>& attempt);
std::optional<Attempt> read_attempt(const Node& node);

}  // namespace pes::record
