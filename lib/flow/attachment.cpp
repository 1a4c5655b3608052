#include "flow/attachment.hpp"

#include "crypto/digest.hpp"
#include "pes/error.hpp"
#include "pes/pes_aller.hpp"
#include "support/text.hpp"

namespace pes::flow {

namespace {

/// Bytes in Mo of 1 000 000, as Pastell counts them.
std::string megabytes(std::uint64_t bytes) { return std::to_string(bytes / 1'000'000); }

}  // namespace

void require_attachable(const Settings& settings, const std::string& id_e, const NamedFile& file) {
  const auto limit = static_cast<std::uint64_t>(settings.integer("tdt.max_size", id_e));
  const std::uint64_t size = read_pes_aller(file).size;
  if (size <= limit) return;
  throw Error(
      ErrorCode::input_too_large,
      fill("Le fichier «{1}» (Fichier PES) dépasse le poids limite autorisé : {2} Mo ({3} octets), "
           "{4} Mo ({5} octets) trouvés",
           {std::filesystem::path(file.name).filename().native(), megabytes(limit),
            std::to_string(limit), megabytes(size), std::to_string(size)}),
      tr("split the flow, or see tdt.max_size: pes config show tdt.max_size"));
}

bool has_content(const StoredFile& stored, const std::filesystem::path& file) {
  const crypto::FileDigest digest = crypto::digest_file(file);
  return digest.size == stored.size && digest.sha256 == stored.sha256;
}

std::string shown_name(const std::filesystem::path& file, const std::string& given) {
  return given.empty() ? file.filename().native() : given;
}

}  // namespace pes::flow
