#include "config/setting_keys.hpp"

#include "pes/error.hpp"
#include "pes/signature.hpp"
#include "support/suggestion.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes {

namespace {

/// Marks a string for the catalogue; it is translated where it is shown.
constexpr std::string_view translatable(const char* english) { return english; }

using Kind = SettingKey::Kind;

SettingKey key(std::string_view name, std::string_view variable, Kind kind,
               std::string_view standard, std::string_view meaning) {
  return {
      .name = name, .variable = variable, .standard = standard, .kind = kind, .meaning = meaning};
}

SettingKey entity_key(std::string_view name, std::string_view variable, Kind kind,
                      std::string_view standard, std::string_view meaning) {
  SettingKey result = key(name, variable, kind, standard, meaning);
  result.per_entity = true;
  return result;
}

SettingKey one_of(std::string_view choices, SettingKey result) {
  result.kind = Kind::choice;
  result.choices = choices;
  return result;
}

}  // namespace

const std::vector<SettingKey>& setting_keys() {
  static const std::vector<SettingKey> keys{
      key("user.name", "PES_USER_NAME", Kind::text, "",
          translatable("who acts, as the journal and the history show it")),
      key("user.id", "PES_USER_ID", Kind::text, "", translatable("identifier of who acts")),
      key("user.entity", "PES_USER_ENTITY", Kind::text, "",
          translatable("entity acted for, when the home holds several")),

      key("store", "PES_STORE", Kind::database, "",
          translatable("database where the home lives (postgresql://…), instead of its folder")),
      key("store_password", "PES_STORE_PASSWORD", Kind::secret_reference, "",
          translatable("where the password of that database is")),

      entity_key("tdt.url", "PES_TDT_URL", Kind::url, "",
                 translatable("address of the TdT, or sandbox: for the local one")),
      entity_key("tdt.ca", "PES_TDT_CA", Kind::path, "",
                 translatable("certificates of the authorities trusted for the TdT (PEM)")),
      entity_key("tdt.certificate", "PES_TDT_CERTIFICATE", Kind::path, "",
                 translatable("our certificate for the TdT (PEM or PKCS#12)")),
      entity_key("tdt.key", "PES_TDT_KEY", Kind::path, "",
                 translatable("private key of that certificate, when it is in another file")),
      entity_key("tdt.key_password", "PES_TDT_KEY_PASSWORD", Kind::secret_reference, "",
                 translatable("where the password of that key is")),
      entity_key("tdt.login", "PES_TDT_LOGIN", Kind::text, "",
                 translatable("login at the TdT, when several accounts share the certificate")),
      entity_key("tdt.password", "PES_TDT_PASSWORD", Kind::secret_reference, "",
                 translatable("where the password of that login is")),
      one_of("utf-8|iso-8859-1",
             entity_key("tdt.login_encoding", "PES_TDT_LOGIN_ENCODING", Kind::choice, "utf-8",
                        translatable("encoding in which the TdT compares logins and passwords"))),
      entity_key("tdt.archivist_login", "PES_TDT_ARCHIVIST_LOGIN", Kind::text, "",
                 translatable("login of an archivist's account, to find numbers that were lost")),
      entity_key("tdt.archivist_password", "PES_TDT_ARCHIVIST_PASSWORD", Kind::secret_reference, "",
                 translatable("where the password of the archivist's account is")),
      entity_key("tdt.timeout", "PES_TDT_TIMEOUT", Kind::duration, "5m",
                 translatable("longest silence of the TdT during a request")),
      entity_key("tdt.max_size", "PES_TDT_MAX_SIZE", Kind::size, "128MiB",
                 translatable("largest flow that the TdT takes")),

      entity_key("sae.url", "PES_SAE_URL", Kind::url, "",
                 translatable("address of the SAE, ending in /restservices, or sandbox:")),
      entity_key("sae.ca", "PES_SAE_CA", Kind::path, "",
                 translatable("certificates of the authorities trusted for the SAE (PEM)")),
      entity_key("sae.certificate", "PES_SAE_CERTIFICATE", Kind::path, "",
                 translatable("our certificate for the SAE (PEM or PKCS#12)")),
      entity_key("sae.key", "PES_SAE_KEY", Kind::path, "",
                 translatable("private key of that certificate, when it is in another file")),
      entity_key("sae.key_password", "PES_SAE_KEY_PASSWORD", Kind::secret_reference, "",
                 translatable("where the password of that key is")),
      entity_key("sae.login", "PES_SAE_LOGIN", Kind::text, "",
                 translatable("login of the web services of the SAE")),
      entity_key("sae.password", "PES_SAE_PASSWORD", Kind::secret_reference, "",
                 translatable("where the password of that login is; its SHA-256 is sent")),
      entity_key("sae.password_hash", "PES_SAE_PASSWORD_HASH", Kind::secret_reference, "",
                 translatable("where the password is that is sent as it stands")),
      entity_key("sae.timeout", "PES_SAE_TIMEOUT", Kind::duration, "5m",
                 translatable("longest silence of the SAE during a request")),
      entity_key("sae.chunk_size", "PES_SAE_CHUNK_SIZE", Kind::size, "2MiB",
                 translatable("an archive larger than this is sent in pieces; 0 never cuts")),
      entity_key("sae.require_ack", "PES_SAE_REQUIRE_ACK", Kind::boolean, "false",
                 translatable("archive only the flows whose acquit is « Acquittement OK »")),
      entity_key("sae.journal", "PES_SAE_JOURNAL", Kind::boolean, "false",
                 translatable("archive the journal of the dossier beside the flow")),
      entity_key("sae.archival_agency", "PES_SAE_ARCHIVAL_AGENCY", Kind::text, "",
                 translatable("identifier of the agency that keeps")),
      entity_key("sae.archival_agency_name", "PES_SAE_ARCHIVAL_AGENCY_NAME", Kind::text, "",
                 translatable("name of the agency that keeps")),
      entity_key("sae.transferring_agency", "PES_SAE_TRANSFERRING_AGENCY", Kind::text, "",
                 translatable("identifier of the agency that transfers")),
      entity_key("sae.transferring_agency_name", "PES_SAE_TRANSFERRING_AGENCY_NAME", Kind::text, "",
                 translatable("name of the agency that transfers")),
      entity_key("sae.originating_agency", "PES_SAE_ORIGINATING_AGENCY", Kind::text, "",
                 translatable("identifier of the agency that made the documents")),
      entity_key("sae.originating_agency_name", "PES_SAE_ORIGINATING_AGENCY_NAME", Kind::text, "",
                 translatable("name of the agency that made the documents")),
      entity_key("sae.agreement", "PES_SAE_AGREEMENT", Kind::text, "",
                 translatable("identifier of the archival agreement")),
      entity_key("sae.profile", "PES_SAE_PROFILE", Kind::text, "",
                 translatable("identifier of the archival profile")),
      entity_key("sae.service_level", "PES_SAE_SERVICE_LEVEL", Kind::text, "",
                 translatable("service level asked for, when the agreement has several")),
      entity_key("sae.access_code", "PES_SAE_ACCESS_CODE", Kind::text, "AR048",
                 translatable("access restriction, AR038 to AR062")),
      one_of("detruire|conserver",
             entity_key("sae.appraisal_code", "PES_SAE_APPRAISAL_CODE", Kind::choice, "detruire",
                        translatable("what becomes of the archive when its time is over"))),
      entity_key("sae.appraisal_duration", "PES_SAE_APPRAISAL_DURATION", Kind::text, "P10Y",
                 translatable("how long the archive is useful, as ISO 8601 writes it")),
      one_of("class|collection|file|fonds|item|recordgrp|series|subfonds|subgrp|subseries",
             entity_key("sae.archive_level", "PES_SAE_ARCHIVE_LEVEL", Kind::choice, "file",
                        translatable("level of description of the archive"))),
      one_of("class|collection|file|fonds|item|recordgrp|series|subfonds|subgrp|subseries",
             entity_key("sae.pes_level", "PES_SAE_PES_LEVEL", Kind::choice, "recordgrp",
                        translatable("level of description of the PES Aller in the archive"))),

      entity_key("sign.key", "PES_SIGN_KEY", Kind::key, "",
                 translatable("key that signs: PKCS#12, PEM, or URI of a token (pkcs11:…)")),
      entity_key("sign.module", "PES_SIGN_MODULE", Kind::path, "",
                 translatable("PKCS#11 module of the token; otherwise those of p11-kit")),
      entity_key("sign.certificate", "PES_SIGN_CERTIFICATE", Kind::path, "",
                 translatable("certificate that signs, when it is in another file (PEM)")),
      entity_key("sign.pin", "PES_SIGN_PIN", Kind::secret_reference, "prompt",
                 translatable("where the PIN or password of the key is")),
      entity_key("sign.role", "PES_SIGN_ROLE", Kind::text, "Ordonnateur",
                 translatable("role that the signatory claims")),
      entity_key("sign.city", "PES_SIGN_CITY", Kind::text, "",
                 translatable("city where it is signed")),
      entity_key("sign.postal_code", "PES_SIGN_POSTAL_CODE", Kind::text, "",
                 translatable("postal code of that city")),
      entity_key("sign.country", "PES_SIGN_COUNTRY", Kind::text, "France",
                 translatable("country where it is signed")),
      one_of("1.2.250.1.131.1.5.18.21.1.7|1.2.250.1.131.1.5.18.21.1.4",
             entity_key("sign.policy", "PES_SIGN_POLICY", Kind::choice, oid_of_2018,
                        translatable("OID of the DGFiP's signature policy"))),
      one_of("xad|ds",
             entity_key("sign.digest_namespace", "PES_SIGN_DIGEST_NAMESPACE", Kind::choice, "xad",
                        translatable("prefix of the digests inside the signed properties"))),
      one_of("sha256|sha1|sha384|sha512",
             entity_key("sign.certificate_digest", "PES_SIGN_CERTIFICATE_DIGEST", Kind::choice,
                        "sha256",
                        translatable("digest by which the signature names its certificate"))),

      key("journal.tsa", "PES_JOURNAL_TSA", Kind::url, "",
          translatable("address of the authority that time-stamps the events (RFC 3161), or "
                       "sandbox:")),
      key("journal.tsa_trust", "PES_JOURNAL_TSA_TRUST", Kind::path, "",
          translatable("certificates of the authorities trusted for time stamps (PEM)")),
      key("journal.tsa_ca", "PES_JOURNAL_TSA_CA", Kind::path, "",
          translatable("certificates of the authorities trusted for its HTTPS server (PEM)")),
      key("journal.tsa_login", "PES_JOURNAL_TSA_LOGIN", Kind::text, "",
          translatable("login at the time-stamping authority, when it wants one")),
      key("journal.tsa_password", "PES_JOURNAL_TSA_PASSWORD", Kind::secret_reference, "",
          translatable("where the password of that login is")),
      key("journal.tsa_timeout", "PES_JOURNAL_TSA_TIMEOUT", Kind::duration, "30s",
          translatable("longest silence of the time-stamping authority during a request")),

      key("verify.trust", "PES_VERIFY_TRUST", Kind::path, "",
          translatable("certificates of the authorities trusted for signatures: a file or a "
                       "folder")),
      key("verify.crl", "PES_VERIFY_CRL", Kind::path, "",
          translatable("lists of revoked certificates: a file or a folder")),

      entity_key("schemas.pes", "PES_SCHEMAS_PES", Kind::path, "",
                 translatable("folder that holds PES_V2, the official schemas of the PES")),
      entity_key("schemas.seda", "PES_SCHEMAS_SEDA", Kind::path, "",
                 translatable("folder that holds seda_v1-0.xsd")),

      one_of("accepte|partiel|refuse|technique|muet|illisible|autre-flux|deux-acquits|tardif|"
             "non-acquit|sae-refuse|sae-rejette|sae-plus-tard",
             key("sandbox.scenario", "PES_SANDBOX_SCENARIO", Kind::choice, "accepte",
                 translatable("what the local partners answer"))),
      one_of("auto|manual", key("sandbox.ticks", "PES_SANDBOX_TICKS", Kind::choice, "auto",
                                translatable("whether the local partners advance at each "
                                             "question or when told"))),

      entity_key("route.envoi_sae", "PES_ROUTE_ENVOI_SAE", Kind::boolean, "true",
                 translatable("whether a new dossier ends in the SAE")),
  };
  return keys;
}

namespace config {

const SettingKey& find_key(std::string_view name) {
  const std::vector<SettingKey>& keys = setting_keys();
  const auto found = std::find_if(keys.begin(), keys.end(),
                                  [&](const SettingKey& known) { return known.name == name; });
  if (found != keys.end()) return *found;

  std::vector<std::string_view> names;
  std::transform(keys.begin(), keys.end(), std::back_inserter(names),
                 [](const SettingKey& known) { return known.name; });
  const auto suggestion = closest(name, names);
  throw Error(ErrorCode::config_invalid, say("unknown key {1}", {name}),
              suggestion ? say("did you mean {1}?", {*suggestion})
                         : std::string(tr("see the keys: man pes-config")));
}

}  // namespace config

}  // namespace pes
