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
constexpr std::uint64_t largest_body = 200'486'000;  // the web server's own limit

/// tdt §4.3
Entry first_entry(const Account& account, const Upload& upload, Instant date) {
  const auto must_signed = upload.fields.find("must_signed");
  if (must_signed != upload.fields.end() && !must_signed->second.empty() &&
      must_signed->second != "0") {
    return {status::to_be_signed, "Fichier en attente d'être signé", date};
  }
  if (account.permission == Permission::create) {
    return {status::to_be_posted, "Fichier en attente d'être télétransmis", date};
  }
  return {status::posted, "Fichier bien reçu par la plate-forme S2low", date};
}

/// The controls that need no reading of the flow, in their order (tdt §4.2).
std::string import(const Context& context, const Platform& platform, const Account& account,
                   const Upload& upload, Staging& received) {
  const Generation generation = platform.generation;
  const auto refused = [&](std::string_view message) {
    return import_refused(generation, message);
  };
  if (!account.is_rgs) {
    return refused("Votre certificat n'est pas RGS et ne vous permet donc pas de télétransmettre");
  }
  const auto found = upload.files.find("enveloppe");
  if (found == upload.files.end()) {
    return refused(
        "Aucune enveloppe trouvée : la taille de l'enveloppe dépasse probablement la taille "
        "maximum");
  }
  const UploadedFile& flow = found->second;
  if (flow.size > platform.upload_limit) {
    return refused("Taille de fichier supérieure à la limite autorisée (" +
                   std::to_string(platform.upload_limit / mebibyte) + " Mo maximum).");
  }
  if (flow.size == 0) return refused("Le fichier présenté est vide (0 octet)");
  std::filesystem::rename(flow.path, received.path() / "pes.xml");
  const Entry entry = first_entry(account, upload, now_in(context.layout));
  const std::optional<std::string> id = enter(context.layout, received,
                                              {.file_name = flow.name,
                                               .sha1 = flow.sha1,
                                               .size = flow.size,
                                               .received = entry.date,
                                               .scenario = context.scenario,
                                               .authority = account.authority,
                                               .workflow = {entry}},
                                              platform.import_gap);
  if (!id && generation == Generation::v4) {
    return refused("doublon détecté. Ce fichier a déjà été posté");
  }
  if (!id) return refused("doublon détecté. Ce fichier a déjà été posté.");
  return import_accepted(generation, *id);
}

RefusalForm form_of(const httplib::Request& request, const Upload& upload) {
  const auto api = upload.fields.find("api");
  const bool asks_for_text = api != upload.fields.end() && api->second == "1";
  return asks_for_text ? RefusalForm::text : refusal_form(request);
}

/// What stands in the way before the file is looked at; empty when nothing does.
std::string_view obstacle(const Account& account) {
  if (!account.is_active) return login_failed;
  return account.may_create() ? std::string_view() : access_refused;
}

void receive(const Context& context, const httplib::Request& request, httplib::Response& response,
             const httplib::ContentReader& reader) {
  if (request.get_header_value<std::uint64_t>("Content-Length") > largest_body) {
    drain(request, reader);
    return answer_html(response, 413, "Request Entity Too Large");
  }
  const Platform set_up = platform(context.layout);
  Staging received(context.layout.tdt("incoming"));
  const std::optional<Upload> upload =
      receive_upload(request, reader, received.path(), set_up.upload_limit);
  if (!upload) return answer_html(response, 400, "Bad Request");
  const auto refuse = [&](std::string_view message) {
    response.set_content(plain_refusal(set_up.generation, message), "text/html; charset=utf-8");
  };
  if (!set_up.has_module) return refuse(no_module);
  const std::optional<Account> account =
      log_in(context, set_up, request, form_of(request, *upload), response);
  if (!account) return;
  if (const std::string_view message = obstacle(*account); !message.empty()) {
    return refuse(message);
  }
  try {
    send_file(response, import(context, set_up, *account, *upload, received), "import.xml");
  } catch (const Error& failure) {
    context.log(failure.message());
    send_file(response,
              import_refused(set_up.generation, "Échec lors du téléchargement du fichier"),
              "import.xml");
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
