#include "pes/time.hpp"
#include "sandbox/lock.hpp"
#include "sandbox/now.hpp"
#include "sandbox/sae/agreement.hpp"
#include "sandbox/sae/deposit.hpp"
#include "sandbox/sae/endpoints.hpp"
#include "sandbox/sae/sessions.hpp"
#include "sandbox/upload.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <limits>

namespace pes::sandbox::sae {
namespace {

constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t most_chunks = 1'000'000;

void refuse(httplib::Response& response, const Refusal& refusal) {
  answer_text(response, refusal.status, refusal.text);
}

/// The only answer to a part that the form does not have; as@lae's own words are unknown.
void refuse_missing(httplib::Response& response, const std::string& part) {
  refuse(response, {.text = "Erreur de donnée du formulaire : " + part +
                            " est absent (TEST, bac à sable de pes)"});
}

std::string text_of(const Upload& upload, std::string_view field) {
  const auto found = upload.fields.find(field);
  return found == upload.fields.end() ? std::string() : found->second;
}

std::uint64_t number_of(const Upload& upload, std::string_view field) {
  const std::string text = text_of(upload, field);
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

void answer_deposited(httplib::Response& response, const State& state) {
  const nlohmann::ordered_json answer{{"date_du_depot", iso8601(state.received)},
                                      {"commentaire", "TEST, bac à sable de pes"}};
  response.set_content(answer.dump(), "application/json");
}

/// A file that is larger than the server takes of one; as@lae's own words are unknown.
std::optional<Refusal> too_large(const Context& context, const Upload& upload) {
  const std::optional<std::uint64_t> limit = agreement(context.layout).max_part_bytes;
  if (!limit) return std::nullopt;
  for (const auto& [part, file] : upload.files) {
    if (file.size <= *limit) continue;
    return Refusal{.text = "Erreur de donnée du formulaire : " + part +
                           " dépasse la taille permise (TEST, bac à sable de pes)"};
  }
  return std::nullopt;
}

/// First call of a chunked deposit.
void open_chunked(const Context& context, Staging& received, httplib::Response& response) {
  if (!agreement(context.layout).pieces) {
    // An older as@lae passes over the field that it does not know.
    return response.set_content(R"({"commentaire":"TEST, bac à sable de pes"})",
                                "application/json");
  }
  const Session session = open_session(context.layout, received);
  const nlohmann::ordered_json answer{{"chunk_session_identifier", std::stoull(session.id)},
                                      {"chunk_security_identifier", session.security}};
  response.set_content(answer.dump(), "application/json");
}

/// sae §2.3, and the first step of §2.4
void deposit(const Context& context, const httplib::Request& request, httplib::Response& response,
             const httplib::ContentReader& reader) {
  Staging received(context.layout.sae("incoming"));
  const std::optional<Upload> upload = receive_upload(request, reader, received.path(), no_limit);
  if (!upload) return answer_text(response, 400, "Envoi interrompu");
  if (!is_logged_in(context, request, response)) return;
  if (const std::optional<Refusal> refusal = too_large(context, *upload)) {
    return refuse(response, *refusal);
  }
  const auto bordereau = upload->files.find("seda_message");
  if (bordereau == upload->files.end()) return refuse_missing(response, "seda_message");
  std::filesystem::rename(bordereau->second.path, received.path() / "bordereau.xml");
  const std::variant<State, Refusal> announced =
      announce(context, received.path() / "bordereau.xml");
  if (const Refusal* refusal = std::get_if<Refusal>(&announced)) {
    return refuse(response, *refusal);
  }
  if (text_of(*upload, "send_chunked_attachments") == "true") {
    return open_chunked(context, received, response);
  }
  const auto archive = upload->files.find("attachments");
  if (archive == upload->files.end()) return refuse_missing(response, "attachments");
  std::filesystem::rename(archive->second.path, received.path() / "archive");
  const auto& state = std::get<State>(announced);
  if (const std::optional<Refusal> refusal = complete(context, received, state)) {
    return refuse(response, *refusal);
  }
  answer_deposited(response, state);
}

/// The last chunk completes the transfer: no call closes it.
std::optional<Refusal> complete_if_whole(const Context& context, const Session& session,
                                         std::uint64_t chunks) {
  Staging whole(context.layout.sae("incoming"));
  if (!assemble(context.layout, session, chunks, whole)) return std::nullopt;
  const std::variant<State, Refusal> announced =
      announce(context, bordereau_of(context.layout, session));
  if (const Refusal* refusal = std::get_if<Refusal>(&announced)) return *refusal;
  std::optional<Refusal> refusal = complete(context, whole, std::get<State>(announced));
  if (!refusal) close_session(context.layout, session);
  return refusal;
}

/// sae §2.4, step 2
void receive_chunk(const Context& context, const httplib::Request& request,
                   httplib::Response& response, const httplib::ContentReader& reader) {
  const Staging received(context.layout.sae("incoming"));
  const std::optional<Upload> upload = receive_upload(request, reader, received.path(), no_limit);
  if (!upload) return answer_text(response, 400, "Envoi interrompu");
  if (!is_logged_in(context, request, response)) return;
  if (const std::optional<Refusal> refusal = too_large(context, *upload)) {
    return refuse(response, *refusal);
  }
  const Session session{text_of(*upload, "session_identifier"),
                        text_of(*upload, "security_identifier")};
  if (!is_open(context.layout, session)) {
    return refuse(response, {.text = "Session de dépôt inconnue (TEST, bac à sable de pes)"});
  }
  const auto chunk = upload->files.find("chunk_content");
  if (chunk == upload->files.end()) return refuse_missing(response, "chunk_content");
  const std::uint64_t index = number_of(*upload, "chunk_index");
  const std::uint64_t chunks = number_of(*upload, "number_of_chunks");
  if (index == 0 || index > chunks || chunks > most_chunks) {
    return refuse(response, {.text = "Numéro de fragment invalide (TEST, bac à sable de pes)"});
  }
  const Lock lock(context.layout.sae("sessions") / session.id);
  keep_chunk(context.layout, session, index, chunk->second.path);
  if (const std::optional<Refusal> refusal = complete_if_whole(context, session, chunks)) {
    return refuse(response, *refusal);
  }
  const nlohmann::ordered_json answer{{"chunk_index", index}, {"number_of_chunks", chunks}};
  response.set_content(answer.dump(), "application/json");
}

}  // namespace

void add_deposit_endpoints(Routes& routes, const Context& context) {
  const std::string base = base_path;
  routes.upload(base + "/sedaMessages",
                [&](const auto& request, auto& response, const auto& reader) {
                  deposit(context, request, response, reader);
                });
  routes.upload(base + "/sedaAttachmentsChunkFiles",
                [&](const auto& request, auto& response, const auto& reader) {
                  receive_chunk(context, request, response, reader);
                });
}

}  // namespace pes::sandbox::sae
