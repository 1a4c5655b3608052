#include "unit/sandbox/client.hpp"

#include "crypto/digest.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

namespace pes::test {
namespace {

int port_of(const std::string& url) { return std::stoi(url.substr(url.rfind(':') + 1)); }

constexpr const char* import_script = "/modules/helios/api/helios_importer_fichier.php?api=1";
constexpr const char* status_script =
    "/modules/helios/api/helios_transac_get_status.php?api=1&transaction=";

}  // namespace

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  REQUIRE_MESSAGE(stream, file);
  std::ostringstream content;
  content << stream.rdbuf();
  return std::move(content).str();
}

Client::Client(const std::string& url, const sandbox::Identities& identities)
    : Client(url, identities, identities.client_certificate, identities.client_key) {}

Client::Client(const std::string& url, const sandbox::Identities& identities,
               const std::filesystem::path& certificate, const std::filesystem::path& key)
    : http_(std::make_unique<httplib::SSLClient>("127.0.0.1", port_of(url), certificate.native(),
                                                 key.native())) {
  http_->set_ca_cert_path(identities.ca.native());
  http_->enable_server_certificate_verification(true);
}

httplib::Response Client::get(const std::string& target) {
  const httplib::Result result = http_->Get(target);
  REQUIRE_MESSAGE(result, target << ": " << httplib::to_string(result.error()));
  return *result;
}

httplib::Response Client::post(const std::string& target,
                               const httplib::MultipartFormDataItems& form) {
  const httplib::Result result = http_->Post(target, form);
  REQUIRE_MESSAGE(result, target << ": " << httplib::to_string(result.error()));
  return *result;
}

Client::Login agent(const sandbox::Identities& identities) {
  return {identities.tdt_login, content_of(identities.tdt_password_file)};
}

Client::Login archivist(const sandbox::Identities& identities) {
  return {identities.tdt_archivist_login, content_of(identities.tdt_archivist_password_file)};
}

Client::Login depositor(const sandbox::Identities& identities) {
  return {identities.sae_login, crypto::sha256_hex(content_of(identities.sae_password_file))};
}

Bench::Bench(sandbox::Options options)
    : identities(sandbox::prepare(options.folder)),
      server(sandbox::start(std::move(options))),
      client(server->tdt_url(), identities) {
  client.log_in(agent(identities));
}

std::string Bench::import(const std::string& bytes, const std::string& name) {
  return client.post(import_script, {{"enveloppe", bytes, name, "text/xml"}}).body;
}

std::string Bench::import_accepted(const std::string& bytes) {
  const std::string answer = import(bytes);
  REQUIRE(element(answer, "resultat") == "OK");
  return element(answer, "id");
}

std::string Bench::status(const std::string& id) {
  return element(client.get(status_script + id).body, "status");
}

std::string Bench::message(const std::string& id) {
  return element(client.get(status_script + id).body, "message");
}

sandbox::Options options_in(const std::filesystem::path& folder) {
  static const Scratch once;
  const std::filesystem::path made = once.path() / "identities";
  if (!std::filesystem::exists(made)) sandbox::prepare(once.path());
  std::filesystem::copy(
      made, folder / "identities",
      std::filesystem::copy_options::recursive | std::filesystem::copy_options::skip_existing);
  sandbox::Options options;
  options.folder = folder;
  return options;
}

std::string element(const std::string& xml, const std::string& name) {
  const std::string open = "<" + name + ">";
  const std::size_t begin = xml.find(open);
  if (begin == std::string::npos) return {};
  const std::size_t end = xml.find("</" + name + ">", begin);
  return xml.substr(begin + open.size(), end - begin - open.size());
}

}  // namespace pes::test
