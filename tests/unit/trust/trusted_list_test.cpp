#include "trust/trusted_list.hpp"

#include "crypto/certificate.hpp"
#include "pes/error.hpp"
#include "support/encoding.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"
#include "support/text.hpp"
#include "trust/judgement.hpp"
#include "unit/trust/pki.hpp"

#include <doctest/doctest.h>

using namespace pes;
using namespace pes::test;

namespace {

const std::string granted = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted";
const std::string withdrawn = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/withdrawn";
const std::string supervised =
    "http://uri.etsi.org/TrstSvc/eSigDir-1999-Sig/TrustedList/Svcstatus/undersupervision";

struct ServiceWish {
  std::string type = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC";
  std::string status = granted;
  std::string since = "2016-07-01T00:00:00Z";
  std::string extensions;
  std::string history;
};

std::string additional(const std::string& use) {
  return fill(
      "<tsl:ServiceInformationExtensions><tsl:Extension Critical=\"true\">"
      "<tsl:AdditionalServiceInformation><tsl:URI xml:lang=\"en\">"
      "http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/{1}</tsl:URI>"
      "</tsl:AdditionalServiceInformation></tsl:Extension></tsl:ServiceInformationExtensions>",
      {use});
}

std::string past(const std::string& status, const std::string& since) {
  return fill(
      "<tsl:ServiceHistoryInstance><tsl:ServiceStatus>{1}</tsl:ServiceStatus>"
      "<tsl:StatusStartingTime>{2}</tsl:StatusStartingTime></tsl:ServiceHistoryInstance>",
      {status, since});
}

std::string list_of(X509& certificate, const ServiceWish& wish = {}) {
  return fill(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<tsl:TrustServiceStatusList xmlns:tsl="http://uri.etsi.org/02231/v2#">
<tsl:SchemeInformation><tsl:TSLSequenceNumber>7</tsl:TSLSequenceNumber>
<tsl:SchemeOperatorName><tsl:Name xml:lang="en">Agency</tsl:Name>
<tsl:Name xml:lang="fr">Agence d'essai</tsl:Name></tsl:SchemeOperatorName>
<tsl:SchemeTerritory>FR</tsl:SchemeTerritory>
<tsl:ListIssueDateTime>2026-01-01T00:00:00Z</tsl:ListIssueDateTime>
<tsl:NextUpdate><tsl:dateTime>2026-07-01T00:00:00Z</tsl:dateTime></tsl:NextUpdate>
</tsl:SchemeInformation>
<tsl:TrustServiceProviderList><tsl:TrustServiceProvider><tsl:TSPServices><tsl:TSPService>
<tsl:ServiceInformation><tsl:ServiceTypeIdentifier>{1}</tsl:ServiceTypeIdentifier>
<tsl:ServiceDigitalIdentity><tsl:DigitalId><tsl:X509Certificate>{2}</tsl:X509Certificate>
</tsl:DigitalId></tsl:ServiceDigitalIdentity><tsl:ServiceStatus>{3}</tsl:ServiceStatus>
<tsl:StatusStartingTime>{4}</tsl:StatusStartingTime>{5}</tsl:ServiceInformation>
<tsl:ServiceHistory>{6}</tsl:ServiceHistory>
</tsl:TSPService></tsl:TSPServices></tsl:TrustServiceProvider></tsl:TrustServiceProviderList>
</tsl:TrustServiceStatusList>
)",
      {wish.type, base64(crypto::describe(certificate).der, 76), wish.status, wish.since,
       wish.extensions, wish.history});
}

const Instant today = day(2026, 1, 5);

bool is_granted(const std::string& list, Instant at) {
  const auto services = trust::read_trusted_list(list, "tl.xml").services;
  return services.size() == 1 && services.front().is_granted(at);
}

}  // namespace

TEST_SUITE_BEGIN("trust");

TEST_CASE("a trusted list is described in French when it can be") {
  const Authority authority("AC");

  const TrustedList list =
      trust::read_trusted_list(list_of(authority.certificate()), "tl.xml").list;

  CHECK(list.territory == "FR");
  CHECK(list.scheme_operator == "Agence d'essai");
  CHECK(list.sequence_number == "7");
  CHECK(list.issued == day(2026, 1, 1));
  CHECK(list.next_update == day(2026, 7, 1));
  CHECK(list.services == 1);
}

