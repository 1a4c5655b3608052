#pragma once

#include "support/loaded.hpp"

#include <openssl/ssl.h>

/// The few functions of libssl that we call ourselves, as it names them; libcurl calls the others.
namespace pes::net::libssl {

inline constexpr LoadedLibrary library{"libssl.so.3", "libssl3"};

inline constexpr Loaded<library, "SSL_CTX_get_ex_data", decltype(SSL_CTX_get_ex_data)>
    context_get_ex_data;
inline constexpr Loaded<library, "SSL_CTX_set_ex_data", decltype(SSL_CTX_set_ex_data)>
    context_set_ex_data;
inline constexpr Loaded<library, "SSL_CTX_set_info_callback", decltype(SSL_CTX_set_info_callback)>
    context_set_info_callback;
inline constexpr Loaded<library, "SSL_get_SSL_CTX", decltype(SSL_get_SSL_CTX)> context_of;

}  // namespace pes::net::libssl
