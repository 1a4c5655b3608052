#include "pes/error.hpp"
#include "pes/seda.hpp"
#include "pes/time.hpp"
#include "seda/day.hpp"
#include "support/text.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <sstream>

namespace pes {

namespace {

using pugi::xml_document;
using pugi::xml_node;

constexpr const char* seda_namespace = "fr:gouv:culture:archivesdefrance:seda:v1.0";
constexpr const char* sha256_uri = "http://www.w3.org/2001/04/xmlenc#sha256";

// The profile of PES that is published for SEDA 1.0, version 3.0.4, fixes texts and schemes;
// the texts suit any other (sae §8, §9).
constexpr std::string_view published_profile = "Profil_PES_AP_v3";
constexpr const char* pes_object_description =
    "Fichier dématérialisé des titres de recette, des mandats de dépense et des bordereaux "
    "récapitulatifs de flux signés électroniquement, pouvant contenir également les pièces "
    "justificatives dématérialisées.";

// --- Elements -------------------------------------------------------------------

xml_node add(xml_node parent, const char* name) { return parent.append_child(name); }

xml_node add(xml_node parent, const char* name, const std::string& text) {
  const xml_node element = add(parent, name);
  element.text().set(text.c_str());
  return element;
}

void set(xml_node element, const char* attribute, const char* value) {
  element.append_attribute(attribute).set_value(value);
}

/// A text in French.
void add_french(xml_node parent, const char* name, const std::string& text) {
  set(add(parent, name, text), "languageID", "fr");
}

/// A code of the lists of 2009.
void add_code(xml_node parent, const char* name, const std::string& code) {
  set(add(parent, name, code), "listVersionID", "edition 2009");
}

void add_agency(xml_node parent, const char* name, const SedaAgency& agency) {
  const xml_node element = add(parent, name);
  add(element, "Identification", agency.identification);
  if (!agency.name.empty()) add_french(element, "Name", agency.name);
}

/// Where a keyword is defined.
struct Scheme {
  const char* name = nullptr;
  const char* agency = nullptr;
  const char* version = nullptr;
  const char* uri = nullptr;
};

constexpr Scheme sirene{.name = "SIRENE", .agency = "INSEE"};
constexpr Scheme subjects{.name = "Thesaurus_matiere",
                          .agency = "Service Interministériel des archives de France",
                          .version = "version 2011",
                          .uri = "http://www.archivesdefrance.culture.gouv.fr/static/5372"};
constexpr Scheme document_types{.name = "Liste d'autorité_Typologie documentaire",
                                .agency = "Service Interministériel des Archives de France",
                                .version = "version 2011",
                                .uri = "http://www.archivesdefrance.culture.gouv.fr/static/5377"};

void add_reference(xml_node keyword, const Scheme& scheme, const std::string& reference) {
  const xml_node element = add(keyword, "KeywordReference", reference);
  set(element, "schemeName", scheme.name);
  set(element, "schemeAgencyName", scheme.agency);
  if (scheme.version != nullptr) set(element, "schemeVersionID", scheme.version);
  if (scheme.uri != nullptr) set(element, "schemeDataURI", scheme.uri);
}

// --- What the bordereau tells ---------------------------------------------------

/// The dates of the archive (sae §7, §8).
struct Dates {
  std::optional<std::chrono::sys_days> pes, acquit;

  explicit Dates(const SedaRequest& request)
      : pes(seda::parse_day(request.flow.dte_str)),
        acquit(request.acquit ? seda::parse_day(request.acquit->dte_str) : std::nullopt) {}

  /// That of the PES; simulated acquits may be older, so the two are put in order.
  [[nodiscard]] std::optional<std::chrono::sys_days> oldest() const {
    return pes && acquit ? std::min(*pes, *acquit) : pes ? pes : acquit;
  }
  [[nodiscard]] std::optional<std::chrono::sys_days> latest() const {
    return pes && acquit ? std::max(*pes, *acquit) : pes ? pes : acquit;
  }
};

class BordereauSeda {
 public:
  explicit BordereauSeda(const SedaRequest& request) : request_(request), dates_(request) {}

  [[nodiscard]] std::string write() const {
    pugi::xml_document document;
    const xml_node declaration = document.append_child(pugi::node_declaration);
    set(declaration, "version", "1.0");
    set(declaration, "encoding", "UTF-8");
    add_transfer(document.root());
    std::ostringstream output;
    document.save(output, "  ", pugi::format_indent, pugi::encoding_utf8);
    return output.str();
  }

 private:
  void add_transfer(xml_node document) const {
    const xml_node transfer = add(document, "ArchiveTransfer");
    set(transfer, "xmlns", seda_namespace);
    add_french(transfer, "Comment", comment());
    add(transfer, "Date", iso8601(request_.date));
    add(transfer, "TransferIdentifier", request_.transfer_id);
    add_agency(transfer, "ArchivalAgency", agreement_.archival);
    add_agency(transfer, "TransferringAgency", agreement_.transferring);
    add_archive(transfer);
  }