TEST_CASE("a service is granted at the times at which the list grants it") {
  const Authority authority("AC");
  const ServiceWish withdrawn_since{
      .status = withdrawn,
      .since = "2020-01-01T00:00:00Z",
      .history = past(supervised, "2012-01-01T00:00:00Z") + past(granted, "2016-07-01T00:00:00Z")};
  const std::string list = list_of(authority.certificate(), withdrawn_since);

  CHECK_FALSE(is_granted(list, day(2011, 1, 1)));
  CHECK(is_granted(list, day(2013, 1, 1)));
  CHECK(is_granted(list, day(2019, 12, 31)));
  CHECK_FALSE(is_granted(list, day(2020, 1, 2)));
}

TEST_CASE("only services that issue qualified certificates for signatures count") {
  const Authority authority("AC");
  const auto granted_for = [&](const ServiceWish& wish) {
    return is_granted(list_of(authority.certificate(), wish), today);
  };

  CHECK(granted_for({}));
  CHECK(granted_for({.extensions = additional("ForeSignatures")}));
  CHECK_FALSE(granted_for({.extensions = additional("ForWebSiteAuthentication")}));
  CHECK_FALSE(granted_for({.extensions = additional("ForeSeals")}));
  CHECK_FALSE(granted_for({.type = "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST"}));
}

TEST_CASE("what is no trusted list is refused") {
  const Authority authority("AC");
  const std::string list = list_of(authority.certificate());
  const auto code_of = [](const std::string& text) {
    try {
      trust::read_trusted_list(text, "tl.xml");
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::internal;
  };

  CHECK(code_of("") == ErrorCode::input_not_xml);
  CHECK(code_of("<a>") == ErrorCode::input_not_xml);
  CHECK(code_of(list + list) == ErrorCode::input_not_xml);
  CHECK(code_of("<a/>") == ErrorCode::input_invalid);
  CHECK(code_of("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>") == ErrorCode::input_doctype);
  CHECK(code_of(list) == ErrorCode::internal);
}

TEST_CASE("where a list is not well-formed is told") {
  const Authority authority("AC");
  const std::string list = list_of(authority.certificate());
  const std::string cut = "<?xml version=\"1.0\"?>\n" + list.substr(0, list.size() - 5);

  const Error error = refusal([&] { (void)trust::read_trusted_list(cut, "tl.xml"); });

  CHECK(error.message().starts_with("tl.xml:"));
  CHECK(error.place().line > 1);
  CHECK_FALSE(error.hint().empty());
}

TEST_CASE("a signatory is trusted through the list of the time it signed at") {
  const Authority authority("AC qualifiée");
  const Certificate signer = crypto::describe(*authority.issue(shared_key()));
  const Scratch scratch;
  write_file(scratch.path() / "FR.xml",
             list_of(authority.certificate(), {.status = withdrawn,
                                               .since = "2026-01-01T00:00:00Z",
                                               .history = past(granted, "2016-07-01T00:00:00Z")}));
  const TrustStore store({.lists = scratch.path()});
  using Outcome = trust::Judgement::Outcome;

  CHECK(store.size() == 1);
  CHECK(trust::judge(store, signer, {}, day(2025, 1, 5)).outcome == Outcome::trusted);
  CHECK(trust::judge(store, signer, {}, today).outcome == Outcome::not_granted);
}

TEST_CASE("the lists of a folder are told, granted services counted today") {
  const Authority authority("AC");
  const Scratch scratch;
  write_file(scratch.path() / "FR.xml", list_of(authority.certificate()));

  const std::vector<TrustedList> lists = trusted_lists(scratch.path(), today);

  REQUIRE(lists.size() == 1);
  CHECK(lists.front().granted == 1);
  CHECK(lists.front().file == scratch.path() / "FR.xml");
  CHECK(trusted_lists(scratch.path() / "absent", today).empty());
}

TEST_SUITE_END();
