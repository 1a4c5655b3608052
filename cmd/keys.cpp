#include "commands.hpp"
#include "exit_status.hpp"
#include "pes/error.hpp"
#include "pes/settings.hpp"
#include "pes/signature.hpp"
#include "session.hpp"
#include "ui/dates.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pes::cmd {

namespace {

struct Options {
  std::vector<std::string> files;
};

/// A key that is named somewhere, and what can be read of it without its PIN.
struct Key {
  KeyFiles files;
  std::optional<Certificate> certificate;  // nothing: a password would be needed
  std::optional<Error> unusable;
};

/// A key, and the entity whose settings tell where its PIN is; none when it was named on the
/// command line.
struct NamedKey {
  KeyFiles files;
  std::optional<std::string> id_e;
};

/// True when the PIN can be had without asking anybody.
bool knows_pin(const std::string& reference) {
  using Kind = SecretReference::Kind;
  const Kind kind = parse_secret_reference(reference).kind;
  return kind == Kind::environment || kind == Kind::file;
}

std::optional<Certificate> readable_certificate(const NamedKey& named, Session& session) {
  if (auto certificate = peek_certificate(named.files)) return certificate;
  if (!named.id_e) return std::nullopt;
  const std::string reference = session.settings().text("sign.pin", *named.id_e);
  if (!knows_pin(reference)) return std::nullopt;
  return open_signer(named.files,
                     [&] { return session.secret(reference, {.text = {}, .option = "sign.pin"}); })
      ->certificate();
}

Key read_key(const NamedKey& named, Session& session) {
  Key key{.files = named.files};
  try {
    key.certificate = readable_certificate(named, session);
    if (key.certificate) require_may_sign(*key.certificate, session.clock().now(), false);
  } catch (const Error& error) {
    key.unusable = error;
  }
  return key;
}

/// Those named on the command line, or those that the configuration gives to each entity.
std::vector<NamedKey> named_keys(const Options& options, Session& session) {
  std::vector<NamedKey> keys;
  for (const std::string& file : options.files) {
    keys.push_back({.files = {.key = file, .certificate = {}}, .id_e = std::nullopt});
  }
  if (!keys.empty()) return keys;

  const Settings& settings = session.settings();
  std::vector<std::string> entities{""};
  for (const Entity& entity : settings.entities().all()) entities.push_back(entity.id_e);
  for (const std::string& id_e : entities) {
    const KeyFiles files{.key = settings.path("sign.key", id_e),
                         .certificate = settings.path("sign.certificate", id_e)};
    const bool known = std::any_of(keys.begin(), keys.end(), [&](const NamedKey& key) {
      return key.files.key == files.key && key.files.certificate == files.certificate;
    });
    if (!files.key.empty() && !known) keys.push_back({.files = files, .id_e = id_e});
  }
  return keys;
}

std::string usages(const Certificate& certificate) {
  std::string list;
  for (const std::string& usage : certificate.key_usage)
    list += list.empty() ? usage : ", " + usage;
  return list;
}

std::string verdict(const Key& key) {
  if (key.unusable) return key.unusable->message();
  return key.certificate ? tr("can sign") : tr("protected: its PIN would tell");
}

ui::Table table_of(const std::vector<Key>& keys) {
  using Cut = ui::Table::Cut;
  ui::Table table({{"Nom", Cut::middle},
                   {"Émetteur", Cut::middle},
                   {"Date d'expiration"},
                   {tr("Usage"), Cut::middle},
                   {tr("Verdict"), Cut::middle},
                   {tr("Key")}});
  for (const Key& key : keys) {
    const bool readable = key.certificate.has_value();
    table.add({readable ? key.certificate->subject_cn : "",
               readable ? key.certificate->issuer_cn : "",
               readable ? local_date(key.certificate->not_after) : "",
               readable ? usages(*key.certificate) : "", verdict(key), key.files.key.native()});
  }
  return table;
}

ui::Json key_json(const Key& key) {
  ui::Json json{{"key", key.files.key.native()},
                {"certificate", ui::text_or_null(key.files.certificate.native())},
                {"usable", key.unusable      ? ui::Json(false)
                           : key.certificate ? ui::Json(true)
                                             : ui::Json(nullptr)},
                {"reason", key.unusable ? ui::Json(std::string(id(key.unusable->code())))
                                        : ui::Json(nullptr)},
                {"holder", nullptr}};
  if (key.certificate) {
    const Certificate& certificate = *key.certificate;
    json["holder"] = {{"cn", certificate.subject_cn},
                      {"issuer_cn", certificate.issuer_cn},
                      {"serial", certificate.serial},
                      {"sha256", certificate.sha256},
                      {"not_before", iso8601(certificate.not_before)},
                      {"not_after", iso8601(certificate.not_after)},
                      {"key_usage", certificate.key_usage},
                      {"key_type", certificate.key_type},
                      {"key_bits", certificate.key_bits}};
  }
  return json;
}

int run_list(const Options& options, Session& session) {
  std::vector<Key> keys;
  for (const NamedKey& named : named_keys(options, session)) {
    keys.push_back(read_key(named, session));
  }
  ui::Console& console = session.console();
  if (console.json()) {
    ui::Json document = ui::with_schema("keys-list");
    document["keys"] = ui::Json::array();
    for (const Key& key : keys) document["keys"].push_back(key_json(key));
    console.result_json(document);
    return exit_status::done;
  }
  if (keys.empty()) {
    console.note("Aucun certificat de signature détecté");
    console.hint(tr("name a key in pes.toml (sign.key), or on the command line"));
    return exit_status::done;
  }
  console.result(table_of(keys));
  return exit_status::done;
}

}  // namespace

void add_keys(CommandLine& line) {
  CLI::App& keys = line.add("keys", tr("look at the keys that sign"), {}, {});
  auto options = std::make_shared<Options>();
  CLI::App& list =
      line.add_under(keys, "list", tr("list keys, with holder, usage and expiry"),
                     {.examples = {"pes keys list", "pes keys list signataire.p12"}},
                     [options](Session& session) { return run_list(*options, session); });
  list.add_option("file", options->files, tr("key files, instead of those of the configuration"))
      ->type_name("<file>");
}

}  // namespace pes::cmd
