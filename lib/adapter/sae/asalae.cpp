#include "adapter/sae/asalae_json.hpp"
#include "crypto/digest.hpp"
#include "net/excerpt.hpp"
#include "net/form_url.hpp"
#include "net/https_client.hpp"
#include "pes/adapters.hpp"
#include "pes/port/sae.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <algorithm>
#include <utility>

namespace pes {

namespace sae {

namespace {

constexpr const char* json = "application/json";
// An event of the journal holds it; the one that is known is a date.
constexpr std::size_t longest_deposit_answer = 16'384;  // characters

/// as@lae is given the SHA-256 of the password, unless what is configured already is it.
HttpsAccess with_password_as_sent(AsalaeAccess access) {
  if (!access.https.password || access.password_is_hash) return std::move(access.https);
  access.https.password = [password = std::move(access.https.password)] {
    return Secret(crypto::sha256_hex(password().reveal()));
  };
  return std::move(access.https);
}

net::FormFile whole_file(std::string name, std::string file_name,
                         const std::filesystem::path& file) {
  return {.name = std::move(name),
          .file_name = std::move(file_name),
          .file = file,
          .offset = 0,
          .size = {}};
}

/// A message that stops in its middle may be there whole the next time.
bool is_whole_xml(std::string_view body) {
  pugi::xml_document document;
  return document.load_buffer(body.data(), body.size(), pugi::parse_minimal);
}

/// What names a deposit in several pieces (sae §2.4); one is as good as absent when empty.
struct ChunkSession {
  std::string session_identifier;
  std::string security_identifier;
};

std::optional<ChunkSession> chunk_session(const nlohmann::json& opening) {
  ChunkSession session{member_text(opening, "chunk_session_identifier"),
                       member_text(opening, "chunk_security_identifier")};
  if (session.session_identifier.empty() || session.security_identifier.empty()) {
    return std::nullopt;
  }
  return session;
}

/// An archive cut into pieces of one size, the last being what remains.
struct Pieces {
  std::filesystem::path archive;
  std::string archive_name;
  std::uint64_t archive_size = 0;
  std::uint64_t piece_size = 0;

  [[nodiscard]] std::uint64_t count() const { return (archive_size + piece_size - 1) / piece_size; }

  [[nodiscard]] net::Form form(const ChunkSession& session, std::uint64_t rank) const {
    const std::uint64_t offset = (rank - 1) * piece_size;
    return {net::FormFile{.name = "chunk_content",
                          .file_name = archive_name,
                          .file = archive,
                          .offset = offset,
                          .size = std::min(piece_size, archive_size - offset)},
            net::FormField{"session_identifier", session.session_identifier},
            net::FormField{"security_identifier", session.security_identifier},
            net::FormField{"number_of_files", "1"},
            net::FormField{"file_index", "1"},
            net::FormField{"file_name", archive_name},
            net::FormField{"compression_algorithm", "TARGZ"},
            net::FormField{"number_of_chunks", std::to_string(count())},
            net::FormField{"chunk_index", std::to_string(rank)}};
  }
};

class Asalae final : public port::Sae {
 public:
  explicit Asalae(AsalaeAccess access)
      : is_sandbox_(access.is_sandbox),
        chunk_bytes_(access.chunk_bytes),
        client_(with_password_as_sent(std::move(access)), "sae") {}

  [[nodiscard]] std::string name() const override {
    return is_sandbox_ ? "SAE bac à sable (test)" : "as@lae " + client_.url();
  }

  std::string test_connection() override {
    const net::HttpAnswer ping = client_.get("/ping", json);
    if (!success(ping)) throw unusable(ping);
    const net::HttpAnswer versions = client_.get("/versions", json);
    const auto told = success(versions);
    const std::string version = told ? member_text(*told, "version") : std::string();
    if (version.empty()) throw unusable(versions);
    return net::one_line(version);
  }

  port::SaeDeposit deposit(const std::filesystem::path& bordereau_seda,
                           const std::filesystem::path& archive,
                           const std::string& archive_name) override {
    const std::uint64_t size = size_of(archive);
    if (chunk_bytes_ > 0 && size > chunk_bytes_) {
      return deposit_in_pieces(bordereau_seda, {archive, archive_name, size, chunk_bytes_});
    }
    return verdict(client_.post("/sedaMessages",
                                {whole_file("seda_message", "bordereau.xml", bordereau_seda),
                                 whole_file("attachments", archive_name, archive)},
                                json));
  }

  port::SaeAnswer acknowledgement(const std::string& agency, const std::string& transfer) override {
    return read("Acknowledgement", agency, transfer);
  }

  port::SaeAnswer reply(const std::string& agency, const std::string& transfer) override {
    return read("ArchiveTransferReply", agency, transfer);
  }

  /// At 0, 1, 5 and 15 minutes, every quarter of the first hour, every hour of the first day,
  /// then four times a day (sae §2.10).
  [[nodiscard]] std::chrono::seconds pause(int tries) const override {
    using std::chrono::hours;
    using std::chrono::minutes;
    if (is_sandbox_) return std::chrono::seconds(1);
    if (tries <= 1) return minutes(1);
    if (tries == 2) return minutes(4);
    if (tries == 3) return minutes(10);
    if (tries <= 6) return minutes(15);
    if (tries <= 29) return hours(1);
    return hours(6);
  }

