#pragma once

#include "support/loaded.hpp"

#include <p11-kit/p11-kit.h>
#include <p11-kit/uri.h>

/// p11-kit's functions, without their prefix.
namespace pes::pkcs11::p11 {

inline constexpr LoadedLibrary library{"libp11-kit.so.0", "libp11-kit0"};

inline constexpr Loaded<library, "p11_kit_config_option", decltype(p11_kit_config_option)>
    config_option;
inline constexpr Loaded<library, "p11_kit_message", decltype(p11_kit_message)> message;
inline constexpr Loaded<library, "p11_kit_module_finalize", decltype(p11_kit_module_finalize)>
    module_finalize;
inline constexpr Loaded<library, "p11_kit_module_get_name", decltype(p11_kit_module_get_name)>
    module_get_name;
inline constexpr Loaded<library, "p11_kit_module_initialize", decltype(p11_kit_module_initialize)>
    module_initialize;
inline constexpr Loaded<library, "p11_kit_module_load", decltype(p11_kit_module_load)> module_load;
inline constexpr Loaded<library, "p11_kit_module_release", decltype(p11_kit_module_release)>
    module_release;
inline constexpr Loaded<library, "p11_kit_modules_finalize_and_release",
                        decltype(p11_kit_modules_finalize_and_release)>
    modules_finalize_and_release;
inline constexpr Loaded<library, "p11_kit_modules_load_and_initialize",
                        decltype(p11_kit_modules_load_and_initialize)>
    modules_load_and_initialize;
inline constexpr Loaded<library, "p11_kit_space_strdup", decltype(p11_kit_space_strdup)>
    space_strdup;
inline constexpr Loaded<library, "p11_kit_strerror", decltype(p11_kit_strerror)> strerror;
inline constexpr Loaded<library, "p11_kit_uri_any_unrecognized",
                        decltype(p11_kit_uri_any_unrecognized)>
    uri_any_unrecognized;
inline constexpr Loaded<library, "p11_kit_uri_format", decltype(p11_kit_uri_format)> uri_format;
inline constexpr Loaded<library, "p11_kit_uri_free", decltype(p11_kit_uri_free)> uri_free;
inline constexpr Loaded<library, "p11_kit_uri_get_attribute", decltype(p11_kit_uri_get_attribute)>
    uri_get_attribute;
inline constexpr Loaded<library, "p11_kit_uri_get_module_name",
                        decltype(p11_kit_uri_get_module_name)>
    uri_get_module_name;
inline constexpr Loaded<library, "p11_kit_uri_get_module_path",
                        decltype(p11_kit_uri_get_module_path)>
    uri_get_module_path;
inline constexpr Loaded<library, "p11_kit_uri_get_pin_source", decltype(p11_kit_uri_get_pin_source)>
    uri_get_pin_source;
inline constexpr Loaded<library, "p11_kit_uri_get_pin_value", decltype(p11_kit_uri_get_pin_value)>
    uri_get_pin_value;
inline constexpr Loaded<library, "p11_kit_uri_get_slot_id", decltype(p11_kit_uri_get_slot_id)>
    uri_get_slot_id;
inline constexpr Loaded<library, "p11_kit_uri_get_token_info", decltype(p11_kit_uri_get_token_info)>
    uri_get_token_info;
inline constexpr Loaded<library, "p11_kit_uri_match_module_info",
                        decltype(p11_kit_uri_match_module_info)>
    uri_match_module_info;
inline constexpr Loaded<library, "p11_kit_uri_match_slot_info",
                        decltype(p11_kit_uri_match_slot_info)>
    uri_match_slot_info;
inline constexpr Loaded<library, "p11_kit_uri_match_token_info",
                        decltype(p11_kit_uri_match_token_info)>
    uri_match_token_info;
inline constexpr Loaded<library, "p11_kit_uri_message", decltype(p11_kit_uri_message)> uri_message;
inline constexpr Loaded<library, "p11_kit_uri_new", decltype(p11_kit_uri_new)> uri_new;
inline constexpr Loaded<library, "p11_kit_uri_parse", decltype(p11_kit_uri_parse)> uri_parse;
inline constexpr Loaded<library, "p11_kit_uri_set_attribute", decltype(p11_kit_uri_set_attribute)>
    uri_set_attribute;
inline constexpr Loaded<library, "p11_kit_uri_set_module_path",
                        decltype(p11_kit_uri_set_module_path)>
    uri_set_module_path;

}  // namespace pes::pkcs11::p11