  void add_archive(xml_node transfer) const {
    const xml_node archive = add(transfer, "Archive");
    add(archive, "ArchivalAgreement", agreement_.agreement);
    const xml_node profile = add(archive, "ArchivalProfile", agreement_.profile);
    if (agreement_.profile == published_profile) {
      set(profile, "schemeName", "Profil de données");
      set(profile, "schemeAgencyName", "Adullact Projet");
    }
    add_code(archive, "DescriptionLanguage", "fra");
    add_french(archive, "Name", title());
    add(archive, "OriginatingAgencyArchiveIdentifier", flow_name());
    if (!agreement_.service_level.empty()) {
      add(archive, "ServiceLevel", agreement_.service_level);
    }
    add_description(archive);
    add_rules(archive);
    add_pes_aller(archive);
    if (request_.pes_acquit) add_pes_acquit(archive, *request_.pes_acquit);
    if (request_.journal) add_journal(archive, *request_.journal);
  }

  void add_description(xml_node archive) const {
    const xml_node content = add(archive, "ContentDescription");
    add_french(content, "Description", description());
    add_code(content, "DescriptionLevel", agreement_.archive_level);
    add_code(content, "Language", "fra");
    if (const auto day = dates_.latest()) add(content, "LatestDate", seda::day_text(*day));
    if (const auto day = dates_.oldest()) add(content, "OldestDate", seda::day_text(*day));
    add_french(
        add(content, "CustodialHistory"), "CustodialHistoryItem",
        fill("Flux comptable PES V2 transmis au comptable public, puis versé depuis pes pour "
             "le compte de {1}.",
             {request_.entity_name}));
    add_keywords(content);
    add_agency(content, "OriginatingAgency", agreement_.originating);
  }

  void add_keywords(xml_node content) const {
    const xml_node entity = add(content, "Keyword");
    add(entity, "KeywordContent", request_.entity_name);
    if (!request_.entity_siren.empty()) add_reference(entity, sirene, request_.entity_siren);
    add_code(entity, "KeywordType", "corpname");

    const xml_node domains = add(content, "Keyword");
    add_french(domains, "KeywordContent", flow_.domains());
    add_code(domains, "KeywordType", "genreform");

    const xml_node subject = add(content, "Keyword");
    add_french(subject, "KeywordContent", "comptabilité publique");
    add_reference(subject, subjects, "67717/T1-747");
    add_code(subject, "KeywordType", "subject");

    const xml_node type = add(content, "Keyword");
    add_french(type, "KeywordContent", "pièce comptable");
    add_reference(type, document_types, "67717/T3-160");
    add_code(type, "KeywordType", "genreform");

    const xml_node budget = add(content, "Keyword");
    add_french(budget, "KeywordContent", flow_.cod_col + flow_.cod_bud);
    add_code(budget, "KeywordType", "genreform");
  }

  void add_rules(xml_node archive) const {
    const std::string start = seda::day_text(rules_start());
    const xml_node access = add(archive, "AccessRestrictionRule");
    add_code(access, "Code", agreement_.access_code);
    add(access, "StartDate", start);
    const xml_node appraisal = add(archive, "AppraisalRule");
    add_code(appraisal, "Code", agreement_.appraisal_code);
    add(appraisal, "Duration", agreement_.appraisal_duration);
    add(appraisal, "StartDate", start);
  }

  void add_pes_aller(xml_node archive) const {
    const xml_node object = add(archive, "ArchiveObject");
    add_french(object, "Name", "Fichier du PES_Aller");
    const xml_node content = add(object, "ContentDescription");
    add_french(content, "Description", pes_object_description);
    add_code(content, "DescriptionLevel", agreement_.pes_level);
    add_code(content, "Language", "fra");
    for (const std::string& id_bord : flow_.id_bords) add_number(content, "IdBord " + id_bord);
    for (const std::string& id_pce : flow_.id_pces) add_number(content, "IdPce " + id_pce);

    const xml_node document = open_xml_document(object, request_.pes_aller, dates_.pes);
    set(add(document, "Size", std::to_string(request_.pes_aller.size)), "unitCode", "AD");
    add_code(document, "Type", "CDO");
  }

  void add_pes_acquit(xml_node archive, const ArchiveEntry& entry) const {
    const xml_node object = add(archive, "ArchiveObject");
    add_french(object, "Name", "Acquittement du PES_Aller");
    add_item_description(object);

    // The published profile has a language here and no size.
    const xml_node document = open_xml_document(object, entry, dates_.acquit);
    add(document, "Language", "fra");
    add_code(document, "Type", "CDO");
  }