  /// Longer than any answer that we wait for takes: by then no script works on the deposit.
  [[nodiscard]] std::chrono::seconds settling_time() const override {
    return is_sandbox_ ? std::chrono::seconds(2) : std::chrono::minutes(5);
  }

 private:
  static std::uint64_t size_of(const std::filesystem::path& archive) {
    std::error_code fault;
    const std::uintmax_t size = std::filesystem::file_size(archive, fault);
    if (fault)
      throw Error(ErrorCode::file_unknown, say("there is no file {1}", {archive.native()}));
    return size;
  }

  port::SaeDeposit deposit_in_pieces(const std::filesystem::path& bordereau_seda,
                                     const Pieces& pieces) {
    const net::Posted opening =
        client_.post("/sedaMessages",
                     {whole_file("seda_message", "bordereau.xml", bordereau_seda),
                      net::FormField{"send_chunked_attachments", "true"}},
                     json);
    port::SaeDeposit opened = verdict_on_part(opening);
    if (!std::holds_alternative<port::SaeDeposited>(opened)) return opened;
    const auto session = chunk_session(*success(std::get<net::HttpAnswer>(opening)));
    if (!session) {
      return port::SaeRefused{
          tr("the SAE does not take archives in pieces; set sae.chunk_size to 0")};
    }
    for (std::uint64_t rank = 1; rank < pieces.count(); ++rank) {
      port::SaeDeposit taken = verdict_on_part(post_piece(pieces, *session, rank));
      if (!std::holds_alternative<port::SaeDeposited>(taken)) return taken;
    }
    return verdict(post_piece(pieces, *session, pieces.count()));
  }

  net::Posted post_piece(const Pieces& pieces, const ChunkSession& session, std::uint64_t rank) {
    return client_.post("/sedaAttachmentsChunkFiles", pieces.form(session, rank), json);
  }

  /// Of the request that completes a deposit. Any JSON success is one (sae §2.1). The 4xx are
  /// refusals; so is a 500 with a sentence, as@lae's form for its own errors (sae §2.8). A 5xx
  /// of another kind may come from a server in between, after as@lae did its work.
  [[nodiscard]] port::SaeDeposit verdict(const net::Posted& posted) const {
    if (const auto* const unanswered = std::get_if<net::Unanswered>(&posted)) {
      return port::SaeUnknown{unanswered->error.message(), unanswered->error.retry_after()};
    }
    const auto& answer = std::get<net::HttpAnswer>(posted);
    if (success(answer)) {
      return port::SaeDeposited{net::one_line(trimmed(answer.body), longest_deposit_answer)};
    }
    const std::string words = net::excerpt(answer.body);
    const bool is_sentence = !words.empty() && !net::looks_like_markup(answer.body);
    switch (answer.status) {
      case 401:
      case 403:
      case 404:
      case 405:
      case 408:
      case 429:
        throw unusable(answer);
      case 500:
        if (is_sentence) return port::SaeRefused{words};
        break;
      default:
        break;
    }
    if (answer.status >= 300 && answer.status < 400) throw unusable(answer);
    if (answer.status >= 400 && answer.status < 500) {
      return port::SaeRefused{words.empty() ? unusable(answer).message() : words};
    }
    const Error error = unusable(answer);
    return port::SaeUnknown{error.message(), error.retry_after()};
  }

  /// Of a request before the last one: what may have become of it does not matter, since the
  /// transfer is not complete.
  [[nodiscard]] port::SaeDeposit verdict_on_part(const net::Posted& posted) const {
    port::SaeDeposit told = verdict(posted);
    if (const auto* const unknown = std::get_if<port::SaeUnknown>(&told)) {
      throw Error(ErrorCode::service_unreachable,
                  say("the deposit at {1} stopped before its end: {2}", {name(), unknown->reason}),
                  tr("try again later"));
    }
    return told;
  }

  port::SaeAnswer read(std::string_view message, const std::string& agency,
                       const std::string& transfer) {
    const net::HttpAnswer answer =
        client_.get(fill("/sedaMessages/sequence:ArchiveTransfer/message:{1}"
                         "/originOrganizationIdentification:{2}/originMessageIdentifier:{3}",
                         {message, net::form_url_encoded(agency), net::form_url_encoded(transfer)}),
                    "application/xml", net::download_limit);
    const bool is_message = is_whole_xml(answer.body) && !net::is_html(answer);
    if (answer.status == 200 && is_message) return port::SaeMessage{answer.body};
    if (answer.status == 500) {
      const std::string words = net::excerpt(answer.body);
      if (contains_ignoring_case(words, "en cours de traitement")) return port::SaePending{words};
      if (contains_ignoring_case(words, "non trouv")) return port::SaeNoTransfer{words};
    }
    throw unusable(answer);
  }

  [[nodiscard]] Error unusable(const net::HttpAnswer& answer) const {
    if (answer.status != 404) return client_.unusable(answer);
    return {ErrorCode::service_unexpected,
            say("there are no web services of as@lae at {1} (HTTP 404)", {client_.url()}),
            tr("check sae.url: it ends in /restservices"), net::excerpt(answer.body)};
  }

  bool is_sandbox_;
  std::uint64_t chunk_bytes_;
  net::HttpsClient client_;
};

}  // namespace

}  // namespace sae

std::unique_ptr<port::Sae> make_asalae(AsalaeAccess access) {
  return std::make_unique<sae::Asalae>(std::move(access));
}

}  // namespace pes
