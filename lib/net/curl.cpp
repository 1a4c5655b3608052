#include "net/curl.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"

#include <dlfcn.h>

// libcurl has macros of these names for C.
#undef curl_easy_setopt
#undef curl_easy_getinfo

namespace pes::net::curl {

namespace {

[[noreturn]] void throw_missing() {
  const char* const reason = ::dlerror();
  throw Error(ErrorCode::internal, tr("libcurl cannot be loaded"),
              tr("install it: the package libcurl4"), reason == nullptr ? "" : reason);
}

/// Never unloaded: other libraries that came with it would not stand it.
void* library() {
  static void* const handle = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) throw_missing();
  return handle;
}

template <typename Function>
Function* found(const char* name) {
  void* const symbol = ::dlsym(library(), name);
  if (symbol == nullptr) throw_missing();
  return reinterpret_cast<Function*>(symbol);
}

}  // namespace

CURLcode global_init(long flags) {
  static auto* const function = found<decltype(curl_global_init)>("curl_global_init");
  return function(flags);
}

void global_cleanup() {
  static auto* const function = found<decltype(curl_global_cleanup)>("curl_global_cleanup");
  function();
}

CURL* easy_init() {
  static auto* const function = found<decltype(curl_easy_init)>("curl_easy_init");
  return function();
}

void easy_cleanup(CURL* handle) {
  static auto* const function = found<decltype(curl_easy_cleanup)>("curl_easy_cleanup");
  function(handle);
}

CURLcode easy_perform(CURL* handle) {
  static auto* const function = found<decltype(curl_easy_perform)>("curl_easy_perform");
  return function(handle);
}

const char* easy_strerror(CURLcode code) {
  static auto* const function = found<decltype(curl_easy_strerror)>("curl_easy_strerror");
  return function(code);
}

CURLHcode easy_header(CURL* handle, const char* name, std::size_t index, unsigned origin,
                      int request, curl_header** header) {
  static auto* const function = found<decltype(curl_easy_header)>("curl_easy_header");
  return function(handle, name, index, origin, request, header);
}

EasySetopt* easy_setopt() {
  static auto* const function = found<EasySetopt>("curl_easy_setopt");
  return function;
}

EasyGetinfo* easy_getinfo() {
  static auto* const function = found<EasyGetinfo>("curl_easy_getinfo");
  return function;
}

curl_slist* slist_append(curl_slist* list, const char* line) {
  static auto* const function = found<decltype(curl_slist_append)>("curl_slist_append");
  return function(list, line);
}

void slist_free_all(curl_slist* list) {
  static auto* const function = found<decltype(curl_slist_free_all)>("curl_slist_free_all");
  function(list);
}

curl_mime* mime_init(CURL* handle) {
  static auto* const function = found<decltype(curl_mime_init)>("curl_mime_init");
  return function(handle);
}

void mime_free(curl_mime* mime) {
  static auto* const function = found<decltype(curl_mime_free)>("curl_mime_free");
  function(mime);
}

curl_mimepart* mime_addpart(curl_mime* mime) {
  static auto* const function = found<decltype(curl_mime_addpart)>("curl_mime_addpart");
  return function(mime);
}

CURLcode mime_name(curl_mimepart* part, const char* name) {
  static auto* const function = found<decltype(curl_mime_name)>("curl_mime_name");
  return function(part, name);
}

CURLcode mime_type(curl_mimepart* part, const char* type) {
  static auto* const function = found<decltype(curl_mime_type)>("curl_mime_type");
  return function(part, type);
}

CURLcode mime_filename(curl_mimepart* part, const char* name) {
  static auto* const function = found<decltype(curl_mime_filename)>("curl_mime_filename");
  return function(part, name);
}

CURLcode mime_data(curl_mimepart* part, const char* data, std::size_t size) {
  static auto* const function = found<decltype(curl_mime_data)>("curl_mime_data");
  return function(part, data, size);
}

CURLcode mime_data_cb(curl_mimepart* part, curl_off_t size, curl_read_callback read,
                      curl_seek_callback seek, curl_free_callback free, void* user) {
  static auto* const function = found<decltype(curl_mime_data_cb)>("curl_mime_data_cb");
  return function(part, size, read, seek, free, user);
}

CURLU* url() {
  static auto* const function = found<decltype(curl_url)>("curl_url");
  return function();
}

void url_cleanup(CURLU* url) {
  static auto* const function = found<decltype(curl_url_cleanup)>("curl_url_cleanup");
  function(url);
}

CURLUcode url_get(CURLU* url, CURLUPart part, char** text, unsigned flags) {
  static auto* const function = found<decltype(curl_url_get)>("curl_url_get");
  return function(url, part, text, flags);
}

CURLUcode url_set(CURLU* url, CURLUPart part, const char* text, unsigned flags) {
  static auto* const function = found<decltype(curl_url_set)>("curl_url_set");
  return function(url, part, text, flags);
}

void free(void* memory) {
  static auto* const function = found<decltype(curl_free)>("curl_free");
  function(memory);
}

}  // namespace pes::net::curl
