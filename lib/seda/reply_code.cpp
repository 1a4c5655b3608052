#include "pes/reply_code.hpp"

#include <algorithm>
#include <array>

namespace pes {

namespace {

struct ReplyCode {
  std::string_view code;
  std::string_view meaning;
  std::string_view advice;  // empty when there is nothing to do, or nothing known
};

constexpr std::string_view correct_bordereau = "corriger le bordereau, puis verser de nouveau";
constexpr std::string_view correct_settings =
    "corriger la configuration (pes config show sae), puis verser de nouveau";
constexpr std::string_view build_again = "verser de nouveau : l'archive sera refaite";
constexpr std::string_view ask_archives = "voir avec le service d'archives";

constexpr std::array reply_codes{
    ReplyCode{"000", "accepté", ""},
    ReplyCode{"001", "accepté, avec des commentaires à lire", ""},
    ReplyCode{"002", "accepté, l'autorité de contrôle a été sollicitée", ""},
    ReplyCode{"101", "message mal formé", correct_bordereau},
    ReplyCode{"102", "système momentanément indisponible", "verser de nouveau plus tard"},
    ReplyCode{"200", "service producteur inconnu", correct_settings},
    ReplyCode{"201", "service d'archives inconnu", correct_settings},
    ReplyCode{"202", "service versant inconnu", correct_settings},
    ReplyCode{"203", "le bordereau ne suit pas le profil d'archivage", correct_bordereau},
    ReplyCode{"204", "format de document non géré", ask_archives},
    ReplyCode{"205", "format de document autre que celui qui est déclaré", correct_bordereau},
    ReplyCode{"206", "signature du message non valide", ask_archives},
    ReplyCode{"207", "empreinte d'un document inexacte", build_again},
    ReplyCode{"208", "archive non communicable", ask_archives},
    ReplyCode{"209", "archive absente : éliminée, restituée ou transférée", ask_archives},
    ReplyCode{"210", "archive inconnue", ask_archives},
    ReplyCode{"211", "document attaché absent", build_again},
    ReplyCode{"212", "dérogation refusée", ask_archives},
    ReplyCode{"300", "accord de versement non valide", ask_archives},
    ReplyCode{"301", "quota de versements dépassé", ask_archives},
    ReplyCode{"302", "service producteur non autorisé par l'accord", correct_settings},
    ReplyCode{"303", "service versant non autorisé par l'accord", correct_settings},
    ReplyCode{"304", "service d'archives non autorisé par l'accord", correct_settings},
    ReplyCode{"305", "signatures des documents absentes", ask_archives},
    ReplyCode{"306", "volume non conforme à l'accord", ask_archives},
    ReplyCode{"307", "format non conforme à l'accord", ask_archives},
    ReplyCode{"308", "empreintes non transmises", correct_bordereau},
    ReplyCode{"309", "signature du message absente", ask_archives},
    ReplyCode{"310", "signatures des documents non valides", ask_archives},
    ReplyCode{"311", "signatures des documents non vérifiées", ask_archives},
    ReplyCode{"312", "versement hors des dates de l'accord", ask_archives},
    ReplyCode{"OK", "accepté", ""},
    ReplyCode{"WARNING", "accepté, avec des avertissements à lire", ""},
    ReplyCode{"KO", "refusé", ask_archives},
    ReplyCode{"FATAL", "échec du système d'archivage", ask_archives},
};

}  // namespace

std::string reply_code_meaning(std::string_view code) {
  const auto* const known =
      std::find_if(reply_codes.begin(), reply_codes.end(),
                   [&](const ReplyCode& candidate) { return candidate.code == code; });
  if (known == reply_codes.end()) return {};
  std::string text(known->meaning);
  if (!known->advice.empty()) text += " ; " + std::string(known->advice);
  return text;
}

}  // namespace pes
