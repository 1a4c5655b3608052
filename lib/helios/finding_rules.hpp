#pragma once

#include "pes/finding.hpp"
#include "xml/tag.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace pes::helios {

/// Marks a string for the catalogue.
constexpr const char* translatable(const char* english) { return english; }

/// One a line: that the TdT refuses, in the order of its controls (tdt §7).
constexpr FindingRule refused_by_tdt(std::string_view code, const char* meaning) {
  return {code, Severity::error, Consequence::flow, Refuser::tdt, meaning};
}
/// Whatever its schemas will be, Hélios refuses the whole flow.
constexpr FindingRule refused_by_helios(std::string_view code, const char* meaning) {
  return {code, Severity::error, Consequence::flow, Refuser::helios, meaning};
}
/// Hélios refuses, by the schemas and rules known here.
constexpr FindingRule doubtful(std::string_view code, Consequence consequence,
                               const char* meaning) {
  return {code, Severity::warning, consequence, Refuser::helios, meaning};
}
/// Nothing is refused, but a person should look.
constexpr FindingRule notable(std::string_view code, const char* meaning) {
  return {code, Severity::warning, Consequence::none, Refuser::nobody, meaning};
}

inline constexpr std::array finding_rule_table{
    refused_by_tdt("size.too-large", translatable("the file is not larger than the TdT takes")),
    refused_by_tdt("size.empty", translatable("the file is not empty")),
    refused_by_tdt("encoding.not-latin1",
                   translatable("the first 50 characters of the file name ISO-8859-1")),
    refused_by_tdt(
        "content.none",
        translatable("the flow has a bordereau, a PJ or a marché, not its headers alone")),
    refused_by_tdt("nomfic.missing", translatable("the flow has a NomFic")),
    refused_by_tdt("codcol.too-long", translatable("CodCol has no more than 3 characters")),
    refused_by_tdt("signature.invalid", translatable("each signature is valid for the TdT")),
    refused_by_tdt("nomfic.used",
                   translatable("no flow of this NomFic and CodCol was sent before")),
    refused_by_tdt("idcoll.too-long", translatable("IdColl has no more than 14 characters")),
    refused_by_tdt("codcol.missing", translatable("the flow has a CodCol")),
    refused_by_tdt("codcol.length", translatable("CodCol has 3 characters")),
    refused_by_tdt("idpost.missing", translatable("the flow has an IdPost")),
    refused_by_tdt("idpost.length", translatable("IdPost has 6 characters")),
    refused_by_tdt("codbud.missing", translatable("the flow has a CodBud")),
    refused_by_tdt("codbud.length", translatable("CodBud has 2 characters")),

    refused_by_helios("structure.missing", translatable("no required element is missing")),
    refused_by_helios("structure.order", translatable("elements come in the order of the PES")),
    refused_by_helios("structure.repeated", translatable("what may stand once stands once")),
    refused_by_helios("structure.choice",
                      translatable("of elements that exclude each other one kind stands")),
    refused_by_helios("structure.namespace",
                      translatable("below the root no element has a namespace, but signatures")),
    doubtful("structure.unknown", Consequence::flow,
             translatable("every element is one that the PES has at its place")),
    doubtful("structure.attribute", Consequence::flow,
             translatable("elements have the attributes of the PES alone")),
    doubtful("structure.text", Consequence::flow,
             translatable("values stand in attributes V, not in texts")),
    refused_by_helios("value.missing", translatable("each value stands in an attribute V")),
    refused_by_helios("value.malformed",
                      translatable("numbers, amounts, dates and booleans are such")),
    doubtful("value.out-of-bounds", Consequence::flow,
             translatable("values are neither too long nor too small")),
    doubtful("value.characters", Consequence::flow,
             translatable("values have no characters that their type excludes")),
    doubtful("value.meaningless", Consequence::flow,
             translatable("no value is made of zeros alone, or is a blank, a full stop or « nc »")),
    doubtful("code.unknown", Consequence::flow, translatable("codes are in their lists")),
    doubtful("schema.invalid", Consequence::flow,
             translatable("the flow follows the schemas of schemas.pes")),
    doubtful("version.unexpected", Consequence::flow,
             translatable("version numbers are those that Hélios wants")),
    doubtful("demat.unsigned", Consequence::flow,
             translatable("a domain with InfoDematerialisee 1 is signed")),
    doubtful("demat.signed", Consequence::flow,
             translatable("a signed domain has InfoDematerialisee 1")),
    doubtful("demat.to-be-signed", Consequence::flow,
             translatable("a flow that will be signed has InfoDematerialisee 1")),
    doubtful("signature.partial", Consequence::flow,
             translatable("all bordereaux are signed, or none")),

    doubtful("bordereau.type", Consequence::bordereau,
             translatable("TypBord is one of those that an ordonnateur sends")),
    doubtful("bordereau.duplicate", Consequence::bordereau,
             translatable("a number of bordereau stands once a year, type and domain")),
    doubtful("bordereau.cumul", Consequence::bordereau,
             translatable("MtCumulAnnuel stands when InfoDematerialisee is 1")),
    doubtful("bordereau.tva", Consequence::bordereau,
             translatable("MtBordTVA is above zero when and only when a MtTVA of its lines is")),
    doubtful("piece.rattachement", Consequence::bordereau,
             translatable("RattachPiece stands where the type of the pièce wants it, and fits it")),
    doubtful("piece.convention", Consequence::bordereau,
             translatable("IdConv stands where the type of the pièce wants it")),
    doubtful("piece.role", Consequence::bordereau,
             translatable("IdRol stands only in a titre récapitulatif avec rôle")),
    doubtful("piece.majoration", Consequence::bordereau,
             translatable("a majoration has its date, rate and origin, other lines have none")),
    doubtful("tiers.identifier", Consequence::bordereau,
             translatable("IdTiers has the form that its NatIdTiers says")),
    doubtful("tiers.person", Consequence::bordereau,
             translatable("what only a natural person has stands for natural persons alone")),
    doubtful("tiers.civilite", Consequence::bordereau,
             translatable("Civilite and Prenom stand for natural persons, with a title in use")),
    doubtful("tiers.postcode", Consequence::bordereau, translatable("CP has 5 digits")),
    doubtful("tiers.country", Consequence::bordereau,
             translatable("CodPays stands for addresses abroad")),
    doubtful("bank.required", Consequence::bordereau,
             translatable("a CpteBancaire stands where ModRegl wants one")),
    doubtful("bank.unexpected", Consequence::bordereau,
             translatable("no CpteBancaire stands where ModRegl excludes it")),
    doubtful("bank.iban", Consequence::bordereau, translatable("the key of the IBAN is right")),
    doubtful("bank.rib", Consequence::bordereau,
             translatable("a RIB is complete, and its key is right")),
    doubtful("bank.bic", Consequence::bordereau, translatable("an account abroad has a BIC")),
    doubtful("bank.intermediary", Consequence::bordereau,
             translatable("IdPayInt and IdBancInt stand together")),
    doubtful("sepa.former-ics", Consequence::bordereau,
             translatable("AncienICS is an ICS or a former number of 6 digits")),

    doubtful("pj.version", Consequence::pj, translatable("the version number of the PJs is 1")),
    doubtful("pj.empty", Consequence::pj, translatable("each PJ has a content")),
    doubtful("pj.base64", Consequence::flow, translatable("the content of a PJ is base64")),
    doubtful("pj.not-gzip", Consequence::pj,
             translatable("the content of a PJ is compressed by gzip")),
    doubtful("pj.duplicate", Consequence::pj, translatable("the IdUnique of a PJ stands once")),
    doubtful("pj.domain", Consequence::pj,
             translatable("the type of a PJ and the Domaine of its RefCompta fit")),
    doubtful("pj.not-electronic", Consequence::pj,
             translatable("no PJ is sent that its PJRef says to be on paper or on a disc")),

    doubtful("facture.tiers", Consequence::facture,
             translatable("an ASAP names one centre d'encaissement and one comptable")),
    doubtful("facture.reference", Consequence::facture,
             translatable("an ASAP has its RefTitre, TalonOptique2Lignes and ModeRecouvrement")),
    doubtful("facture.tip", Consequence::facture,
             translatable("a TIP is of 150,000.00 at most, and for no patient")),
    doubtful("facture.several", Consequence::facture,
             translatable("a titre has one PES_Facture at most")),

    notable("encoding.c1", translatable("no byte from 0x80 to 0x9F stands in ISO-8859-1")),
    notable("nomfic.characters", translatable("NomFic has usual characters alone")),
    notable("objet.not-latin1", translatable("the Objet can be written in ISO-8859-1")),
    notable("id.not-a-name", translatable("an Id is an XML name")),
    notable("id.duplicate", translatable("an Id stands once")),
    notable("signature.no-bordereau", translatable("there is something to sign")),
    notable("signature.no-id", translatable("what is to be signed has an Id")),
    notable("nbrpce.different", translatable("NbrPce is the number of pièces")),
    notable("amount.different", translatable("the amount of a bordereau is the sum of its lines")),
    notable("pj.absent", translatable("the PJs that PJRefs name are in the flow")),
    notable("pj.orphan", translatable("each PJ is named by a PJRef or has a RefCompta")),
};

/// A code of the table, and no other: what is misspelt does not build.
class RuleCode {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a literal stands for its rule
  consteval RuleCode(const char* code) : rank_(rank_of(code)) {}

  [[nodiscard]] std::size_t rank() const noexcept { return rank_; }
  [[nodiscard]] const FindingRule& rule() const { return finding_rule_table.at(rank_); }

 private:
  static consteval std::size_t rank_of(std::string_view code) {
    std::size_t rank = 0;
    while (finding_rule_table.at(rank).code != code) ++rank;
    return rank;
  }

  std::size_t rank_;
};

/// @param at {0, 0} when the whole file is concerned
Finding finding(RuleCode code, std::string message, xml::Position at = {});

}  // namespace pes::helios
