#include "pes/error.hpp"
#include "pes/sandbox.hpp"
#include "sandbox/context.hpp"
#include "sandbox/routes.hpp"
#include "sandbox/sae/endpoints.hpp"
#include "sandbox/staging.hpp"
#include "sandbox/tdt/endpoints.hpp"
#include "sandbox/tsa/endpoint.hpp"
#include "support/text.hpp"

#include <httplib.h>
#include <libxml/parser.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

namespace pes::sandbox {
namespace {

constexpr const char* loopback = "127.0.0.1";
constexpr std::size_t workers = 8;
constexpr time_t longest_silence = 60;  // seconds, of a client that is sending or reading

/// TLS with a client certificate of the test authority; without it the handshake fails and
/// nothing is answered (tdt §2.1). TLS 1.2 alone, as S²LOW since 5.0.2: with 1.3 a client
/// would learn of the refusal only after it has sent its request.
bool set_up_tls(SSL_CTX& context, const Identities& identities, const Layout& layout) {
  constexpr std::string_view session = "pes-sandbox";
  SSL_CTX_set_verify(&context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SSL_CTX_set_client_CA_list(&context, SSL_load_client_CA_file(identities.ca.c_str()));
  return SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_max_proto_version(&context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_use_certificate_chain_file(&context, layout.identity("server.pem").c_str()) == 1 &&
         SSL_CTX_use_PrivateKey_file(&context, layout.identity("server.key").c_str(),
                                     SSL_FILETYPE_PEM) == 1 &&
         SSL_CTX_load_verify_locations(&context, identities.ca.c_str(), nullptr) == 1 &&
         // A session can be resumed only in a context that has a name.
         SSL_CTX_set_session_id_context(&context,
                                        reinterpret_cast<const unsigned char*>(session.data()),
                                        static_cast<unsigned>(session.size())) == 1;
}

std::function<bool(SSL_CTX&)> tls_setup(const Identities& identities, const Layout& layout) {
  return [&](SSL_CTX& context) { return set_up_tls(context, identities, layout); };
}

std::string words_of(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const Error& error) {
    return error.message() + (error.cause().empty() ? "" : " (" + error.cause() + ")");
  } catch (const std::exception& other) {
    return other.what();
  }
}

class HttpsServer final : public Server {
 public:
  explicit HttpsServer(Options options);
  HttpsServer(const HttpsServer&) = delete;
  HttpsServer& operator=(const HttpsServer&) = delete;
  HttpsServer(HttpsServer&&) = delete;
  HttpsServer& operator=(HttpsServer&&) = delete;
  ~HttpsServer() override;

  [[nodiscard]] std::string tdt_url() const override;
  [[nodiscard]] std::string sae_url() const override;
  [[nodiscard]] std::string tsa_url() const override;
  void wait(const std::function<bool()>& stop) override;

 private:
  void log(const std::string& line);
  void set_up_http();
  int bind(std::uint16_t port);

  Options options_;
  Identities identities_;
  std::mutex log_mutex_;
  Context context_;
  httplib::SSLServer http_;
  Routes routes_;
  std::thread listener_;
};

HttpsServer::HttpsServer(Options options)
    : options_(std::move(options)),
      identities_(prepare(options_.folder)),
      context_{.layout = Layout(options_.folder),
               .scenario = options_.scenario,
               .automatic_ticks = options_.automatic_ticks,
               .seda_schema = options_.seda_schema,
               .random_faults = {.rate = options_.fault_rate, .seed = options_.fault_seed},
               .base_url = {},
               .log = [this](const std::string& line) { log(line); }},
      http_(tls_setup(identities_, context_.layout)),
      routes_(http_, context_) {
  if (!http_.is_valid()) {
    throw Error(
        ErrorCode::config_invalid, tr("the sandbox cannot use its own certificates"),
        say("remove {1}, they will be made again", {context_.layout.identities().native()}));
  }
  xmlInitParser();
  sweep(context_.layout.tdt("incoming"));
  sweep(context_.layout.sae("incoming"));
  sweep(context_.layout.sae("sessions"));
  set_up_http();
  context_.base_url = fill("https://{1}:{2}", {loopback, std::to_string(bind(options_.port))});
  tdt::add_endpoints(routes_, context_);
  sae::add_endpoints(routes_, context_);
  tsa::add_endpoint(routes_, context_);
  listener_ = std::thread([this] { http_.listen_after_bind(); });
  // `stop` does nothing before the listener runs.
  while (!http_.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

HttpsServer::~HttpsServer() {
  http_.stop();
  listener_.join();
}

void HttpsServer::log(const std::string& line) {
  if (!options_.log) return;
  const std::lock_guard guard(log_mutex_);
  options_.log(line);
}

void HttpsServer::set_up_http() {
  http_.new_task_queue = [] {
    // httplib deletes it.
    return new httplib::ThreadPool(workers);  // NOLINT(cppcoreguidelines-owning-memory)
  };
  // httplib would share the port with another process: two sandboxes would each get a part
  // of the requests.
  http_.set_socket_options([](socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  http_.set_tcp_nodelay(true);
  http_.set_keep_alive_max_count(1);  // no idle connection holds a worker, nor the end
  http_.set_read_timeout(longest_silence);
  http_.set_write_timeout(longest_silence);
  http_.set_default_headers({{"Strict-Transport-Security", "max-age=31536000"},
                             {"X-Frame-Options", "DENY"},
                             {"X-Sandbox", "TEST"}});
  http_.set_exception_handler([this](const httplib::Request& request, httplib::Response& response,
                                     const std::exception_ptr& failure) {
    log(request.path + ": " + words_of(failure));
    answer_html(response, 500, "Internal Server Error");
  });
  http_.set_error_handler([](const httplib::Request&, httplib::Response& response) {
    if (response.body.empty()) {
      answer_html(response, response.status, "Erreur " + std::to_string(response.status));
    }
  });
  http_.set_logger([this](const httplib::Request& request, const httplib::Response& response) {
    const std::string fault = response.get_header_value(fault_header);
    log(request.method + " " + request.path + " " + std::to_string(response.status) +
        (fault.empty() ? "" : " " + fault));
  });
}

int HttpsServer::bind(std::uint16_t port) {
  if (port == 0) {
    const int given = http_.bind_to_any_port(loopback);
    if (given > 0) return given;
  } else if (http_.bind_to_port(loopback, port)) {
    return port;
  }
  throw Error(ErrorCode::io_failed,
              say("cannot listen on port {1} of 127.0.0.1", {std::to_string(port)}),
              tr("give another port, or 0 for any free one"));
}

std::string HttpsServer::tdt_url() const { return context_.base_url; }

std::string HttpsServer::sae_url() const { return context_.base_url + sae::base_path; }

std::string HttpsServer::tsa_url() const { return context_.base_url + tsa::path; }

void HttpsServer::wait(const std::function<bool()>& stop) {
  while (!stop()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
}

}  // namespace

std::unique_ptr<Server> start(Options options) {
  return std::make_unique<HttpsServer>(std::move(options));
}

}  // namespace pes::sandbox
