#include "commands.hpp"
#include "exit_status.hpp"
#include "pes/error.hpp"
#include "pes/settings.hpp"
#include "pes/signature.hpp"
#include "session.hpp"
#include "signing_key.hpp"
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
  std::vector<std::string> places;
  std::string module;
};

/// A key, and what can be read of it without its PIN.
struct Key {
  enum class Badge { none, favourite, preselected };

  std::string place;                  // file, or URI of a token
  std::string certificate;            // file, when it is another one
  std::string token;                  // label; empty for a file
  std::optional<Certificate> holder;  // nothing: a password would be needed
  std::optional<Error> unusable;
  Badge badge = Badge::none;
};

/// A key, and the entity whose settings tell where its PIN is; none when it was named on the
/// command line.
struct NamedKey {
  KeyPlace place;
  std::optional<std::string> id_e;
};

/// True when the PIN can be had without asking anybody.
bool knows_pin(const std::string& reference) {
  using Kind = SecretReference::Kind;
  const Kind kind = parse_secret_reference(reference).kind;
  return kind == Kind::environment || kind == Kind::file;
}

std::optional<Certificate> readable_certificate(const KeyFiles& files,
                                                const std::optional<std::string>& id_e,
                                                Session& session) {
  if (auto certificate = peek_certificate(files)) return certificate;
  if (!id_e) return std::nullopt;
  const std::string reference = session.settings().text("sign.pin", *id_e);
  if (!knows_pin(reference)) return std::nullopt;
  return open_signer(files,
                     [&] { return session.secret(reference, {.text = {}, .option = "sign.pin"}); })
      ->certificate();
}

/// What prevents the key from signing now.
std::optional<Error> fault_of(const Certificate& certificate, Session& session) {
  try {
    require_may_sign(certificate, session.clock().now(), false);
    return std::nullopt;
  } catch (const Error& error) {
    return error;
  }
}

Key key_in_files(const KeyFiles& files, const std::optional<std::string>& id_e, Session& session) {
  Key key{.place = files.key.native(), .certificate = files.certificate.native()};
  try {
    key.holder = readable_certificate(files, id_e, session);
    if (key.holder) key.unusable = fault_of(*key.holder, session);
  } catch (const Error& error) {
    key.unusable = error;
  }
  return key;
}

std::vector<Key> keys_on_tokens(const TokenPlace& place, Session& session) {
  std::vector<Key> keys;
  for (const TokenKey& found : find_token_keys(place)) {
    keys.push_back({.place = found.uri,
                    .token = found.token,
                    .holder = found.certificate,
                    .unusable = fault_of(found.certificate, session)});
  }
  return keys;
}

std::vector<Key> read_keys(const NamedKey& named, Session& session) {
  if (const auto* files = std::get_if<KeyFiles>(&named.place)) {
    return {key_in_files(*files, named.id_e, session)};
  }
  const auto& token = std::get<TokenPlace>(named.place);
  try {
    std::vector<Key> keys = keys_on_tokens(token, session);
    if (!keys.empty()) return keys;
    throw Error(ErrorCode::key_missing, tr("the token or its certificate is not there"));
  } catch (const Error& error) {
    return {{.place = token.uri, .certificate = token.certificate.native(), .unusable = error}};
  }
}

/// Those that the configuration gives to each entity.
std::vector<NamedKey> configured_keys(const Settings& settings) {
  std::vector<NamedKey> keys;
  std::vector<std::string> entities{""};
  for (const Entity& entity : settings.entities().all()) entities.push_back(entity.id_e);
  for (const std::string& id_e : entities) {
    if (settings.text("sign.key", id_e).empty()) continue;
    const KeyPlace place = signing_key_place(settings, id_e);
    const bool known = std::any_of(keys.begin(), keys.end(), [&](const NamedKey& key) {
      return name_of(key.place) == name_of(place);
    });
    if (!known) keys.push_back({.place = place, .id_e = id_e});
  }
  return keys;
}

bool is_listed(const std::vector<Key>& keys, const Key& key) {
  return std::any_of(keys.begin(), keys.end(), [&](const Key& other) {
    return other.token == key.token && other.holder && key.holder &&
           other.holder->sha256 == key.holder->sha256;
  });
}

/// What is on the tokens that are there, named by nobody.
std::vector<Key> keys_found(Session& session) {
  return keys_on_tokens({.uri = "pkcs11:", .module = session.settings().path("sign.module")},
                        session);
}

/// The same when only the configuration names a module: other keys are listed without it.
std::vector<Key> keys_found_or_warning(Session& session) {
  try {
    return keys_found(session);
  } catch (const Error& error) {
    session.console().warning(error.message());
    return {};
  }
}

/// The only one that can sign is taken when none is named.
void preselect(std::vector<Key>& keys) {
  const auto is_able = [](const Key& key) { return !key.token.empty() && !key.unusable; };
  if (std::count_if(keys.begin(), keys.end(), is_able) != 1) return;
  std::find_if(keys.begin(), keys.end(), is_able)->badge = Key::Badge::preselected;
}

/// Those that can sign come first, and among them the configured ones.
void put_able_first(std::vector<Key>& keys) {
  std::stable_partition(keys.begin(), keys.end(), [](const Key& key) { return !key.unusable; });
}

std::vector<Key> all_keys(const Options& options, Session& session) {
  std::vector<Key> keys;
  for (const NamedKey& named : configured_keys(session.settings())) {
    for (Key& key : read_keys(named, session)) {
      key.badge = Key::Badge::favourite;
      keys.push_back(std::move(key));
    }
  }
  std::vector<Key> found =
      options.module.empty() ? keys_found_or_warning(session) : keys_found(session);
  if (keys.empty()) preselect(found);
  for (Key& key : found) {
    if (!is_listed(keys, key)) keys.push_back(std::move(key));
  }
  return keys;
}