  void add_journal(xml_node archive, const ArchiveEntry& entry) const {
    const xml_node object = add(archive, "ArchiveObject");
    add_french(object, "Name", "Faisceau de preuves");
    add_item_description(object);

    const xml_node document = add(object, "Document");
    const xml_node attachment = add(document, "Attachment");
    set(attachment, "mimeCode", "application/json");
    set(attachment, "filename", entry.name.c_str());
    add(document, "Copy", "false");
    add_integrity(document, entry);
    set(add(document, "Size", std::to_string(entry.size)), "unitCode", "AD");
    add_code(document, "Type", "CDO");
  }

  /// A `Document` up to its integrity.
  static xml_node open_xml_document(xml_node object, const ArchiveEntry& entry,
                                    const std::optional<std::chrono::sys_days>& created) {
    const xml_node document = add(object, "Document");
    const xml_node attachment = add(document, "Attachment");
    set(attachment, "format", "fmt/101");
    set(attachment, "mimeCode", "application/xml");
    set(attachment, "filename", entry.name.c_str());
    add(document, "Copy", "false");
    if (created) add(document, "Creation", seda::french_midnight(*created));
    add_integrity(document, entry);
    return document;
  }

  static void add_integrity(xml_node document, const ArchiveEntry& entry) {
    set(add(document, "Integrity", entry.sha256), "algorithme", sha256_uri);
  }

  static void add_item_description(xml_node object) {
    const xml_node content = add(object, "ContentDescription");
    add_code(content, "DescriptionLevel", "item");
    add_code(content, "Language", "fra");
  }

  static void add_number(xml_node content, const std::string& number) {
    add_french(add(content, "Keyword"), "KeywordContent", number);
  }

  [[nodiscard]] std::string flow_name() const {
    return flow_.nom_fic.empty() ? request_.pes_aller.name : flow_.nom_fic;
  }

  [[nodiscard]] std::string comment() const {
    if (request_.tdt_name.empty()) return "Transfert d'un flux PES : " + flow_name();
    return fill("Transfert d'un flux PES issu du TdT {1} : {2}", {request_.tdt_name, flow_name()});
  }

  [[nodiscard]] std::string title() const {
    const std::string& budget =
        flow_.libelle_col_bud.empty() ? flow_.cod_col : flow_.libelle_col_bud;
    return fill("Flux comptable {1} en date du {2} de {3}",
                {flow_.domains(), flow_.dte_str, budget});
  }

  [[nodiscard]] std::string description() const {
    return fill(
        "Identifiant du payeur : {1} Identifiant de l'ordonnateur : {2} Code du budget : {3} "
        "Domaine : {4}",
        {flow_.id_post, flow_.id_coll, flow_.cod_bud, flow_.domains()});
  }

  /// The day of the acquit, else of the PES (sae §7). The schema wants one: failing both,
  /// that of the transfer.
  [[nodiscard]] std::chrono::sys_days rules_start() const {
    if (dates_.acquit) return *dates_.acquit;
    return dates_.pes.value_or(std::chrono::floor<std::chrono::days>(request_.date));
  }

  const SedaRequest& request_;
  const SedaAgreement& agreement_ = request_.agreement;
  const PesAller& flow_ = request_.flow;
  Dates dates_;
};

void require_complete(const SedaAgreement& agreement) {
  struct Need {
    const char* key;
    const std::string& value;
  };
  const std::array needs{Need{"sae.archival_agency", agreement.archival.identification},
                         Need{"sae.transferring_agency", agreement.transferring.identification},
                         Need{"sae.originating_agency", agreement.originating.identification},
                         Need{"sae.agreement", agreement.agreement},
                         Need{"sae.profile", agreement.profile}};
  std::vector<std::string> missing;
  for (const Need& need : needs) {
    if (trimmed(need.value).empty()) missing.emplace_back(need.key);
  }
  if (missing.empty()) return;
  throw Error(ErrorCode::config_missing,
              say("the archival agreement is not told whole: {1}", {join(missing, ", ")}),
              tr("the archives give these values; see man pes-config"));
}

}  // namespace

std::string build_bordereau_seda(const SedaRequest& request) {
  require_complete(request.agreement);
  return BordereauSeda(request).write();
}

std::string transferring_agency_of(std::string_view bordereau_seda) {
  xml_document document;
  document.load_buffer(bordereau_seda.data(), bordereau_seda.size());
  const xml_node agency = document.document_element().child("TransferringAgency");
  std::string identification = agency.child("Identification").text().get();
  if (identification.empty()) {
    throw Error(ErrorCode::input_invalid, tr("the bordereau SEDA names no transferring agency"));
  }
  return identification;
}

}  // namespace pes
