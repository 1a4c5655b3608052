#include "pes/error.hpp"
#include "sandbox/now.hpp"
#include "sandbox/staging.hpp"
#include "sandbox/tdt/endpoints.hpp"
#include "sandbox/tdt/import.hpp"
#include "sandbox/tdt/login.hpp"
#include "sandbox/tdt/shapes.hpp"
#include "sandbox/upload.hpp"

#include <filesystem>

namespace pes::sandbox::tdt {
namespace {

constexpr std::uint64_t mebibyte = 1'048'576;
constexpr std::uint64_t largest_flow = 128 * mebibyte;
constexpr std::uint64_t largest_body = 200'486'000;  // the web server's own limit

bool may_create(const Account& account) {
  return account.role == Role::administrator || account.permission == Permission::create ||
         account.permission == Permission::read_write;
}

/// tdt §4.3
Entry first_entry(const Account& account, const Upload& upload) {
  const auto must_signed = upload.fields.find("must_signed");
  if (must_signed != upload.fields.end() && !must_signed->second.empty() &&
      must_signed->second != "0") {
    return {status::to_be_signed, "Fichier en attente d'être signé", now()};
  }
  if (account.permission == Permission::create) {
    return {status::to_be_posted, "Fichier en attente d'être télétransmis", now()};
  }
  return {status::posted, "Fichier bien reçu par la plate-forme S2low", now()};
}

/// The controls that need no reading of the flow, in their order (tdt §4.2).
std::string import(const Context& context, const Account& account, const Upload& upload,
                   Staging& received) {
  if (!account.is_rgs) {
    return import_refused(
        "Votre certificat n'est pas RGS et ne vous permet donc pas de télétransmettre");
  }
  const auto found = upload.files.find("enveloppe");
  if (found == upload.files.end()) {
    return import_refused(
        "Aucune enveloppe trouvée : la taille de l'enveloppe dépasse probablement la taille "
        "maximum");
  }
  const UploadedFile& flow = found->second;
  if (flow.size > largest_flow) {
    return import_refused("Taille de fichier supérieure à la limite autorisée (" +
                          std::to_string(largest_flow / mebibyte) + " Mo maximum).");
  }
  if (flow.size == 0) return import_refused("Le fichier présenté est vide (0 octet)");
  std::filesystem::rename(flow.path, received.path() / "pes.xml");
  const Entry entry = first_entry(account, upload);
  const std::optional<std::string> id = enter(context.layout, received,
                                              {.file_name = flow.name,
                                               .sha1 = flow.sha1,
                                               .size = flow.size,
                                               .received = entry.date,
                                               .scenario = context.scenario,
                                               .workflow = {entry}});
  if (!id) return import_refused("doublon détecté. Ce fichier a déjà été posté.");
  return import_accepted(*id);
}

void receive(const Context& context, const httplib::Request& request, httplib::Response& response,
             const httplib::ContentReader& reader) {
  if (request.get_header_value<std::uint64_t>("Content-Length") > largest_body) {
    drain(request, reader);
    return answer_html(response, 413, "Request Entity Too Large");
  }
  Staging received(context.layout.tdt("incoming"));
  const std::optional<Upload> upload =
      receive_upload(request, reader, received.path(), largest_flow);
  if (!upload) return answer_html(response, 400, "Bad Request");
  const auto api = upload->fields.find("api");
  const bool asks_for_text = api != upload->fields.end() && api->second == "1";
  const RefusalForm form = asks_for_text ? RefusalForm::text : refusal_form(request);
  const std::optional<Account> account = log_in(context, request, form, response);
  if (!account) return;
  if (!account->is_active) {
    return response.set_content(plain_refusal(login_failed), "text/html; charset=utf-8");
  }
  if (!may_create(*account)) {
    return response.set_content(plain_refusal(access_refused), "text/html; charset=utf-8");
  }
  try {
    send_file(response, import(context, *account, *upload, received), "import.xml");
  } catch (const Error& failure) {
    context.log(failure.message());
    send_file(response, import_refused("Échec lors du téléchargement du fichier"), "import.xml");
  }
}

}  // namespace

void add_import_endpoint(Routes& routes, const Context& context) {
  routes.upload("/modules/helios/api/helios_importer_fichier\\.php",
                [&](const auto& request, auto& response, const auto& reader) {
                  receive(context, request, response, reader);
                });
}

}  // namespace pes::sandbox::tdt
