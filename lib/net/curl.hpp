#pragma once

#include "support/owned.hpp"

#include <curl/curl.h>

namespace pes::net::curl {

// libcurl, loaded when something is first asked of it: with the thirty libraries that it needs it
// takes longer to load than a small flow to verify. Each function is libcurl's of the same name,
// and throws internal when the library is not there.

CURLcode global_init(long flags);
void global_cleanup();

CURL* easy_init();
void easy_cleanup(CURL* handle);
CURLcode easy_perform(CURL* handle);
const char* easy_strerror(CURLcode code);
CURLHcode easy_header(CURL* handle, const char* name, std::size_t index, unsigned origin,
                      int request, curl_header** header);

using EasySetopt = decltype(curl_easy_setopt);
using EasyGetinfo = decltype(curl_easy_getinfo);
EasySetopt* easy_setopt();
EasyGetinfo* easy_getinfo();

curl_slist* slist_append(curl_slist* list, const char* line);
void slist_free_all(curl_slist* list);

curl_mime* mime_init(CURL* handle);
void mime_free(curl_mime* mime);
curl_mimepart* mime_addpart(curl_mime* mime);
CURLcode mime_name(curl_mimepart* part, const char* name);
CURLcode mime_type(curl_mimepart* part, const char* type);
CURLcode mime_filename(curl_mimepart* part, const char* name);
CURLcode mime_data(curl_mimepart* part, const char* data, std::size_t size);
CURLcode mime_data_cb(curl_mimepart* part, curl_off_t size, curl_read_callback read,
                      curl_seek_callback seek, curl_free_callback free, void* user);

CURLU* url();
void url_cleanup(CURLU* url);
CURLUcode url_get(CURLU* url, CURLUPart part, char** text, unsigned flags);
CURLUcode url_set(CURLU* url, CURLUPart part, const char* text, unsigned flags);
void free(void* memory);

using Handle = Owned<CURL, easy_cleanup>;
using Mime = Owned<curl_mime, mime_free>;
using Lines = Owned<curl_slist, slist_free_all>;
using Url = Owned<CURLU, url_cleanup>;
using Text = Owned<char, free>;

}  // namespace pes::net::curl
