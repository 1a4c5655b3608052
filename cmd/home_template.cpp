#include "home_template.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

namespace pes::cmd {

namespace {

/// Within the quotes that it does not hold: the format has no escape.
std::string quoted(const std::string& value) {
  const bool unwritable =
      value.find_first_of("\\\n\r\t") != std::string::npos ||
      (value.find('"') != std::string::npos && value.find('\'') != std::string::npos);
  if (unwritable) {
    throw Error(ErrorCode::usage, say("« {1} » cannot be written in the configuration", {value}),
                tr("leave out \\, control characters, or one kind of quotes"));
  }
  const char quote = value.find('"') == std::string::npos ? '"' : '\'';
  return quote + value + quote;
}

/// Builds the text line by line.
class Text {
 public:
  Text& comment(const std::string& line) {
    text_ += "# " + line + "\n";
    return *this;
  }
  Text& table(const std::string& name) {
    text_ += "\n[" + name + "]\n";
    return *this;
  }
  Text& set(const std::string& key, const std::string& value) {
    text_ += key + " = " + quoted(value) + "\n";
    return *this;
  }
  /// A key to be filled in: it stands there, and does nothing.
  Text& suggest(const std::string& key, const std::string& value) {
    text_ += "# " + key + " = " + quoted(value) + "\n";
    return *this;
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string joined(const std::vector<std::string>& names) {
  std::string path;
  for (const std::string& name : names) path += path.empty() ? name : "/" + name;
  return path;
}

void add_user(Text& text, const HomeTemplate& home) {
  text.table("user");
  if (home.user.empty()) {
    text.suggest("name", "Prénom Nom");
  } else {
    text.set("name", home.user);
  }
  if (home.entities.empty()) {
    text.suggest("entity", "1");
  } else {
    text.set("entity", joined(home.entities));
  }
}

void add_entities(Text& text, const HomeTemplate& home) {
  if (home.entities.empty()) {
    text.table("entity.1").comment(tr("an entity; give it its parent with entite_mere"));
    text.set("denomination", "Commune");
    text.suggest("siren", "000000000");
    return;
  }
  for (std::size_t i = 0; i < home.entities.size(); ++i) {
    text.table("entity." + std::to_string(i + 1)).set("denomination", home.entities[i]);
    if (i > 0) text.set("entite_mere", std::to_string(i));
  }
}

void add_sandbox_services(Text& text, const SandboxTemplate& sandbox) {
  text.table("tdt").comment(tr("the local TdT: nothing leaves this machine"));
  text.set("url", "sandbox:");

  text.table("sae").comment(tr("the local SAE; agencies and agreement are those of a test"));
  text.set("url", "sandbox:");
  text.set("archival_agency", "TEST-ARCHIVES");
  text.set("archival_agency_name", "Service d'archives de test");
  text.set("transferring_agency", "TEST-VERSEUR");
  text.set("transferring_agency_name", "Service versant de test");
  text.set("originating_agency", "TEST-PRODUCTEUR");
  text.set("originating_agency_name", "Service producteur de test");
  text.set("agreement", "TEST-PES");
  text.set("profile", "TEST-PES-PROFIL");

  text.table("sign").comment(tr("the test signatory: its signature proves nothing"));
  text.set("key", sandbox.signing_key.native());
  text.set("pin", "file:" + sandbox.signing_password.native());
  text.set("city", "Rennes");
  text.set("postal_code", "35000");

  text.table("journal").comment(tr("the local time-stamping authority: its tokens prove nothing"));
  text.suggest("tsa", "sandbox:");

  text.table("sandbox").comment(tr("what the local partners answer: pes help sandbox"));
  text.set("scenario", sandbox.scenario);
}

void add_real_services(Text& text) {
  text.table("tdt").comment(tr("S²LOW: its address, and the certificate that opens it"));
  text.suggest("url", "https://");
  text.suggest("certificate", "tdt.pem");
  text.suggest("key", "tdt.key");
  text.suggest("key_password", "file:tdt.pin");
  text.suggest("login", "");
  text.suggest("password", "file:tdt.password");
  text.suggest("archivist_login", "");
  text.suggest("archivist_password", "file:tdt-archivist.password");

  text.table("sae").comment(
      tr("as@lae: its web services, and what the archival agreement decides"));
  text.suggest("url", "https://");
  text.suggest("login", "");
  text.suggest("password", "file:sae.password");
  text.suggest("archival_agency", "");
  text.suggest("transferring_agency", "");
  text.suggest("originating_agency", "");
  text.suggest("agreement", "");
  text.suggest("profile", "");

  text.table("sign").comment(tr("the key that signs; secrets are named by where they are"));
  text.suggest("key", "signataire.p12");
  text.suggest("pin", "prompt");
  text.suggest("city", "");
  text.suggest("postal_code", "");

  text.table("journal").comment(tr("the authority that time-stamps the events, if there is one"));
  text.suggest("tsa", "https://");
  text.suggest("tsa_trust", "tsa-authorities.pem");
}

}  // namespace

std::vector<std::string> entity_chain(std::string_view path) {
  std::vector<std::string> names;
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view name = path.substr(0, slash);
    if (!name.empty()) names.emplace_back(name);
    if (slash == std::string_view::npos) return names;
    path.remove_prefix(slash + 1);
  }
}

std::string configuration_text(const HomeTemplate& home) {
  Text text;
  text.comment(tr("Configuration of this home; all keys are in pes-config(5)."));
  if (!home.store.empty()) {
    text.set("store", home.store).suggest("store_password", "file:store.password");
  }
  add_user(text, home);
  add_entities(text, home);
  if (home.sandbox) {
    add_sandbox_services(text, *home.sandbox);
  } else {
    add_real_services(text);
  }
  return text.text();
}

}  // namespace pes::cmd