std::vector<Key> keys_at(const std::vector<std::string>& places, Session& session) {
  std::vector<Key> keys;
  for (const std::string& place : places) {
    NamedKey named{.place = KeyFiles{.key = place}, .id_e = std::nullopt};
    if (is_token_uri(place)) {
      require_token_uri(place);  // one with a PIN in it must not be shown
      named.place = TokenPlace{.uri = place, .module = session.settings().path("sign.module")};
    }
    for (Key& key : read_keys(named, session)) keys.push_back(std::move(key));
  }
  return keys;
}

/// For scripts; a person reads the translation.
std::string_view word(Key::Badge badge) {
  switch (badge) {
    case Key::Badge::favourite:
      return "favourite";
    case Key::Badge::preselected:
      return "preselected";
    case Key::Badge::none:
      break;
  }
  return {};
}

std::string_view label(Key::Badge badge) {
  switch (badge) {
    case Key::Badge::favourite:
      return tr("favourite");
    case Key::Badge::preselected:
      return tr("preselected");
    case Key::Badge::none:
      break;
  }
  return {};
}

std::string usages(const Certificate& certificate) {
  std::string list;
  for (const std::string& usage : certificate.key_usage)
    list += list.empty() ? usage : ", " + usage;
  return list;
}

/// Libersign's badge.
std::string level(const Key& key) {
  return key.holder ? std::string(word(trust_label(*key.holder))) : std::string();
}

std::string verdict(const Key& key) {
  if (key.unusable) return key.unusable->message();
  return key.holder ? tr("can sign") : tr("protected: its PIN would tell");
}

/// In a pipe: a line a key.
ui::Table table_of(const std::vector<Key>& keys) {
  constexpr std::size_t columns = 9;
  ui::Table table{std::vector<ui::Table::Column>(columns)};
  for (const Key& key : keys) {
    const Certificate holder = key.holder.value_or(Certificate{});
    table.add({std::string(label(key.badge)), level(key), holder.subject_cn, holder.issuer_cn,
               key.holder ? local_date(holder.not_after) : "", holder.serial, usages(holder),
               verdict(key), key.place});
  }
  return table;
}

/// What is known of a key, a line each.
ui::Table description_of(const Key& key) {
  const Certificate holder = key.holder.value_or(Certificate{});
  ui::Table table({{""}, {"", ui::Table::Cut::wrapped}});
  const auto add = [&](const char* what, std::string value) {
    if (!value.empty()) table.add({what, std::move(value)});
  };
  add("Nom", holder.subject_cn);
  add(tr("Choice"), std::string(label(key.badge)));
  add(tr("Badge"), level(key));
  add("Émetteur", holder.issuer_cn);
  add("Date d'expiration", key.holder ? local_date(holder.not_after) : "");
  add(tr("Serial number"), holder.serial);
  add(tr("Usage"), usages(holder));
  add(tr("Verdict"), verdict(key));
  return table;
}

/// On a terminal a key takes a block of lines: its file or URI is to be copied, so it has a line
/// of its own, which nothing cuts.
void show_blocks(const std::vector<Key>& keys, ui::Console& console) {
  for (const Key& key : keys) {
    if (&key != &keys.front()) console.blank_line();
    console.result(description_of(key));
    console.result(key.place);
  }
}

ui::Json holder_json(const Certificate& certificate) {
  return {{"cn", certificate.subject_cn},
          {"issuer_cn", certificate.issuer_cn},
          {"serial", certificate.serial},
          {"sha256", certificate.sha256},
          {"not_before", iso8601(certificate.not_before)},
          {"not_after", iso8601(certificate.not_after)},
          {"key_usage", certificate.key_usage},
          {"key_type", certificate.key_type},
          {"key_bits", certificate.key_bits}};
}

ui::Json key_json(const Key& key) {
  const ui::Json usable = key.unusable ? ui::Json(false)
                          : key.holder ? ui::Json(true)
                                       : ui::Json(nullptr);
  return {{"key", key.place},
          {"certificate", ui::text_or_null(key.certificate)},
          {"usable", usable},
          {"reason",
           key.unusable ? ui::Json(std::string(id(key.unusable->code()))) : ui::Json(nullptr)},
          {"holder", key.holder ? holder_json(*key.holder) : ui::Json(nullptr)},
          {"token", ui::text_or_null(key.token)},
          {"badge", ui::text_or_null(word(key.badge))},
          {"level", ui::text_or_null(level(key))}};
}

int run_list(const Options& options, Session& session) {
  if (!options.module.empty()) session.override_setting("sign.module", options.module);
  std::vector<Key> keys =
      options.places.empty() ? all_keys(options, session) : keys_at(options.places, session);
  put_able_first(keys);
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
    console.hint(tr("name a key in pes.toml (sign.key), insert a token, or give files"));
    return exit_status::done;
  }
  if (console.is_terminal()) {
    show_blocks(keys, console);
  } else {
    console.result(table_of(keys));
  }
  return exit_status::done;
}

}  // namespace

void add_keys(CommandLine& line) {
  Command& keys = line.add("keys", tr("look at the keys that sign"), {}, {});
  auto options = std::make_shared<Options>();
  Command& list =
      keys.add_below("list", tr("list keys, with holder, usage and expiry"),
                     {.examples = {"pes keys list", "pes keys list signataire.p12"}},
                     [options](Session& session) { return run_list(*options, session); });
  list.add_option("key", options->places,
                  tr("key files or URIs of tokens, instead of all that are known"))
      .type_name("<file-or-uri>");
  list.add_option("--module", options->module,
                  tr("PKCS#11 module of the token; otherwise those of p11-kit"))
      .type_name("<file>");
}

}  // namespace pes::cmd
