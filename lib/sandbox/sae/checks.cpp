#include "sandbox/sae/checks.hpp"

#include "pes/seda.hpp"
#include "sandbox/sae/archive.hpp"
#include "sandbox/sae/profile.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>

namespace pes::sandbox::sae {
namespace {

/// Reply codes that the checks give.
namespace code {
constexpr const char* malformed = "101";
constexpr const char* originating_unknown = "200";
constexpr const char* archival_unknown = "201";
constexpr const char* transferring_unknown = "202";
constexpr const char* profile_not_followed = "203";
constexpr const char* format_not_handled = "204";
constexpr const char* format_differs = "205";
constexpr const char* digest_differs = "207";
constexpr const char* file_missing = "211";
constexpr const char* agreement_invalid = "300";
constexpr const char* too_large = "306";
constexpr const char* digest_not_given = "308";
}  // namespace code

/// The next check decides.
Verdict passed() { return {}; }

Verdict fault(const char* code, std::string_view reason) {
  return {.code = code, .reason = std::string(reason), .sizes = {}};
}

bool is_listed(const std::vector<std::string>& list, const std::string& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

Verdict check_message(std::string_view bordereau, const Transfer& transfer,
                      const std::filesystem::path& seda_schema) {
  if (seda_schema.empty() || transfer.version != Version::v1_0) return passed();
  const std::vector<Finding> findings = validate_against_schema(bordereau, seda_schema);
  if (findings.empty()) return passed();
  return fault(code::malformed, "le bordereau n'est pas conforme au schéma du SEDA 1.0, ligne " +
                                    std::to_string(findings.front().line) + " : " +
                                    findings.front().message);
}

Verdict check_agreement(std::string_view bordereau, const Transfer& transfer,
                        const Agreement& agreement) {
  if (!is_listed(agreement.originating, transfer.originating)) {
    return fault(code::originating_unknown,
                 "le service producteur " + transfer.originating + " est inconnu");
  }
  if (!is_listed(agreement.archival, transfer.archival.identification)) {
    return fault(code::archival_unknown,
                 "le service d'archives " + transfer.archival.identification + " est inconnu");
  }
  if (!is_listed(agreement.transferring, transfer.transferring.identification)) {
    return fault(code::transferring_unknown,
                 "le service versant " + transfer.transferring.identification + " est inconnu");
  }
  if (!is_listed(agreement.agreements, transfer.agreement)) {
    return fault(code::agreement_invalid,
                 "l'accord de versement " + transfer.agreement + " est inconnu");
  }
  if (!agreement.profile.empty() && !follows_profile(bordereau, agreement.profile)) {
    return fault(code::profile_not_followed, "le bordereau n'est pas conforme au profil");
  }
  return passed();
}

/// In 0.2 the agreements of the time let transfers come without digests.
Verdict check_digests_given(const Transfer& transfer) {
  if (transfer.version == Version::v0_2) return passed();
  for (const Attachment& attachment : transfer.attachments) {
    if (attachment.digest.empty()) {
      return fault(code::digest_not_given,
                   "l'empreinte du fichier " + attachment.name + " n'est pas donnée");
    }
  }
  return passed();
}

/// The ZIP of a known client held its files in a folder that its 0.2 bordereau left out.
bool is_entry(const Transfer& transfer, const Attachment& attachment, const std::string& name) {
  if (attachment.name == name) return true;
  return transfer.version == Version::v0_2 &&
         std::filesystem::path(name).filename() == attachment.name;
}

const Attachment* attachment_for(const Transfer& transfer, const std::string& name) {
  const auto found =
      std::find_if(transfer.attachments.begin(), transfer.attachments.end(),
                   [&](const Attachment& each) { return is_entry(transfer, each, name); });
  return found == transfer.attachments.end() ? nullptr : &*found;
}

Verdict check_names(const Transfer& transfer, const std::vector<ArchivedFile>& files,
                    const Agreement& agreement) {
  for (const Attachment& attachment : transfer.attachments) {
    const auto count = std::count_if(files.begin(), files.end(), [&](const ArchivedFile& file) {
      return is_entry(transfer, attachment, file.name);
    });
    if (count == 0) {
      return fault(code::file_missing,
                   "le fichier " + attachment.name + " est absent de l'archive");
    }
    if (count > 1) {
      return fault(code::file_missing, "l'archive contient plusieurs fichiers " + attachment.name);
    }
  }
  for (const ArchivedFile& file : files) {
    if (!agreement.extra_files && attachment_for(transfer, file.name) == nullptr) {
      return fault(code::file_missing, "le fichier " + file.name + " n'est pas dans le bordereau");
    }
  }
  return passed();
}

Verdict check_digest(const Attachment& attachment, const ArchivedFile& file) {
  if (attachment.digest.empty()) return passed();
  const bool is_equal = lowered_ascii(attachment.digest) == hex(file.digest) ||
                        attachment.digest == base64(file.digest);
  if (digest_algorithm(attachment) && is_equal) return passed();
  return fault(code::digest_differs,
               "l'empreinte du fichier " + attachment.name + " n'est pas celle du bordereau");
}

bool begins_as(const std::string& head, const std::string& mime_type) {
  if (mime_type == "application/pdf") return head.starts_with("%PDF");
  if (mime_type != "application/xml" && mime_type != "text/xml") return true;
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  std::string_view text = head;
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  return trimmed(text).starts_with('<');
}

Verdict check_format(const Attachment& attachment, const ArchivedFile& file,
                     const Agreement& agreement) {
  if (!attachment.mime_type.empty() && !is_listed(agreement.mime_types, attachment.mime_type)) {
    return fault(code::format_not_handled,
                 "le format " + attachment.mime_type + " n'est pas pris en charge");
  }
  if (!begins_as(file.head, attachment.mime_type)) {
    return fault(code::format_differs, "le fichier " + attachment.name +
                                           " n'a pas le format déclaré, " + attachment.mime_type);
  }
  return passed();
}

Verdict check_files(const Transfer& transfer, const std::vector<ArchivedFile>& files,
                    const Agreement& agreement) {
  Verdict verdict;
  std::uint64_t volume = 0;
  for (const ArchivedFile& file : files) {
    volume += file.size;
    const Attachment* attachment = attachment_for(transfer, file.name);
    if (attachment == nullptr) continue;
    if (Verdict found = check_digest(*attachment, file); !found.is_acceptance()) return found;
    if (Verdict found = check_format(*attachment, file, agreement); !found.is_acceptance()) {
      return found;
    }
    verdict.sizes[attachment->name] = file.size;
  }
  if (agreement.max_bytes && volume > *agreement.max_bytes) {
    return fault(code::too_large, "le volume du transfert dépasse celui de l'accord");
  }
  return verdict;
}

}  // namespace

Verdict judge(std::string_view bordereau, const Transfer& transfer,
              const std::filesystem::path& archive, const Agreement& agreement,
              const std::filesystem::path& seda_schema) {
  if (Verdict found = check_message(bordereau, transfer, seda_schema); !found.is_acceptance()) {
    return found;
  }
  if (Verdict found = check_agreement(bordereau, transfer, agreement); !found.is_acceptance()) {
    return found;
  }
  if (Verdict found = check_digests_given(transfer); !found.is_acceptance()) return found;
  const auto algorithm_for = [&](std::string_view name) {
    const Attachment* attachment = attachment_for(transfer, std::string(name));
    return attachment == nullptr
               ? port::DigestAlgorithm::sha256
               : digest_algorithm(*attachment).value_or(port::DigestAlgorithm::sha256);
  };
  const auto files = read_archive(archive, algorithm_for);
  if (!files) return fault(code::file_missing, "l'archive est illisible");
  if (Verdict found = check_names(transfer, *files, agreement); !found.is_acceptance()) {
    return found;
  }
  return check_files(transfer, *files, agreement);
}

bool means_accepted(std::string_view code) {
  return code == "000" || code == "001" || code == "002";
}

}  // namespace pes::sandbox::sae
