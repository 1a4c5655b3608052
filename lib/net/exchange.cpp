#include "net/exchange.hpp"

#include "net/curl.hpp"
#include "net/form_upload.hpp"
#include "net/libssl.hpp"
#include "pes/version.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <new>
#include <utility>

namespace pes::net {

namespace {

/// The slowest line that a large form may be sent over, in bytes a second.
constexpr std::uint64_t slowest_upload = 1U << 14U;
/// Of what a TLS context holds for its user (SSL_set_app_data(3)).
constexpr int user_data = 0;

void mask(std::string& text, std::string_view secret) {
  constexpr std::string_view mask = "***";
  if (secret.empty()) return;
  for (std::size_t place = text.find(secret); place != std::string::npos;
       place = text.find(secret, place + mask.size())) {
    text.replace(place, secret.size(), mask);
  }
}

class Exchange {
 public:
  Exchange(const Peer& peer, const Request& request) : peer_(peer), request_(request) {
    if (!handle_) throw std::bad_alloc();
  }

  std::variant<HttpAnswer, Breakdown> run() {
    prepare_request();
    prepare_tls();
    prepare_login();
    prepare_bounds();
    const CURLcode code = curl::easy_perform(handle_.get());
    if (exception_) std::rethrow_exception(exception_);
    if (code == CURLE_OK) return answer();
    return breakdown(code);
  }

 private:
  template <typename Value>
  void set(CURLoption option, Value value) {
    const CURLcode code = curl::easy_setopt(handle_.get(), option, value);
    if (code != CURLE_OK) {
      throw Error(ErrorCode::internal, tr("libcurl does not know what is asked of it"), {},
                  curl::easy_strerror(code));
    }
  }

  void prepare_request() {
    set(CURLOPT_ERRORBUFFER, words_.data());
    set(CURLOPT_URL, (peer_.address.url() + request_.path).c_str());
    set(CURLOPT_PROTOCOLS_STR, "https");
    // One request is one stream: HTTP/2 lets curl repeat what a server says it did not treat.
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_FORBID_REUSE, 1L);
    set(CURLOPT_USERAGENT, fill("pes/{1}", {version}).c_str());
    if (peer_.address.is_loopback()) set(CURLOPT_PROXY, "");
    add_header("Expect:");
    if (!request_.accept.empty()) add_header("Accept: " + request_.accept);
    if (request_.document != nullptr) prepare_document(*request_.document);
    set(CURLOPT_HTTPHEADER, headers_.get());
    if (request_.form != nullptr) {
      upload_.emplace(handle_.get(), *request_.form);
      set(CURLOPT_MIMEPOST, upload_->mime());
    }
  }

  /// curl reads the bytes where they are.
  void prepare_document(const Document& document) {
    add_header("Content-Type: " + document.content_type);
    set(CURLOPT_POSTFIELDS, document.bytes.data());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(document.bytes.size()));
  }

