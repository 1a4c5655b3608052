#include "pes/event.hpp"

namespace pes {

std::string_view label(EventType type) {
  switch (type) {
    case EventType::dossier_action:
      return "Action sur un dossier";
    case EventType::notification:
      return "Notification";
    case EventType::entity:
      return "Gestion des entités";
    case EventType::user:
      return "Gestion des utilisateurs";
    case EventType::mail:
      return "Mail sécurisé";
    case EventType::connection:
      return "Connexion";
    case EventType::consultation:
      return "Consultation de dossier ou de document";
    case EventType::mail_sent:
      return "Envoi de mail";
    case EventType::failed_attempt:
      return "Erreur lors de la tentative d'une action";
    case EventType::batch:
      return "Programmation d'un traitement par lot";
    case EventType::test:
      return "Test";
    case EventType::custom_type:
      return "Action sur un type de dossier personnalisé";
    case EventType::journal:
      return "Action sur le journal";
    case EventType::command:
      return "Action par commande";
  }
  return "";
}

}  // namespace pes
