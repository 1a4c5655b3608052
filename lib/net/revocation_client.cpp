#include "net/curl.hpp"
#include "net/curl_library.hpp"
#include "pes/error.hpp"
#include "pes/trust.hpp"
#include "pes/version.hpp"
#include "support/text.hpp"

#include <memory>
#include <new>
#include <string>
#include <utility>

namespace pes {

namespace net {

namespace {

constexpr std::size_t largest_answer = 64U << 20U;  // the CRLs of large authorities
constexpr long longest_seconds = 30;
constexpr long ok = 200;

/// Keeps what comes, up to the bound.
struct Body {
  std::string bytes;
  bool failed = false;
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* user) noexcept {
  auto& body = *static_cast<Body*>(user);
  try {
    if (body.bytes.size() + size * count > largest_answer) return CURL_WRITEFUNC_ERROR;
    body.bytes.append(bytes, size * count);
  } catch (const std::bad_alloc&) {
    body.failed = true;
    return CURL_WRITEFUNC_ERROR;
  }
  return size * count;
}

template <typename Value>
void set(CURL* curl, CURLoption option, Value value) {
  const CURLcode code = curl::easy_setopt(curl, option, value);
  if (code != CURLE_OK) {
    throw Error(ErrorCode::internal, tr("libcurl does not know what is asked of it"), {},
                curl::easy_strerror(code));
  }
}

/// Addresses come from certificates: plain HTTP is the rule (RFC 5280 §4.2.1.13), since what
/// comes is signed, and nothing but a question that certificates ask leaves.
RevocationAnswer fetch(const RevocationRequest& request) {
  const curl::Handle handle(curl::easy_init());
  if (!handle) throw std::bad_alloc();
  CURL* const curl = handle.get();
  Body body;
  curl::Lines headers;
  set(curl, CURLOPT_URL, request.url.c_str());
  set(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  set(curl, CURLOPT_FOLLOWLOCATION, 0L);
  set(curl, CURLOPT_NOSIGNAL, 1L);
  set(curl, CURLOPT_TIMEOUT, longest_seconds);
  set(curl, CURLOPT_USERAGENT, fill("pes/{1}", {version}).c_str());
  set(curl, CURLOPT_WRITEFUNCTION, take);
  set(curl, CURLOPT_WRITEDATA, &body);
  if (!request.body.empty()) {
    headers.reset(curl::slist_append(nullptr, "Content-Type: application/ocsp-request"));
    set(curl, CURLOPT_HTTPHEADER, headers.get());
    set(curl, CURLOPT_POSTFIELDS, request.body.data());
    set(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  }
  const CURLcode code = curl::easy_perform(curl);
  if (body.failed) throw std::bad_alloc();
  long status = 0;
  curl::easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if (code != CURLE_OK) {
    return {std::nullopt, say("no answer: {1}", {curl::easy_strerror(code)})};
  }
  if (status != ok) {
    return {std::nullopt, say("no answer: HTTP status {1}", {std::to_string(status)})};
  }
  return {std::move(body.bytes), {}};
}

}  // namespace

}  // namespace net

FetchRevocation make_revocation_client(std::function<void(const std::string&)> trace) {
  auto library = std::make_shared<const net::CurlLibrary>();
  return [library, trace = std::move(trace)](const RevocationRequest& request) {
    RevocationAnswer answer = net::fetch(request);
    if (trace) {
      const char* const method = request.body.empty() ? "GET" : "POST";
      trace(fill("{1} {2}: {3}",
                 {method, request.url,
                  answer.content ? say("{1} bytes", {std::to_string(answer.content->size())})
                                 : answer.failure}));
    }
    return answer;
  };
}

}  // namespace pes