  void add_header(const std::string& line) {
    curl_slist* const longer = curl::slist_append(headers_.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(headers_.release());  // the longer list begins with it
    headers_.reset(longer);
  }

  void prepare_tls() {
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!peer_.access.ca.empty()) {
      set(CURLOPT_CAINFO, peer_.access.ca.c_str());
      set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));  // the system's would be added
    }
    if (peer_.sessions) set(CURLOPT_SHARE, peer_.sessions->share());
    set(CURLOPT_SSL_CTX_FUNCTION, on_tls_context);
    set(CURLOPT_SSL_CTX_DATA, this);
    if (peer_.identity) {
      set_blob(CURLOPT_SSLCERT_BLOB, peer_.identity->chain);
      set_blob(CURLOPT_SSLKEY_BLOB, peer_.identity->key.reveal());
    }
  }

  void set_blob(CURLoption option, const std::string& pem) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): curl only reads it.
    curl_blob blob{const_cast<char*>(pem.data()), pem.size(), CURL_BLOB_NOCOPY};
    set(option, &blob);
  }

  void prepare_login() {
    if (peer_.access.login.empty()) return;
    if (peer_.access.password) password_ = peer_.access.password();
    set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    set(CURLOPT_USERNAME, peer_.access.login.c_str());
    set(CURLOPT_PASSWORD, password_.reveal().c_str());
  }

  /// The timeout is the longest silence; the whole exchange has as much, and the time that its
  /// form takes over a slow line.
  void prepare_bounds() {
    const long silence = std::max(1L, peer_.access.timeout.count());
    const std::uint64_t upload = upload_ ? upload_->size() : 0;
    set(CURLOPT_CONNECTTIMEOUT, std::max(1L, peer_.access.connect_timeout.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, silence);
    set(CURLOPT_TIMEOUT, silence + static_cast<long>(upload / slowest_upload));
    set(CURLOPT_PREREQFUNCTION, on_request);
    set(CURLOPT_PREREQDATA, this);
    set(CURLOPT_WRITEFUNCTION, on_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_XFERINFOFUNCTION, on_progress);
    set(CURLOPT_XFERINFODATA, this);
    set(CURLOPT_NOPROGRESS, 0L);
  }

  /// curl calls it when the connection stands, TLS included, and no byte of the request has
  /// been written.
  static int on_request(void* self, char* /*peer*/, char* /*ours*/, int /*port*/, int /*port*/) {
    auto& exchange = *static_cast<Exchange*>(self);
    if (exchange.must_stop()) return CURL_PREREQFUNC_ABORT;
    exchange.request_began_ = true;
    return CURL_PREREQFUNC_OK;
  }

  static CURLcode on_tls_context(CURL* /*handle*/, void* context, void* self) {
    auto* const tls = static_cast<SSL_CTX*>(context);
    libssl::context_set_ex_data(tls, user_data, self);
    libssl::context_set_info_callback(tls, on_tls_event);
    return CURLE_OK;
  }

  /// Sees the alert even when curl was busy writing and reports a broken pipe: curl reads once
  /// more before it closes, and it closes at the end of the exchange (CURLOPT_FORBID_REUSE).
  static void on_tls_event(const SSL* ssl, int event, int value) {
    const bool is_fatal = (value >> 8) == SSL3_AL_FATAL;
    if (event != SSL_CB_READ_ALERT || !is_fatal) return;
    void* const self = libssl::context_get_ex_data(libssl::context_of(ssl), user_data);
    static_cast<Exchange*>(self)->tls_alert_ = value & 0xFF;
  }

  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
    return static_cast<Exchange*>(self)->take({bytes, size * count});
  }

  static int on_progress(void* self, curl_off_t /*down*/, curl_off_t /*now*/, curl_off_t /*up*/,
                         curl_off_t /*now*/) {
    return static_cast<Exchange*>(self)->must_stop() ? 1 : 0;
  }

  bool must_stop() noexcept {
    try {
      interrupted_ = interrupted_ || (peer_.access.stop && peer_.access.stop());
    } catch (...) {
      exception_ = std::current_exception();
    }
    return interrupted_ || exception_;
  }

  std::size_t take(std::string_view bytes) noexcept {
    is_too_large_ = body_.size() + bytes.size() > request_.answer_limit;
    if (is_too_large_) return CURL_WRITEFUNC_ERROR;
    try {
      body_ += bytes;
    } catch (...) {
      exception_ = std::current_exception();
      return CURL_WRITEFUNC_ERROR;
    }
    return bytes.size();
  }

  HttpAnswer answer() {
    HttpAnswer answer;
    curl::easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    answer.content_type = header("Content-Type");
    answer.file_name = proposed_file_name(header("Content-Disposition"));
    // Not CURLINFO_REDIRECT_URL: curl puts our login and password in it.
    answer.location = header("Location");
    answer.retry_after = asked_pause(header("Retry-After"), header("Date"));
    answer.body = std::move(body_);
    if (answer.status != 200) mask_credentials(answer.body);
    return answer;
  }

  /// Some services show what they were sent in their error pages, which end in our journal.
  void mask_credentials(std::string& body) const {
    mask(body, password_.reveal());
    if (peer_.access.login.empty()) return;
    const Secret basic(peer_.access.login + ":" + password_.reveal());
    mask(body, base64(as_bytes(basic.reveal())));
  }

  std::string header(const char* name) {
    curl_header* found = nullptr;  // stays curl's
    const CURLHcode code = curl::easy_header(handle_.get(), name, 0, CURLH_HEADER, -1, &found);
    return code == CURLHE_OK ? std::string(found->value) : std::string();
  }

  Breakdown breakdown(CURLcode code) {
    Breakdown breakdown{.code = code,
                        .words = words_.data(),
                        .request_began = request_began_,
                        .interrupted = interrupted_,
                        .is_too_large = is_too_large_,
                        .tls_alert = tls_alert_,
                        .failure = {}};
    if (breakdown.words.empty()) breakdown.words = curl::easy_strerror(code);
    try {
      if (upload_) upload_->require_files_read();
    } catch (const Error& error) {
      breakdown.failure = error;
    }
    return breakdown;
  }

  const Peer& peer_;
  const Request& request_;
  std::array<char, CURL_ERROR_SIZE> words_{};
  Secret password_;
  std::string body_;
  bool request_began_ = false;
  bool interrupted_ = false;
  bool is_too_large_ = false;
  std::optional<int> tls_alert_;
  std::exception_ptr exception_;  // of a callback; it may not cross curl
  curl::Lines headers_;
  curl::Handle handle_{curl::easy_init()};
  std::optional<FormUpload> upload_;
};

}  // namespace

std::variant<HttpAnswer, Breakdown> exchange(const Peer& peer, const Request& request) {
  return Exchange(peer, request).run();
}

}  // namespace pes::net
